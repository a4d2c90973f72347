"""Pledges of an event, for its organisers: whether people can make one, what is shared with them, what was taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from events.models import Event
from events.organise_layout import Crumb, reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from learning.actions import check_ins
from learning.actions import pledges as actions
from learning.forms.organise.pledge_forms import PledgeReplyForm, PledgeUseForm
from learning.models import CheckIn, Pledge
from learning.pages import pledge_walls as walls
from learning.pages.organise import pledges_page as pages
from learning.pages.organise.learning_crumbs import learning_crumbs
from learning.views.pictures import shown
from people.requests import SignedIn

PICTURE = "organise:pledge_picture"


@never_cache
@require_safe
def pledges(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    context = pages.of_event(event) | {"crumbs": learning_crumbs(event)}
    return show_page(request, event, "organise/pledges.html", context)


@require_POST
def pledges_offer(request: SignedIn, slug: str) -> HttpResponse:
    """Whether people can make one at this event."""
    event, offered = event_run_by(request.user, slug), request.POST.get("offer") == "yes"
    try:
        actions.offer(event, offered=offered)
    except NothingChanged:
        say_nothing_was_done(request, _("It was so before."))
    else:
        on = _("People can make a pledge now: the way to it stands on their own page.")
        messages.success(request, on if offered else _("Nobody can make a new pledge here. Those made stay."))
    return redirect("organise:pledges", event.slug)


@never_cache
@reading_or_sending
def pledge_use(request: SignedIn, slug: str, code: str) -> HttpResponse:
    """Note where one was used that is shared for news."""
    event = event_run_by(request.user, slug)
    block = next(iter(walls.blocks(walls.for_news(event).filter(code=code), PICTURE, event.slug)), None)
    if block is None:
        say_nothing_was_done(request, _("It is not shared with you any more: please do not use it."))
        return redirect("organise:pledges", event.slug)
    form = PledgeUseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _note_use(request, event, block.pledge, form.cleaned_data["where"])
    context = {"block": block, "form": form, "crumbs": _crumbs(event)}
    return show_page(request, event, "organise/pledge_use.html", context)


def _note_use(request: SignedIn, event: Event, pledge: Pledge, where: str) -> HttpResponse:
    try:
        actions.note_use(event, pledge, where)
    except NothingChanged:
        say_nothing_was_done(request, _("It is not shared with you any more: please do not use it."))
    else:
        messages.success(request, _("Noted. If it is taken back, we tell you where to take it out."))
    return redirect("organise:pledges", event.slug)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@reading_or_sending
def pledge_reply(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Write back to somebody who said what would help, and wants that."""
    event = event_run_by(request.user, slug)
    asked = check_ins.to_answer(event).filter(pk=pk).first()
    if asked is None:
        say_nothing_was_done(request, _("Somebody has written back before, or the pledge is gone."))
        return redirect("organise:pledges", event.slug)
    form = PledgeReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _write_back(request, event, asked, form.cleaned_data["words"])
    context = {"asked": asked, "form": form, "crumbs": _crumbs(event)}
    return show_page(request, event, "organise/pledge_reply.html", context)


def _write_back(request: SignedIn, event: Event, asked: CheckIn, words: str) -> HttpResponse:
    try:
        check_ins.write_back(event, asked, words)
    except NothingChanged:
        say_nothing_was_done(request, _("Somebody has written back before, or the pledge is gone."))
    else:
        messages.success(request, _("It is there for them. An email says so, without your words."))
    return redirect("organise:pledges", event.slug)


@require_POST
def pledge_taken_out(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    event = event_run_by(request.user, slug)
    try:
        actions.note_taken_out(event, pk)
    except NothingChanged:
        say_nothing_was_done(request, _("Somebody has noted it before."))
    else:
        messages.success(request, _("Thank you. The note of it is deleted."))
    return redirect("organise:pledges", event.slug)


@require_safe
def pledge_picture(request: SignedIn, slug: str, code: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    return shown(get_object_or_404(walls.for_news(event), code=code))


def _crumbs(event: Event) -> list[Crumb]:
    return [*learning_crumbs(event), (reverse("organise:pledges", args=[event.slug]), _("Pledges"))]
