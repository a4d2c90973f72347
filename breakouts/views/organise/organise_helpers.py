"""Helpers of an event: how many are wanted, who they are, and which room a note-taker has."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from breakouts.actions import helpers as actions
from breakouts.actions import note_takers, parts
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.organise.helper_room_form import RoomForm, WantedForm
from breakouts.models import Helper, HelperRole
from breakouts.pages.helper_pages import room_words
from breakouts.pages.organise.helpers_board import board, who_is_asked_again, would_move_up
from breakouts.views.organise.topic_layout import crumbs
from events.models import Event
from events.organise_layout import reading_or_sending, show_page, until_it_is_over
from events.pages.closed import off_sentence
from events.permissions import event_run_by
from kit.meanwhile import say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
def helpers(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    on_board, is_over = board(event), event.is_called_off or event.is_past()
    form = WantedForm(request.POST if request.method == "POST" else None, lines=on_board.lines)
    if request.method == "POST" and is_over:
        say_nothing_was_done(request, off_sentence(event) or _("This event is over."))
        return redirect("organise:helpers", event.slug)
    if request.method == "POST" and "give_rooms" in request.POST:
        return _give_rooms(request, event)
    if request.method == "POST" and form.is_valid():
        numbers = form.numbers()
        if "one_per_room" in request.POST:
            numbers[HelperRole.Kind.NOTES] = max(numbers[HelperRole.Kind.NOTES], len(on_board.rooms))
        actions.want(event, numbers)
        messages.success(request, _("Saved."))
        return redirect("organise:helpers", event.slug)
    context = {
        "form": form,
        "board": on_board,
        "who_is_asked_again": who_is_asked_again(),
        "is_over": is_over,
        "room_of": request.GET.get("room_of"),
        "crumbs": crumbs(event),
    }
    return show_page(request, event, "organise/helpers.html", context)


@require_POST
def helper_room(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    event, helper = _one(request, slug, pk)
    form = RoomForm(request.POST, rooms=event.topics.accepted())
    if not form.is_valid() or helper.role.kind != HelperRole.Kind.NOTES:
        messages.warning(request, _("That room is no longer there. Choose another one."))
        return redirect("organise:helpers", event.slug)
    room = form.cleaned_data["room"]
    try:
        actions.assign(helper, room)
    except NoLongerPossible:
        say_nothing_was_done(request)
    else:
        words = _("%(name)s: %(room)s") if room else _("%(name)s has no room of their own now.")
        messages.success(request, words % {"name": helper.name, "room": room_words(room) if room else ""})
    return HttpResponseRedirect(f"{reverse('organise:helpers', args=[event.slug])}?room_of={pk}")


@never_cache
@reading_or_sending
@until_it_is_over
def helper_removal(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    event, helper = _one(request, slug, pk)
    gone = _("%(name)s no longer helps with this.") % {"name": helper.name}
    if not helper.is_live:
        say_nothing_was_done(request, gone) if request.method == "POST" else messages.info(request, gone)
        return redirect("organise:helpers", event.slug)
    if request.method == "POST":
        try:
            actions.remove(helper, by=request.user)
        except NoLongerPossible:
            say_nothing_was_done(request, gone)
        else:
            messages.success(request, gone)
        return redirect("organise:helpers", event.slug)
    back = reverse("organise:helpers", args=[event.slug])
    context = {
        "helper": helper,
        "moves_up": would_move_up(helper),
        "place_goes": parts.place_goes_with(helper),
        "back": back,
        "crumbs": [*crumbs(event), (back, _("Helpers"))],
    }
    return show_page(request, event, "organise/helper_removal.html", context)


def _give_rooms(request: SignedIn, event: Event) -> HttpResponse:
    if not (number := note_takers.give_rooms(event)):
        none_left = _("There is no note-taker without a room, or no room without a note-taker.")
        say_nothing_was_done(request, none_left)
        return redirect("organise:helpers", event.slug)
    words = ngettext(
        "%(number)s note-taker has a room now.", "%(number)s note-takers have a room now.", number
    )
    messages.success(request, words % {"number": number})
    return redirect("organise:helpers", event.slug)


def _one(request: SignedIn, slug: str, pk: int) -> tuple[Event, Helper]:
    """A helper who confirmed their address: others, and other groups', are not there."""
    event = event_run_by(request.user, slug)
    confirmed = Helper.objects.with_confirmed_address().filter(role__event=event)
    helper = get_object_or_404(confirmed.select_related("role", "topic"), pk=pk)
    helper.role.event = event
    return event, helper
