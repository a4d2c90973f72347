"""What a calendar address holds at this moment, and one cheap look that tells whether it is still what somebody has."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.metadata import version
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Max, QuerySet, Sum
from django.urls import reverse

from events.calendars.choosing import MOST_DATES
from events.calendars.feed import calendar_text
from events.calendars.vevent import gone_vevent, personal_vevent
from events.models import Attendance, DroppedDate, Event, PersonalFeed, Registration, Session
from events.models.session import DateQuerySet
from kit.written_once import Asked, WrittenOnce
from mail.compose import absolute

# Raise the number when the lines of calendars change: then everybody fetches them anew, as with new zones.
EDITION = (2, version("tzdata"))
BACK, AHEAD = timedelta(days=90), timedelta(days=548)

COUNTED = """SELECT COUNT(*), SUM("id"), SUM("sequence"), MAX("changed_at"),
(SELECT MAX("changed_at") FROM "events_session") FROM (%s) AS dates"""
NOT_THEIRS = (Registration.Ended.NOT_ME, Registration.Ended.ERASED)


@dataclass(frozen=True)
class Stamp:
    """What stands for a feed's bytes: everything that decides them is in `etag`. `number`: how many dates there are."""

    etag: str
    changed_at: datetime
    number: int = 0


def sessions_in_feeds(now: datetime) -> DateQuerySet:
    """The sessions that feeds hold: from 90 days ago to 18 months ahead."""
    # Counted from the last midnight: within a day only a change of a session changes what this finds.
    return _of_a_day(midnight(now)).all()


@lru_cache(maxsize=2)
def _of_a_day(today: datetime) -> DateQuerySet:
    """To be narrowed: composing it takes as long as asking it."""
    return _listed(Session.objects.all()).between(today - BACK, today + AHEAD)


def _listed(dates: DateQuerySet) -> DateQuerySet:
    """What was published and then taken back stays as a cancelled shell, or programs would keep it for ever."""
    return dates.filter(event__published_at__isnull=False, event__is_unlisted=False)


def midnight(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def stamp_of(sessions: "DateQuerySet | Counting", now: datetime, *about: Any) -> Stamp:
    """The stamp of a feed, in one query. `about` is whatever else decides the bytes: name, address, zone."""
    with connection.cursor() as cursor:
        cursor.execute(*(sessions if isinstance(sessions, Counting) else Counting.of(sessions)))
        number, *found, ever = cursor.fetchone()
    return _stamp((number, *found), _moment(ever), now, *about, number=number)


class Counting(NamedTuple):
    """The statement that asks how many dates there are, what stands for them, and when anything at all was last changed.
    Of what left a feed (its tag was taken off, it was moved to another group) nothing in the feed knows when, and who
    asks by the hour alone would never hear of it."""

    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, sessions: DateQuerySet) -> "Counting":
        """Django writes the inner query alone: aggregates cost it more than they cost the database."""
        rows = sessions.order_by().values_list("id", "sequence", "changed_at")
        try:
            dates, params = rows.query.sql_with_params()
        except EmptyResultSet:  # Django need not ask what is in nothing
            return cls.of(Session.objects.filter(pk=0))
        return cls(COUNTED % dates, params)


def stamp_of_feed(feed: PersonalFeed, now: datetime, *about: Any) -> Stamp:
    """The stamp of a personal calendar, in one query."""
    return _stamp_of_registrations(OF_A_PERSON.asked(person=feed.person_id), now, *about)


def stamp_of_file(registration: Registration, now: datetime) -> Stamp:
    """The stamp of the file of one registration, in one query."""
    return _stamp_of_registrations(OF_ONE.asked(registration=registration.pk), now)


def _stamp_of_registrations(rows: list[tuple[Any, ...]], now: datetime, *about: Any) -> Stamp:
    moments = [_moment(moment) for row in rows for moment in row[-len(LATEST) :]]
    return _stamp(rows, max(filter(None, moments), default=None), now, *about)


def _moment(kept: Any) -> datetime | None:
    """A time as the database gives it: SQLite has words for it."""
    return datetime.fromisoformat(kept).replace(tzinfo=UTC) if isinstance(kept, str) else kept


def dropped_in_feeds(now: datetime) -> DateQuerySet:
    """The dates that were taken out of published events. No part of a stamp: taking one out changes its event's
    others, or their number."""
    today = midnight(now)
    return _listed(DroppedDate.objects.all()).between(today - BACK, today + AHEAD)


def dates_of_event(event: Event) -> tuple[DateQuerySet, DateQuerySet]:
    """Every date of one event that calendars were ever told of, and those that were taken out. However far away they
    are: who follows one event wants all of it."""
    told = Session.objects.filter(event=event, event__published_at__isnull=False)
    return told, DroppedDate.objects.filter(event=event)


def text_of(sessions: DateQuerySet) -> bytes:
    """The bytes of a file to be imported, in one query, for texts that are written already."""
    rows = list(sessions.values_list("vevent", "event__time_zone")[:MOST_DATES])
    return calendar_text(vevents=[vevent for vevent, _ in rows], zones={zone for _, zone in rows})


def registrations_of(feed: PersonalFeed) -> "QuerySet[Registration]":
    """The registrations that this person knows of: confirmed by their own mail."""
    return _known_to(feed.person_id)


def _known_to(person: int | Asked) -> "QuerySet[Registration]":
    confirmed = Registration.objects.with_confirmed_address().filter(person=person)
    return confirmed.exclude(ended_because__in=NOT_THEIRS)


def _told_by(registrations: "QuerySet[Registration]") -> WrittenOnce:
    """What stands for a personal calendar: one row, none where there is nothing in it."""
    counted = registrations.order_by().values("person").annotate(**STANDS_FOR, **LATEST)
    return WrittenOnce(counted.values_list(*STANDS_FOR, *LATEST))


STANDS_FOR = {
    "registrations": Count("pk"),
    "links": Sum("link_version"),
    "confirmed": Max("email_confirmed_at"),
    "dates": Sum("event__sessions__pk"),
    "sequences": Sum("event__sessions__sequence"),
}
LATEST = {
    "registration_at": Max("changed_at"),
    "told_at": Max("calendar_entries__stamped_at"),
    "session_at": Max("event__sessions__changed_at"),
}
OF_A_PERSON = _told_by(_known_to(Asked("person")))
OF_ONE = _told_by(Registration.objects.filter(pk=Asked("registration")))


def personal_text(
    registrations: "QuerySet[Registration]",
    now: datetime | None = None,
    *,
    remind_minutes: int | None = None,
    **head: Any,
) -> bytes:
    """A calendar as the one who is registered sees it; with `now` only the sessions of the window of feeds."""
    known = list(_with_all_it_tells(registrations))
    theirs = _one_an_event(known)
    rows = [
        (_own_vevent(session, registration, said.get(session.pk), remind_minutes), session)
        for registration in theirs
        for said in [_said(registration)]
        for session in registration.event.sessions.all()
        if (now is None or _is_in_window(session, now)) and not _was_never_in(said.get(session.pk))
    ]
    zones = {session.event.time_zone for _, session in rows}
    events, since = {session.event_id for _, session in rows}, _since(known)
    gone = [
        gone_vevent(dropped, registration, stamped_at=_told(registration).get(dropped.uid))
        for registration in theirs
        if registration.event_id in events
        for dropped in registration.event.dropped_dates.all()
        if dropped.dropped_at >= since[registration.event_id]  # whoever came later never had it
    ]
    return calendar_text(vevents=[*(vevent for vevent, _ in rows), *gone], zones=zones, **head)


def _said(registration: Registration) -> dict[int, Attendance]:
    """What they said of the dates, by their keys."""
    return {row.session_id: row for row in registration.attendances.all()}


def _was_never_in(said: Attendance | None) -> bool:
    """Whether a date is none of theirs from the beginning, so that their calendar need not be told that it is off."""
    return said is not None and said.is_out and not said.calendar_changes


def _own_vevent(
    session: Session, registration: Registration, said: Attendance | None, remind_minutes: int | None
) -> str:
    return personal_vevent(
        session,
        registration,
        door_of(registration),
        said=said,
        stamped_at=_told(registration).get(session.uid),
        remind_minutes=remind_minutes,
    )


def _told(registration: Registration) -> dict[str, datetime]:
    """When emails told their calendar of a date last, by its UID."""
    return {row.uid: row.stamped_at for row in registration.calendar_entries.all()}


def file_of(registration: Registration) -> bytes:
    """The dates of the event that somebody is registered for, with the way to their door, to be imported."""
    return personal_text(Registration.objects.filter(pk=registration.pk))


def _stamp(found: Any, latest: datetime | None, now: datetime, *about: Any, number: int = 0) -> Stamp:
    decides = (EDITION, midnight(now), found, about)
    digest = hashlib.sha256(repr(decides).encode()).hexdigest()[:32]
    return Stamp(f'"{digest}"', max(latest or midnight(now), midnight(now)), number)


def _with_all_it_tells(registrations: "QuerySet[Registration]") -> "QuerySet[Registration]":
    of_event = (f"event__{name}" for name in ("tags", "in_place", "sessions__venue", "dropped_dates"))
    whole = registrations.select_related("event__group", "event__venue").order_by("pk")
    return whole.prefetch_related(*of_event, "calendar_entries", "attendances")


def _one_an_event(registrations: Iterable[Registration]) -> list[Registration]:
    """One registration for each event: who left and came back has two, of which the live one counts, else the latest."""
    by_event: dict[int, Registration] = {}
    for registration in sorted(registrations, key=lambda row: (row.is_live, row.pk)):
        by_event[registration.event_id] = registration
    return list(by_event.values())


def _since(registrations: Iterable[Registration]) -> dict[int, datetime]:
    """When somebody first registered, by event."""
    since: dict[int, datetime] = {}
    for registration in registrations:
        earlier = since.get(registration.event_id, registration.created_at)
        since[registration.event_id] = min(earlier, registration.created_at)
    return since


def _is_in_window(session: Session, now: datetime) -> bool:
    return session.ends_at > midnight(now) - BACK and session.starts_at < midnight(now) + AHEAD


def door_of(registration: Registration) -> str:
    """The way in of one person: our own page, never the address of the meeting."""
    return absolute(reverse("events:join", args=[registration.join_token]))
