"""The pictures of a learning page, and what people wrote to its group."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.organise_layout import group_crumbs, reading_or_sending
from events.pictures import NotAPicture, TooManyPixels
from kit.meanwhile import say_nothing_was_done
from learning.actions import enquiries, learning_pictures
from learning.actions.learning_pictures import TooManyPictures
from learning.forms.organise.picture_form import PictureForm, PictureWordsForm
from learning.models import Enquiry, LearningPage
from learning.pages.learning_pages import picture_of
from people.permissions import group_run_by
from people.requests import SignedIn


@reading_or_sending
def pictures(request: SignedIn, slug: str) -> HttpResponse:
    page = _page_run_by(request, slug)
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PictureForm(*typed)
    if form.is_valid() and _added(page, form):
        messages.success(request, _("The picture is there. A mark in the text puts it where you want it."))
        return redirect("organise:learning_pictures", page.slug)
    shown = [picture_of(one) for one in page.pictures.all()]
    context = _about(page) | {"form": form, "pictures": shown}
    return render(request, "organise/learning_pictures.html", context)


@reading_or_sending
def picture_words(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """Describe a picture anew; its number stays, and so does its place in the text."""
    page = _page_run_by(request, slug)
    picture = get_object_or_404(page.pictures, number=number)
    typed = request.POST if request.method == "POST" else None
    words = {name: getattr(picture, name) for name in ("alt", "caption", "on_top")}
    form = PictureWordsForm(typed, initial=words)
    if form.is_valid():
        learning_pictures.describe(picture, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("organise:learning_pictures", page.slug)
    context = _about(page) | {"form": form, **picture_of(picture)}
    return render(request, "organise/learning_picture.html", context)


def _added(page: LearningPage, form: PictureForm) -> bool:
    given = form.cleaned_data
    try:
        learning_pictures.add(
            page, given["upload"], alt=given["alt"], caption=given["caption"], on_top=given["on_top"]
        )
    except (NotAPicture, TooManyPixels) as refusal:
        form.refuse(refusal)
    except TooManyPictures:
        form.add_error(None, _("A page can have 20 pictures. Take one away first"))
    return not form.errors


@require_POST
def picture_removal(request: SignedIn, slug: str, number: int) -> HttpResponse:
    page = _page_run_by(request, slug)
    picture = page.pictures.filter(number=number).first()
    if picture is None:
        say_nothing_was_done(request, _("This picture is not there any more."))
    else:
        learning_pictures.remove(picture)
        messages.success(request, _("The picture is gone."))
    return redirect("organise:learning_pictures", page.slug)


@never_cache
@require_safe
def group_enquiries(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    rows = Enquiry.objects.filter(page__group=group).select_related("page")
    context = {"group": group, "enquiries": rows, "crumbs": group_crumbs(group)}
    return render(request, "organise/enquiries.html", context)


@require_POST
def enquiry_removal(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    group = group_run_by(request.user, slug)
    enquiry = Enquiry.objects.filter(page__group=group, pk=pk).first()
    if enquiry is None:
        say_nothing_was_done(request, _("This message is not here any more."))
    else:
        enquiries.remove(enquiry)
        messages.success(request, _("Deleted. Thank you for answering."))
    return redirect("organise:enquiries", group.slug)


def _about(page: LearningPage) -> dict[str, Any]:
    group = page.group
    crumbs = [
        *group_crumbs(group),
        (reverse("organise:learning_pages", args=[group.slug]), _("Learning pages")),
        (reverse("organise:learning_page", args=[page.slug]), page.title),
    ]
    return {"page": page, "group": group, "crumbs": crumbs}


def _page_run_by(request: SignedIn, slug: str) -> LearningPage:
    return get_object_or_404(LearningPage.objects.run_by(request.user).select_related("group"), slug=slug)
