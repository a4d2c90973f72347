"""Two things at one time: the same venue, or the same person leading. A warning, never a reason to refuse."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Session
from kit.times import span_words

BETWEEN_NAMES = re.compile(r"\s*(?:[,;&/\n]|\band\b)\s*")
MOST = 5


@dataclass(frozen=True)
class Clash:
    session: Session
    other: Session
    because: str

    @property
    def words(self) -> str:
        when = span_words(self.other.starts_at, self.other.ends_at, self.session.event.time_zone)
        words = _("%(because)s is also expected at “%(title)s”, %(when)s")
        return words % {"because": self.because, "title": self.other.event.title, "when": when}


def clashes_of(event: Event) -> list[Clash]:
    """What an event shares a time and a venue or a person with: the group's own events, drafts too, and what other
    groups have on the calendar. Two queries."""
    sessions = list(event.sessions.upcoming().select_related("venue"))
    if not sessions or event.is_called_off:
        return []
    for session in sessions:
        session.event = event
    others = _others(event, sessions)
    pairs = ((one, other) for one in sessions for other in others if _overlap(one, other))
    found = (Clash(one, other, because) for one, other in pairs if (because := _shared(one, other)))
    return list(found)[:MOST]


def _others(event: Event, sessions: list[Session]) -> list[Session]:
    start = min(session.starts_at for session in sessions)
    end = max(session.ends_at for session in sessions)
    own = Q(event__group=event.group, event__state__in=[Event.State.DRAFT, Event.State.PUBLISHED])
    expected = own | Q(event__in=Event.objects.on_the_calendar().filter(state=Event.State.PUBLISHED))
    near = Session.objects.between(max(start, timezone.now()), end).filter(expected).exclude(event=event)
    return list(near.select_related("event__venue", "venue").defer("agenda", "vevent"))


def _overlap(one: Session, other: Session) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _shared(one: Session, other: Session) -> str:
    """The venue or a name that both need; "" when there is none."""
    if one.event.is_in_person and other.event.is_in_person and one.place and one.place == other.place:
        return one.place.name
    names = _names(other.event)
    return next((name for key, name in _names(one.event).items() if key in names), "")


def _names(event: Event) -> dict[str, str]:
    names = (name.strip() for name in BETWEEN_NAMES.split(event.facilitators))
    return {name.casefold(): name for name in names if name}
