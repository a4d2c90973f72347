"""Somebody's own pledge: made, changed, looked at, taken back. Read where the second link was opened, nowhere else."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.fresh_links import Wanted, once_opened
from events.links import by_link
from events.models import Registration
from events.pages.registration_words import about_own, how_it_stands
from kit.meanwhile import ChangedMeanwhile, say_nothing_was_done
from learning.actions import pledges
from learning.actions.pledges import NoPledgeNow, NotThere
from learning.forms.pledge_form import PledgeForm
from learning.models import Pledge
from learning.pages import pledge_pages
from learning.views.pictures import shown

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_link
@once_opened(Wanted.PLEDGE, keeps_typed=True)
def pledge(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The pledge, and the form in which it is made and changed."""
    found, today = pledges.of(registration), timezone.localdate()
    if found is None and not pledges.may_pledge(registration):
        return _as_it_stands(request, registration)
    if request.method == "POST" and not pledges.may_change(registration, found):
        return _too_late(request, registration)
    form = PledgeForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        registration=registration,
        pledge=found,
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        return _save(request, registration, found, form)
    return _page(request, registration, found, form)


def _save(
    request: HttpRequest, registration: Registration, found: Pledge | None, form: PledgeForm
) -> HttpResponse:
    try:
        pledges.save(registration, form.answers(), edition=form.cleaned_data["opened"])
    except NoPledgeNow:
        return _too_late(request, registration)
    except ChangedMeanwhile as other:
        form.ask_again(opened=other.now.edition if other.now else "")
        words = _("Your pledge was changed on another page meanwhile. Save again to keep what stands here")
        form.add_error(None, words)
        return _page(request, registration, found, form)
    messages.success(request, _("Changed.") if found else _("Your pledge is made. It is kept for you here."))
    return redirect("learning:pledge", registration.token)


def _too_late(request: HttpRequest, registration: Registration) -> HttpResponse:
    say_nothing_was_done(request, _("Your pledge can be read and taken back, but not changed any more."))
    return redirect("learning:pledge", registration.token)


def _page(
    request: HttpRequest, registration: Registration, found: Pledge | None, form: PledgeForm
) -> HttpResponse:
    context = pledge_pages.of_pledge(registration, found, timezone.localdate())
    may_change = pledges.may_change(registration, found)
    is_readable = found is None or bool(found.readable_words)
    context |= {"form": form, "may_change": may_change and is_readable, "is_readable": is_readable}
    return render(request, "learning/pledge.html", context)


@require_safe
@by_link
@once_opened(Wanted.PLEDGE)
def picture(request: HttpRequest, registration: Registration) -> HttpResponse:
    found = Pledge.objects.filter(registration=registration).first()
    if found is None:
        raise Http404
    return shown(found)


@require_POST
@by_link
@once_opened(Wanted.PLEDGE)
def picture_ending(request: HttpRequest, registration: Registration) -> HttpResponse:
    try:
        pledges.take_picture_away(registration)
    except NotThere:
        say_nothing_was_done(request, _("There is no picture with your pledge."))
    else:
        messages.success(request, _("The picture is deleted."))
    return redirect("learning:pledge", registration.token)


@require_POST
@by_link
@once_opened(Wanted.PLEDGE)
def share_ending(request: HttpRequest, registration: Registration, where: str) -> HttpResponse:
    """Take a pledge back from one place."""
    try:
        pledges.end_share(registration, where)
    except NotThere:
        say_nothing_was_done(request, _("It is not shown there any more."))
    else:
        messages.success(request, _("Taken back. From now on it is not shown there."))
    return redirect("learning:pledge", registration.token)


@reading_or_sending
@by_link
@once_opened(Wanted.PLEDGE)
def withdrawal(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Take it back altogether."""
    if request.method != "POST":
        is_there = pledges.of(registration) is not None
        page = "learning/pledge_withdrawal.html"
        return render(request, page, about_own(registration)) if is_there else redirect(registration)
    try:
        pledges.take_back(registration)
    except NotThere:
        say_nothing_was_done(request, _("There is no pledge here any more."))
    else:
        messages.success(request, _("Your pledge is taken back, and deleted."))
    return redirect(registration)


def _as_it_stands(request: HttpRequest, registration: Registration) -> HttpResponse:
    say_nothing_was_done(request, how_it_stands(registration, timezone.now()))
    return redirect(registration)
