"""What changed about an event, old to new, in words for a mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from events.actions.changes import Told, ToldDate
from events.models import Event
from kit.times import clock_words, day_words, local, moment_words, span_words, zone_of, zone_words


@dataclass(frozen=True)
class Change:
    """A date that stands in both, or in one of them: `was` None is a new one, `now` None one that was taken out. `name`
    is "" where there is only one: "Session 2 of 3, “Inclusive language”"."""

    name: str
    was: ToldDate | None
    now: ToldDate | None


def lines(was: Told, stands: Told, moment: datetime) -> list[str]:
    """What is different, a sentence each; nothing about dates that are over."""
    if not stands.takes_place:
        return []
    changes = list(_changes(was, stands, moment))
    differing = [
        change for change in changes if _times_differ(change) or change.was is None or change.now is None
    ]
    told = [
        *_zone(was, stands),
        *(_when(change, was, stands) for change in differing),
        *_where(was, stands, changes),
    ]
    return [*told, *_rest(told, changes, was, stands)]


def dates(was: Told, stands: Told) -> set[int]:
    """The keys of the dates that are not as they were."""
    whole = (was.state, was.format, was.zone) != (stands.state, stands.format, stands.zone)
    before = set() if whole else {date.when_and_where for date in was.dates}
    return {date.pk for date in stands.dates if date.when_and_where not in before}


def when_and_where(stands: Told, moment: datetime) -> list[str]:
    """The dates to come, with their places, a line each."""
    if not stands.takes_place:
        return []
    return [_date_line(date, stands) for date in stands.to_come(moment)]


def dates_off(was: Told, moment: datetime) -> list[str]:
    """The dates on which it does not take place after all."""
    return [_span(date, was) for date in was.to_come(moment)]


def _changes(was: Told, stands: Told, moment: datetime) -> Iterator[Change]:
    before, after = ({date.pk: date for date in told.dates} for told in (was, stands))
    for pk in [*after, *(pk for pk in before if pk not in after)]:
        old, new = before.get(pk), after.get(pk)
        if any(date.ends_at > moment for date in (old, new) if date):
            yield Change(_name(pk, stands if new else was), old, new)


def _name(pk: int, told: Told) -> str:
    number, title = next((n, date.title) for n, date in enumerate(told.dates, start=1) if date.pk == pk)
    if len(told.dates) == 1:
        return ""
    words = {"number": number, "all": len(told.dates), "title": title}
    named = _("Session %(number)s of %(all)s, “%(title)s”,") if title else _("Session %(number)s of %(all)s")
    return named % words


def _times_differ(change: Change) -> bool:
    was, now = change.was, change.now
    return bool(was and now and (was.starts_at, was.ends_at) != (now.starts_at, now.ends_at))


def _zone(was: Told, stands: Told) -> list[str]:
    if was.zone == stands.zone:
        return []
    words = _("Its times are told as clocks show them elsewhere: %(new)s, no longer %(old)s.")
    return [words % {"new": zone_words(stands.zone), "old": zone_words(was.zone)}]


def _when(change: Change, was: Told, stands: Told) -> str:
    if change.was and change.now and _clocks_changed(change.was, change.now, stands.zone):
        return _stays_by_clocks(change.name or _("It"), change.now, stands.zone)
    if change.was and change.now:
        return _moved(change.name or _("It"), change.was, change.now, was.zone, stands.zone)
    if change.now:
        return _("A date is new: %(when)s.") % {"when": _date_line(change.now, stands)}
    words = _("%(session)s does not take place: it was to be on %(when)s.")
    return words % {
        "session": change.name or _("The date"),
        "when": _span(change.was, was) if change.was else "",
    }


def _known_start(was: ToldDate, zone: str) -> datetime:
    """What clocks were to show when it began, as people know it."""
    if was.clock_was:
        return datetime.fromisoformat(was.clock_was).replace(tzinfo=zone_of(zone))
    return local(was.starts_at, zone)


def _clocks_changed(was: ToldDate, now: ToldDate, zone: str) -> bool:
    """Whether it stays at the time of day that people know, and only what clocks there show is another."""
    return bool(was.clock_was) and was.clock_was == f"{local(now.starts_at, zone):%Y-%m-%dT%H:%M}"


def _stays_by_clocks(name: str, now: ToldDate, zone: str) -> str:
    words = _(
        "%(session)s stays on %(when)s (%(zone)s). But clocks there will show another time than was known, so seen from "
        "elsewhere it is at another hour: %(utc)s UTC."
    )
    when = moment_words(now.starts_at, zone)
    utc = moment_words(now.starts_at, "UTC", year=False)
    return words % {"session": name, "when": when, "zone": zone_words(zone), "utc": utc}


def _moved(name: str, was: ToldDate, now: ToldDate, old_zone: str, new_zone: str) -> str:
    old, new = _known_start(was, old_zone), local(now.starts_at, new_zone)
    words = {"session": name, "zone": zone_words(new_zone), "day": day_words(new)}
    if old == new and old_zone == new_zone:
        ends = {"old": clock_words(was.ends_at, old_zone), "new": clock_words(now.ends_at, new_zone)}
        if local(was.ends_at, old_zone).date() == local(now.ends_at, new_zone).date():
            return _("%(session)s ends at %(new)s instead of %(old)s, on %(day)s (%(zone)s).") % (
                words | ends
            )
        ends = {"old": moment_words(was.ends_at, old_zone), "new": moment_words(now.ends_at, new_zone)}
        return _("%(session)s ends on %(new)s instead of %(old)s (%(zone)s).") % (words | ends)
    if old.date() == new.date() and old_zone == new_zone:
        starts = {"old": clock_words(old), "new": clock_words(new)}
        return _("%(session)s moves from %(old)s to %(new)s, on %(day)s (%(zone)s).") % (words | starts)
    starts = {"old": moment_words(old, old_zone), "new": moment_words(new, new_zone)}
    if old_zone == new_zone:
        return _("%(session)s moves from %(old)s to %(new)s (%(zone)s).") % (words | starts)
    starts["old_zone"] = zone_words(old_zone)
    return _("%(session)s moves from %(old)s (%(old_zone)s) to %(new)s (%(zone)s).") % (words | starts)


def _where(was: Told, stands: Told, changes: list[Change]) -> list[str]:
    """Another place: one line where it is the same change for all dates."""
    moved = [
        (change.name, _place(change.was, was), _place(change.now, stands))
        for change in changes
        if change.was and change.now and _place(change.was, was) != _place(change.now, stands)
    ]
    both = [change for change in changes if change.was and change.now]
    if moved and len(moved) == len(both) and len({(old, new) for _name, old, new in moved}) == 1:
        _first, old, new = moved[0]
        return [_("It takes place %(new)s now. Before: %(old)s.") % {"new": new, "old": old}]
    words = _("%(session)s takes place %(new)s now. Before: %(old)s.")
    return [words % {"session": name, "new": new, "old": old} for name, old, new in moved]


def _place(date: ToldDate, told: Told) -> str:
    """Where a date takes place, to stand in a sentence."""
    if told.format == Event.Format.ONLINE:
        return _("online")
    there = _("at %(place)s") % {"place": date.place} if date.place else _("in person")
    return _("%(there)s and online") % {"there": there} if told.format == Event.Format.BOTH else there


def _rest(told: list[str], changes: list[Change], was: Told, stands: Told) -> list[str]:
    """That the other dates stay, where some do and something else is told."""
    as_before = [
        change
        for change in changes
        if change.was and change.now and not _times_differ(change)
        if _place(change.was, was) == _place(change.now, stands)
    ]
    if not told or not as_before or was.zone != stands.zone or len(changes) == len(as_before):
        return []
    return [
        _("The other dates stay as they are.") if len(as_before) > 1 else _("The other date stays as it is.")
    ]


def _date_line(date: ToldDate, told: Told) -> str:
    line = _("%(when)s, %(where)s") % {"when": _span(date, told), "where": _place(date, told)}
    return f"{line}: {date.title}" if date.title else line


def _span(date: ToldDate, told: Told) -> str:
    return span_words(date.starts_at, date.ends_at, told.zone)
