"""What a calendar address holds at this moment, and one cheap look that tells whether it is still what somebody has."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any

from django.db.models import Count, Max, Prefetch, QuerySet, Sum
from django.urls import reverse

from events.calendars.feed import calendar_text
from events.calendars.vevent import personal_vevent
from events.models import DroppedDate, Event, PersonalFeed, Registration, Session
from events.models.session import DateQuerySet
from mail.compose import absolute

# Raise the number when the lines of calendars change: then everybody fetches them anew, as with new zones.
EDITION = (1, version("tzdata"))
BACK, AHEAD = timedelta(days=90), timedelta(days=548)
MOST_SESSIONS = 3000  # the shortest texts fill the megabyte a feed may have

NOT_THEIRS = (Registration.Ended.NOT_ME, Registration.Ended.ERASED)


@dataclass(frozen=True)
class Stamp:
    """What stands for a feed's bytes: everything that decides them is in `etag`."""

    etag: str
    changed_at: datetime


def sessions_in_feeds(now: datetime) -> DateQuerySet:
    """The sessions that feeds hold: from 90 days ago to 18 months ahead."""
    # Counted from the last midnight: within a day only a change of a session changes what this finds.
    today = midnight(now)
    return _listed(Session.objects.all()).between(today - BACK, today + AHEAD)


def _listed(dates: DateQuerySet) -> DateQuerySet:
    """What was published and then taken back stays as a cancelled shell, or programs would keep it for ever."""
    told = dates.filter(event__published_at__isnull=False, event__is_unlisted=False)
    return told.exclude(vevent="")


def midnight(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def stamp_of(sessions: DateQuerySet, now: datetime, *about: Any) -> Stamp:
    """The stamp of a feed, in one query. `about` is whatever else decides the bytes: name, address, zone."""
    found = sessions.aggregate(Count("pk"), Sum("pk"), Sum("sequence"), latest=Max("changed_at"))
    return _stamp(found, found["latest"], now, *about)


def stamp_of_registrations(registrations: "QuerySet[Registration]", now: datetime, *about: Any) -> Stamp:
    """The stamp of a personal calendar, in one query."""
    found = registrations.aggregate(
        Count("pk"),
        Sum("link_version"),
        Max("email_confirmed_at"),
        Sum("event__sessions__pk"),
        Sum("event__sessions__sequence"),
        registration=Max("changed_at"),
        session=Max("event__sessions__changed_at"),
    )
    latest = max(filter(None, [found["registration"], found["session"]]), default=None)
    return _stamp(found, latest, now, *about)


def dropped_in_feeds(now: datetime) -> DateQuerySet:
    """The dates that were taken out of published events. No part of a stamp: taking one out changes its event's
    others, or their number."""
    today = midnight(now)
    return _listed(DroppedDate.objects.all()).between(today - BACK, today + AHEAD)


def text_of(sessions: DateQuerySet, dropped: DateQuerySet | None = None, **head: str) -> bytes:
    """The bytes of a feed, in one query, or two with `dropped`, for texts that are written already. `head` as in
    calendar_text()."""
    texts = ("vevent", "event__time_zone")
    rows = list(sessions.values_list(*texts)[:MOST_SESSIONS])
    rows += dropped.values_list(*texts)[: MOST_SESSIONS - len(rows)] if dropped is not None else []
    return calendar_text(vevents=[vevent for vevent, _ in rows], zones={zone for _, zone in rows}, **head)


def registrations_of(feed: PersonalFeed) -> "QuerySet[Registration]":
    """The registrations that this person knows of: confirmed by their own mail."""
    confirmed = Registration.objects.with_confirmed_address().filter(person=feed.person_id)
    return confirmed.exclude(ended_because__in=NOT_THEIRS)


def personal_text(
    registrations: "QuerySet[Registration]",
    now: datetime | None = None,
    *,
    remind_minutes: int | None = None,
    **head: str,
) -> bytes:
    """A calendar as the one who is registered sees it; with `now` only the sessions of the window of feeds."""
    rows = [
        (personal_vevent(session, registration, _door(registration), remind_minutes=remind_minutes), session)
        for registration in _one_an_event(_with_all_it_tells(registrations))
        for session in registration.event.sessions.all()
        if now is None or _is_in_window(session, now)
    ]
    zones = {session.event.time_zone for _, session in rows}
    dropped = DroppedDate.objects.filter(event__in={session.event_id for _, session in rows})
    gone = dropped.values_list("vevent", flat=True)
    return calendar_text(vevents=[*(vevent for vevent, _ in rows), *gone], zones=zones, **head)


def file_of(registration: Registration) -> bytes:
    """The dates of the event that somebody is registered for, with the way to their door, to be imported."""
    return personal_text(Registration.objects.filter(pk=registration.pk))


def _stamp(found: dict[str, Any], latest: datetime | None, now: datetime, *about: Any) -> Stamp:
    decides = (EDITION, midnight(now), sorted(found.items()), about)
    digest = hashlib.sha256(repr(decides).encode()).hexdigest()[:32]
    return Stamp(f'"{digest}"', max(latest or midnight(now), midnight(now)))


def _with_all_it_tells(registrations: "QuerySet[Registration]") -> "QuerySet[Registration]":
    event = Event.objects.select_related("group", "venue").prefetch_related(
        "tags", "in_place", "sessions__venue"
    )
    return registrations.order_by("pk").prefetch_related(Prefetch("event", event))


def _one_an_event(registrations: Iterable[Registration]) -> list[Registration]:
    """One registration for each event: who left and came back has two, of which the live one counts, else the latest."""
    by_event: dict[int, Registration] = {}
    for registration in sorted(registrations, key=lambda row: (row.is_live, row.pk)):
        by_event[registration.event_id] = registration
    return list(by_event.values())


def _is_in_window(session: Session, now: datetime) -> bool:
    return session.ends_at > midnight(now) - BACK and session.starts_at < midnight(now) + AHEAD


def _door(registration: Registration) -> str:
    return absolute(reverse("events:join", args=[registration.join_token]))
