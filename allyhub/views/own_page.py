"""Somebody's own page: how it stands with their registration, the one thing to do now, and all that belongs to it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from breakouts.actions.rooms import seat_with_host
from breakouts.pages.room_pages import OwnRoom, room_card, your_room
from events.actions import access_needs, participants, ways
from events.fresh_links import masked, opened_in
from events.links import by_link
from events.models import AccessRequest, Registration
from events.pages import asked_dates, now_card
from events.pages.agreement import standing_of
from events.pages.covered_needs import CoveredNeeds
from events.pages.door import Door
from events.pages.event_page import dates_of
from events.pages.letters import letters_to
from events.pages.nothing_to_do import nothing_to_do
from events.pages.now_card import NowCard
from events.pages.papers import lines_for, summary
from events.pages.programme import programme_of
from events.pages.registration_words import about_own, heading, reason_given, what_is_kept
from events.pages.state_tag import state_tag
from events.pages.whats_next import history, next_moments
from feedback.pages.actions_taken_page import done_for
from feedback.pages.feedback_card import feedback_card
from feedback.pages.thanks_words import may_thank
from learning.forms.surgery_forms import AskForm
from learning.pages.beside_dates import beside
from learning.pages.graduated import graduated
from people.permissions import concern_readers


@require_safe
@by_link
def own_page(request: HttpRequest, registration: Registration) -> HttpResponse:
    now = timezone.now()
    access, own_room = _open_request(registration), your_room(registration, now)
    card = _now(registration, now, access, own_room)
    programme = programme_of(registration, now)
    whole = graduated(registration)
    on_its_way = _("Your programme") if programme and programme.next else ""
    context = about_own(registration) | {
        "graduated": whole,
        "heading": whole.heading if whole else card.title or on_its_way or heading(registration, now),
        "programme": programme,
        "beside": (items := beside(registration, now)),
        "path": [(date, items.after.get(date.session.pk, ())) for date in programme.dates]
        if programme
        else [],
        "surgery": (surgery := next((thing for thing in items.items if thing.asks), None)),
        "ask_form": AskForm(auto_id="surgery_%s") if surgery else None,
        "tag": state_tag(registration, now),
        "now": card,
        "dates": dates_of(registration.event, now),
        "door": Door.of(registration, now),
        "own_room": own_room,
        "reason_given": reason_given(registration),
        "what_is_kept": what_is_kept(registration),
        "moments": next_moments(registration, now, asked_for_access=access is not None),
        "history": history(registration),
        "access": CoveredNeeds.of(access) if access else None,
        "opened": opened_in(request, registration),
        "address": masked(registration.email),
        "can_be_told": registration.is_held and concern_readers(registration.event.group).exists(),
        "values": standing_of(registration),
        "letters": letters_to(registration, now),
        "is_on": _is_on(registration, now),
        "papers": summary(lines_for(registration)),
        "may_say_how": ways.may_say(registration),
        "may_leave": _may_leave(registration, now),
        "may_see_names": participants.is_there_for(registration, now),
        **_afterwards(registration, now, access),
    }
    return render(request, "events/manage.html", context)


def _now(
    registration: Registration, now: datetime, access: AccessRequest | None, own_room: OwnRoom | None
) -> NowCard:
    """The first that holds. An address that is not confirmed has a page of its own (events.links.by_link)."""
    return (
        now_card.offer(registration, now)
        or now_card.door(registration, now)
        or asked_dates.card(registration, now)
        or now_card.question_about_access(registration, access)
        or now_card.question_about_the_way(registration)
        or feedback_card(registration, now)
        or room_card(registration, own_room, now)
        or nothing_to_do(registration, now)
    )


def _is_on(registration: Registration, now: datetime) -> bool:
    """Whether there is something to come for whoever is registered."""
    event = registration.event
    is_to_come = event.is_published and not event.is_past(now)
    return registration.is_live and is_to_come and not registration.waited_in_vain(now)


def _may_leave(registration: Registration, now: datetime) -> bool:
    """Whether giving up is a link of its own: an offer is answered."""
    event = registration.event
    is_asked = registration.is_offered and event.is_published
    return registration.is_live and not event.is_past(now) and not is_asked


def _afterwards(registration: Registration, now: datetime, access: AccessRequest | None) -> dict[str, Any]:
    """What there is once the event is over; nothing is looked up before."""
    is_over = registration.event.is_past(now)
    return {
        "is_over": is_over,
        "asked_how_access_worked": access is not None and bool(access_needs.asked_about(access)),
        "may_thank": may_thank(registration) and seat_with_host(registration) is not None,
        "done": done_for(registration.event) if is_over else [],
    }


def _open_request(registration: Registration) -> AccessRequest | None:
    requests = AccessRequest.objects.filter(registration=registration, withdrawn_at=None)
    found = requests.prefetch_related("needs", "readings__reader").first()
    if found:
        found.registration = registration
    return found
