"""A country changes its clocks: what was typed as 3pm stays 3pm, at another instant.

Instants are kept, and the zone. When a newer version of the package tzdata says otherwise than the one with which they
were typed, the same instant would be shown as another time of day. So the rules of each zone are kept beside the times
that were typed by them (ZoneRules), and when they are others now, the instants move.
"""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version

from django.db import transaction
from django.utils import timezone

from events.actions import calendar_texts, changes, timetable
from events.calendars import zones
from events.models import Event, Session, ZoneRules
from kit.times import UnknownZone, UnusableTime

log = logging.getLogger(__name__)


def settle() -> int:
    """Note the rules of zones that are new here, and move what was typed by rules that are others now. Returns how many
    events moved. Once at the start of a process, and a job of the clock."""
    edition = version("tzdata")
    known = {rules.zone: rules for rules in ZoneRules.objects.all()}
    moved = 0
    for zone in Event.objects.order_by().values_list("time_zone", flat=True).distinct():
        if zone not in known:
            _note(zone, edition)
        elif _is_newer(edition, known[zone].edition):
            moved += _settle(zone, edition)
    return moved


def _note(zone: str, edition: str) -> None:
    try:
        offsets = zones.offsets(zone)
    except UnknownZone:
        return
    ZoneRules.objects.get_or_create(zone=zone, defaults={"edition": edition, "offsets": offsets})


def _is_newer(edition: str, than: str) -> bool:
    """A process that was not started anew since an upgrade must not move times back."""
    return _numbers(edition) > _numbers(than)


def _numbers(edition: str) -> list[int]:
    return [int(part) for part in edition.split(".") if part.isdecimal()]


@transaction.atomic
def _settle(zone: str, edition: str) -> int:
    """Move what was typed by the old rules of a zone, and note the new ones: all or nothing."""
    rules = ZoneRules.objects.select_for_update().get(zone=zone)
    if not _is_newer(edition, rules.edition):  # another process was quicker
        return 0
    try:
        offsets = zones.offsets(zone)
    except UnknownZone:
        return 0
    now, moved = timezone.now(), 0
    spans = [span for span in _differing(rules.offsets, offsets) if span[1] is None or span[1] > now]
    if spans:
        rules.changed_at = now
        rules.changed_from, rules.changed_until = spans[0][0], spans[-1][1]
        # Before any text is written: the texts of these dates name UTC.
        ZoneRules.objects.filter(pk=rules.pk).update(
            changed_at=now, changed_from=rules.changed_from, changed_until=rules.changed_until
        )
        moved = sum(_move(event, rules, now) for event in _to_come(zone, now))
        log.info("Clocks of %s changed with tzdata %s: %s events moved", zone, edition, moved)
    rules.edition, rules.offsets = edition, offsets
    rules.save(update_fields=["edition", "offsets"])
    return moved


def _to_come(zone: str, now: datetime) -> list[Event]:
    return list(Event.objects.filter(time_zone=zone, sessions__ends_at__gt=now).distinct().order_by("pk"))


def _differing(old: list, new: list) -> list[tuple[datetime, datetime | None]]:
    """The spans of time in which clocks show something else than was known; the last may be without an end."""
    before, after = ZoneRules(offsets=old), ZoneRules(offsets=new)
    moments = [datetime.fromtimestamp(second, UTC) for second in sorted({at for at, _offset in [*old, *new]})]
    spans: list[tuple[datetime, datetime | None]] = []
    for start, end in zip(moments, [*moments[1:], None], strict=True):
        if before.offset_at(start) != after.offset_at(start):
            spans.append((start, end))
    return spans


def _move(event: Event, rules: ZoneRules, now: datetime) -> bool:
    """Give an event the instants at which clocks now show what was typed. Everyone who has to do with it is told once."""
    event = event.locked()
    was = _as_they_were_told(event, rules)

    def read(instant: datetime) -> datetime:
        return _read_again(instant, rules)

    moved = [
        session for session in event.sessions.all() if session.ends_at > now and _move_date(session, read)
    ]
    Session.objects.bulk_update(moved, ["starts_at", "ends_at"])
    times_moved = timetable.read_again(event, read, now)
    is_published_later = event.publish_at is not None and read(event.publish_at) != event.publish_at
    if not (moved or times_moved or is_published_later):
        return False
    event.changed_at, event.publish_at = now, event.publish_at and read(event.publish_at)
    event.save(update_fields=["changed_at", "publish_at"])
    calendar_texts.rewrite(event, moved={session.pk for session in moved})
    is_told = changes.tell(event, was)
    if event.is_published:
        timetable.shorten_limits(event, now, is_told=is_told)
    return True


def _move_date(session: Session, read: timetable.Reading) -> bool:
    was, lasts = session.starts_at, session.ends_at - session.starts_at
    ends_at = session.ends_at
    session.starts_at, session.ends_at = read(was), read(ends_at)
    if session.ends_at <= session.starts_at:
        session.ends_at = session.starts_at + lasts
    return (session.starts_at, session.ends_at) != (was, ends_at)


def _read_again(instant: datetime, rules: ZoneRules) -> datetime:
    """When clocks show what they were thought to show at this instant."""
    offset = rules.offset_at(instant)
    wall = (instant.astimezone(UTC) + offset).replace(tzinfo=None)
    try:
        both = [timetable.instant_of(wall, rules.zone, fold=fold) for fold in (0, 1)]
    except (UnusableTime, OverflowError):
        return instant
    # What is shown twice is the one that was meant, where that is one of the two.
    return next((at for at in both if at == instant), both[0])


def _as_they_were_told(event: Event, rules: ZoneRules) -> changes.Told:
    told = changes.Told.of(event)
    dates = (replace(date, clock_was=_clock(date.starts_at, rules)) for date in told.dates)
    return replace(told, dates=tuple(dates))


def _clock(instant: datetime, rules: ZoneRules) -> str:
    return (instant + rules.offset_at(instant)).strftime("%Y-%m-%dT%H:%M")
