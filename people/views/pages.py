"""Plain pages: reading them, and writing them for those who look after the hub."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import markdown, slugs
from kit.http import public_page
from people.forms.pages import PageForm
from people.models import Page
from people.permissions import require_hub_keeper
from people.requests import SignedIn

PAGES = ("people:page", "organise:hub_page")


@public_page
def pages(request: HttpRequest) -> HttpResponse:
    """Where they stood before there were learning pages beside them."""
    return redirect("learning:index")


@public_page
def page(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Page.objects.published(), slug=slug)
    return render(request, "people/page.html", {"page": row, "body": markdown.render(row.body)})


def hub_pages(request: SignedIn) -> HttpResponse:
    require_hub_keeper(request.user)
    return render(request, "organise/hub_pages.html", {"pages": Page.objects.all()})


def hub_page_new(request: SignedIn) -> HttpResponse:
    require_hub_keeper(request.user)
    form = PageForm(request.POST or None)
    if form.is_valid():
        row = form.save(commit=False)
        slugs.insert(row, row.title, default="page", pages=PAGES)
        return _saved(request, row)
    return render(request, "organise/hub_page.html", {"form": form})


def hub_page(request: SignedIn, slug: str) -> HttpResponse:
    require_hub_keeper(request.user)
    row = get_object_or_404(Page, slug=slug)
    form = PageForm(request.POST or None, instance=row)
    if form.is_valid():
        form.instance.changed_at = timezone.now()
        return _saved(request, form.save())
    saved = Page.objects.get(pk=row.pk) if form.errors else row
    return render(request, "organise/hub_page.html", {"form": form, "page": saved})


def _saved(request: SignedIn, row: Page) -> HttpResponse:
    words = (
        _("The page is saved, and everyone can read it.") if row.is_published else _("The draft is saved.")
    )
    messages.success(request, words)
    return redirect("organise:hub_page", slug=row.slug)
