"""The word beside a heading that says how it stands with somebody's registration."""

from datetime import datetime

from django.utils.translation import gettext as _

from events.models import Event, Registration
from events.models.attendance import counted_dates
from events.pages.registration_words import next_session, state_words
from kit.times import local

Tag = dict[str, str]
TONES = {"confirmed": "moss", "waiting": "gold", "offered": "sea", "held": "clay"}


def state_tag(registration: Registration, now: datetime) -> Tag:
    """`text` and `tone`, as components/tag.html takes them. Of an event that is over it says who was there only where
    that is known."""
    event = registration.event
    if registration.is_live and event.is_called_off:
        return {"text": str(event.get_state_display()), "tone": "clay"}
    if registration.has_place and event.is_past(now):
        return _afterwards(registration)
    if registration.has_place and not registration.volunteers_place:
        return {"text": _("Today") if _is_today(event, now) else _("Saved"), "tone": "moss"}
    return {"text": state_words(registration), "tone": TONES.get(registration.state, "plain")}


def _afterwards(registration: Registration) -> Tag:
    if registration.attendances.there().exists():
        return {"text": _("You were there"), "tone": "sea"}
    if counted_dates(registration.event):
        return {"text": _("We missed you"), "tone": "plain"}
    return {"text": _("It is over"), "tone": "plain"}


def _is_today(event: Event, now: datetime) -> bool:
    session = next_session(event, now)
    return session is not None and _day(session.starts_at, event) == _day(now, event)


def _day(moment: datetime, event: Event) -> object:
    return local(moment, event.time_zone).date()
