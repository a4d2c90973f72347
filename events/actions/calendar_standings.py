"""How each event of a partner's calendar stands beside what came of it before: new, changed, the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto
from typing import Any

from django.utils import timezone

from events.actions.partner_entries import Entry, Span
from events.models import CalendarImport, ImportedEvent

# As many as the page on which an event's dates are changed.
MOST_DATES = 60
TEXTS = ("title", "description", "where")


class Standing(StrEnum):
    """What would become of an entry. Only the first three can be chosen."""

    NEW = auto()
    CHANGED = auto()
    ASKS = auto()  # new, and nobody knows the zone of its times
    SAME = auto()
    OLDER = auto()  # we know a newer one
    CLOSED = auto()  # ours is over, or called off
    CANCELLED = auto()
    OVER = auto()
    WRONG = auto()


CHOOSABLE = (Standing.NEW, Standing.ASKS, Standing.CHANGED)


@dataclass(frozen=True)
class Found:
    """An entry with its number in the file, and how it stands. `spans` are its dates and `zone` where they are told, not
    where a zone is asked for. `imported` is what came of it before."""

    number: int
    entry: Entry
    standing: Standing
    zone: str = ""
    spans: dict[str, Span] = field(default_factory=dict)
    imported: ImportedEvent | None = None

    @property
    def can_be_chosen(self) -> bool:
        return self.standing in CHOOSABLE


def standings(kept: CalendarImport) -> list[Found]:
    """How each entry stands now. Three queries, however many there are."""
    now, contents = timezone.now(), kept.contents
    rows = ImportedEvent.objects.filter(group=kept.group_id).select_related("event__venue")
    known = {row.uid: row for row in rows.prefetch_related("event__sessions")}
    return [
        _stands(number, Entry(**values), known, kept, contents["home"], now)
        for number, values in enumerate(contents["entries"])
    ]


def _stands(
    number: int,
    entry: Entry,
    known: Mapping[str, ImportedEvent],
    kept: CalendarImport,
    home: str,
    now: datetime,
) -> Found:
    imported = known.get(entry.uid)
    if entry.wrong:
        return Found(number, entry, Standing.WRONG, imported=imported)
    asked = entry.zone_asked()
    if asked is not None and not kept.zones.get(asked):
        return Found(number, entry, Standing.ASKS, imported=imported)
    try:
        spans = entry.spans(kept.zones, home)
    except (ValueError, OverflowError):
        return Found(number, entry, Standing.WRONG, imported=imported)
    standing = _of_known(entry, imported, spans, now) if imported else _of_new(entry, spans, now)
    return Found(number, entry, standing, entry.zone_in(kept.zones, home), spans, imported)


def _of_new(entry: Entry, spans: Mapping[str, Span], now: datetime) -> Standing:
    if entry.is_cancelled:
        return Standing.CANCELLED
    return Standing.NEW if any(ends_at > now for _start, ends_at in spans.values()) else Standing.OVER


def _of_known(entry: Entry, imported: ImportedEvent, spans: Mapping[str, Span], now: datetime) -> Standing:
    event = imported.event
    if event.is_called_off or event.is_past(now):
        return Standing.CLOSED
    if entry.is_cancelled:
        return Standing.CANCELLED
    if not _differs(told(entry, spans), imported.told) and not _gone(imported, spans, now):
        return Standing.SAME
    is_older = entry.sequence < imported.sequence
    if entry.sequence == imported.sequence and entry.stamp:
        is_older = entry.stamp < imported.stamp
    return Standing.OLDER if is_older else Standing.CHANGED


def told(entry: Entry, spans: Mapping[str, Span]) -> dict[str, Any]:
    """What a calendar says, as `ImportedEvent.told` keeps it."""
    texts = {name: getattr(entry, name) for name in TEXTS}
    dates = {key: span_written(span) for key, span in dates_to_come(spans).items()}
    return {**texts, "format": entry.format, "dates": dates}


def dates_to_come(spans: Mapping[str, Span]) -> dict[str, Span]:
    """Those that are not over, in their order, no more than an event can have."""
    now = timezone.now()
    to_come = sorted(((key, span) for key, span in spans.items() if span[1] > now), key=lambda pair: pair[1])
    return dict(to_come[:MOST_DATES])


def span_written(span: Span) -> list[str]:
    return [at.isoformat() for at in span]


def _differs(said: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    dates = before.get("dates", {})
    return any(said[name] != before.get(name) for name in TEXTS) or any(
        dates.get(key) != span for key, span in said["dates"].items()
    )


def _gone(imported: ImportedEvent, spans: Mapping[str, Span], now: datetime) -> list[str]:
    """The keys of dates to come that the calendar no longer has."""
    dates = imported.told.get("dates", {})
    return [
        key for key, (_start, end) in dates.items() if key not in spans and datetime.fromisoformat(end) > now
    ]


def differences(found: Found) -> list[tuple[str, str, str]]:
    """What taking a changed one would change: which part, as it was told before, as it is told now."""
    if not found.imported:
        return []
    before, said = found.imported.told, told(found.entry, found.spans)
    return [(name, before.get(name, ""), said[name]) for name in TEXTS if said[name] != before.get(name)]


def moved(found: Found) -> tuple[list[Span], list[Span]]:
    """The dates to come that a changed one would move, add or take out, as they were told before and are told now."""
    before = {
        key: (datetime.fromisoformat(start), datetime.fromisoformat(end))
        for key, (start, end) in (found.imported.told.get("dates", {}) if found.imported else {}).items()
    }
    now, after = timezone.now(), dates_to_come(found.spans)
    is_other = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    return (
        sorted(span for key, span in before.items() if key in is_other and span[1] > now),
        sorted(span for key, span in after.items() if key in is_other),
    )
