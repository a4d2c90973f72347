"""A date moved, or is new: whoever has a place is asked whether they can come, and what their answer means.

Nobody loses anything by being asked, or by not answering. What they had said of the date as it was is kept until they
answer: it holds again when the date moves back.

`answer` is for every "I can come" and "I can't" about one date, also when nobody asked (which dates come with a place is
said in events.actions.dates). What it would cost is
`gives_up_place`, to be said before the press.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from events.actions import calendar_entries, leaving, notices
from events.actions.leaving import NoLongerPossible
from events.actions.timetable import Dates, Span
from events.models import AccessRequest, Attendance, Event, Registration, RegistrationStep, Session
from kit.meanwhile import ChangedMeanwhile
from kit.times import day_words

Step = RegistrationStep.Kind
KEPT = ["can_come", "asked_at", "answered_at", *Attendance.BEFORE_IT_MOVED]


def ask(event: Event, before: Dates) -> None:
    """Ask about every date that is not as it was `before`, or is new to an event that had dates; and about all of them
    whoever could only come on one that is off. In the transaction of the change, under the event's lock; the mail that
    tells of it has the question (events.actions.hearers)."""
    now, were = timezone.now(), {span.pk: span for span in before.spans if span.pk}
    dates = {span.pk: span for span in Dates.of(event).spans if span.pk and span.starts_at > now}
    differ = {key: span for key, span in dates.items() if span != were.get(key)}
    if not were or not dates:
        return
    if differ:
        _ask_about(event, were, differ, now)
    if not were.keys() <= dates.keys():
        _ask_who_has_no_date_left(event, dates, now)


def would_ask(before: Dates, after: Dates, now: datetime) -> bool:
    """Whether whoever has a place would be asked something if the dates became these."""
    were = {span.pk: span for span in before.spans}
    to_come = [span for span in after.spans if span.starts_at > now]
    return bool(were) and any(not _is_within(span, were.get(span.pk)) for span in to_come)


def tell_access_leads(event: Event, now: datetime) -> None:
    """What they arrange is for the dates as they were. One mail for all changes of ten minutes."""
    if AccessRequest.objects.open().filter(registration__event=event).exists():
        occasion = f"dates/{notices.window(now)}"
        notices.tell_leads_of_event(event, occasion, not_before=notices.end_of_window(now))


def shown(session: Session) -> str:
    """From when to when a date is, as a form carries it that shows so."""
    return f"{session.starts_at.isoformat()}/{session.ends_at.isoformat()}"


def gives_up_place(registration: Registration, session: Session, now: datetime) -> bool:
    """Whether somebody who cannot come to this date has no place any more. Never once the first date has begun: nobody
    could come in their stead."""
    event = registration.event
    if not registration.has_place or registration.volunteers_place or event.has_begun(now):
        return False
    is_released = event.missed_date == Event.MissedDate.RELEASE
    return event.needs_every_date or is_released or not _has_another(registration, session, now)


@transaction.atomic
def answer(registration: Registration, session: Session, *, can_come: bool, seen: str = "") -> Registration:
    """Note whether somebody can come to a date; whoever cannot gives up their place, where `gives_up_place`. `seen`: what
    they were `shown`, where they were. Raises ChangedMeanwhile when the date is at another time by now or gone, and
    NoLongerPossible without a place, when the date is over, and while the event is called off."""
    event, registration = leaving.locked(registration)
    now = timezone.now()
    date = event.sessions.filter(pk=session.pk).first()
    if not registration.has_place or not event.is_published:
        raise NoLongerPossible
    if date is None or (seen and seen != shown(date)):
        raise ChangedMeanwhile(date)
    if date.ends_at <= now:
        raise NoLongerPossible
    _add_step(registration, date, can_come=can_come)
    if not can_come and gives_up_place(registration, date, now):
        # Who comes back is asked again.
        leaving.end(registration, Registration.Ended.LEFT, Step.LEFT)
        notices.left(registration)
        leaving.offer_free_places(event)
    else:
        _note(registration, date, can_come=can_come, now=now)
    return registration


def _ask_about(event: Event, were: Mapping[int, Span], differ: Mapping[int, Span], now: datetime) -> None:
    known = _known(event, differ)
    missing = [(who, date) for who in _coming(event) for date in differ if (who, date) not in known]
    new = [Attendance(registration_id=who, session_id=date) for who, date in missing]
    for row in (*known.values(), *new):
        _ask_in(row, were.get(row.session_id), differ[row.session_id], now)
    _write(known.values(), [row for row in new if row.is_asked])
    event.sessions.filter(pk__in=differ).update(asked_at=now)


def _ask_who_has_no_date_left(event: Event, dates: Iterable[int], now: datetime) -> None:
    """Whoever has said no to all dates that are left."""
    theirs = Attendance.objects.filter(session__in=dates, registration__in=_coming(event))
    said = defaultdict[int, list[Attendance]](list)
    for row in theirs:
        said[row.registration_id].append(row)
    none_left = [rows for rows in said.values() if [row.can_come for row in rows] == [False] * len([*dates])]
    for row in (asked := [row for rows in none_left for row in rows]):
        row.could_come, row.can_come, row.asked_at, row.answered_at = False, None, now, None
    Attendance.objects.bulk_update(asked, KEPT)
    event.sessions.filter(pk__in={row.session_id for row in asked}).update(asked_at=now)


def _add_step(registration: Registration, date: Session, *, can_come: bool) -> None:
    step = Step.CAN_COME if can_come else Step.CANNOT_COME
    registration.add_step(step, note=day_words(date.starts_at, registration.event.time_zone))


def _note(registration: Registration, date: Session, *, can_come: bool, now: datetime) -> None:
    row = registration.attendances.filter(session=date).first()
    row = row or Attendance(registration=registration, session=date)
    before = row.calendar_changes
    row.say(can_come=can_come, now=now)
    row.save()
    if row.calendar_changes != before:
        registration.changed_at = now  # their own feed is another one
        registration.save(update_fields=["changed_at"])
        calendar_entries.owe(registration, date)


def _known(event: Event, sessions: Iterable[int]) -> dict[tuple[int, int], Attendance]:
    """What those who have a place, or may get one, have said of these dates."""
    rows = Attendance.objects.filter(session__in=sessions, registration__in=event.registrations.live())
    return {(row.registration_id, row.session_id): row for row in rows}


def _coming(event: Event) -> list[int]:
    """Who has a place; whoever hosts or helps says on the page of that whether they can."""
    rows = event.registrations.coming().filter(volunteers_place=False)
    return list(rows.values_list("pk", flat=True))


def _ask_in(row: Attendance, was: Span | None, date: Span, now: datetime) -> None:
    """Ask in this row, unless what they have said, or had said before they were asked, is true of the date as it is."""
    is_open, agreed = row.is_asked, was
    if is_open:
        agreed = _known_time(row)
    if row.was_there or _is_within(date, agreed):
        if is_open:
            _take_back(row)
        return
    if not is_open:
        row.could_come, row.can_come = row.can_come, None
        if was:
            row.was_to_start_at, row.was_to_end_at = was.starts_at, was.ends_at
    row.asked_at, row.answered_at = now, None


def _known_time(row: Attendance) -> Span | None:
    """From when to when the date was when they last said, or were told, that they come."""
    starts_at, ends_at = row.was_to_start_at, row.was_to_end_at
    return Span(row.session_id, starts_at, ends_at) if starts_at and ends_at else None


def _is_within(date: Span, agreed: Span | None) -> bool:
    """Whether whoever had time for the one has time for the other."""
    return agreed is not None and agreed.starts_at <= date.starts_at and date.ends_at <= agreed.ends_at


def _take_back(row: Attendance) -> None:
    row.can_come, row.could_come = row.could_come, None
    row.asked_at = row.was_to_start_at = row.was_to_end_at = None


def _write(known: Iterable[Attendance], new: Iterable[Attendance]) -> None:
    empty = [row.pk for row in known if row.says_nothing]
    Attendance.objects.filter(pk__in=empty).delete()
    Attendance.objects.bulk_update([row for row in known if row.pk not in empty], KEPT)
    Attendance.objects.bulk_create(new)


def _has_another(registration: Registration, session: Session, now: datetime) -> bool:
    """Whether there is another date to come of which they have not said that they cannot."""
    no = registration.attendances.filter(can_come=False).values("session")
    others = registration.event.sessions.filter(ends_at__gt=now).exclude(pk=session.pk)
    return others.exclude(pk__in=no).exists()
