"""Somebody's places as the list shows them. Three queries, however many there are."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from events.models import Registration, Session
from events.pages.registration_words import next_session, position_words, state_words
from kit.times import moment_words
from people.models import Person


@dataclass(frozen=True)
class Place:
    registration: Registration
    session: Session
    words: str


@dataclass(frozen=True)
class Places:
    upcoming: list[Place]
    ended: list[Place]
    past: list[Place]


def own_places(person: Person, now: datetime) -> Places:
    """Somebody's places: what comes next first; then what came to nothing; then what is over, the latest first."""
    own = Registration.objects.filter(Q(person=person) | Q(email=person.email))
    rows = _with_place_in_line(own).select_related("event").prefetch_related("event__sessions")
    dated = [(row, next_session(row.event, now)) for row in rows]
    places = [Place(row, session, _words(row)) for row, session in dated if session]
    places.sort(key=lambda place: (place.session.starts_at, place.registration.pk))
    past = [place for place in places if place.registration.event.is_past(now)]
    ahead = [place for place in places if not place.registration.event.is_past(now)]
    return Places(
        upcoming=[place for place in ahead if _may_take_place(place.registration)],
        ended=[place for place in ahead if not _may_take_place(place.registration)],
        past=[
            place
            for place in reversed(past)
            if place.registration.has_place and not place.registration.event.is_cancelled
        ],
    )


def _with_place_in_line(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """With `place_in_line`: how many wait at the same event up to and with this one. Where there are quotas
    Registration.position() asks for itself."""
    ahead = Q(queued_at__lt=OuterRef("queued_at"))
    ahead |= Q(queued_at=OuterRef("queued_at"), pk__lte=OuterRef("pk"))
    queue = Registration.objects.filter(ahead, event=OuterRef("event"), state=Registration.State.WAITING)
    number = queue.order_by().values("event").annotate(number=Count("pk")).values("number")
    return rows.annotate(place_in_line=Coalesce(Subquery(number), 0))


def _may_take_place(row: Registration) -> bool:
    return row.is_live and not row.event.is_cancelled


def _words(row: Registration) -> str:
    """The state as the tag beside the title: "On the waiting list, 3rd"."""
    if row.is_live and row.event.is_called_off:
        return str(row.event.get_state_display())
    if row.is_email_confirmed and row.is_waiting and not row.waited_in_vain():
        position = position_words(row.position())
        return _("%(state)s, %(position)s") % {"state": state_words(row), "position": position}
    if row.is_offered and row.offer_ends_at:
        until = moment_words(row.offer_ends_at, row.event.time_zone, year=False)
        return _("Offered until %(moment)s") % {"moment": until}
    return state_words(row)
