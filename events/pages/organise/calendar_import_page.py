"""A partner's calendar that is brought in: what stands in it, line by line, and what would become of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.actions.calendar_standings import MOST_DATES, Found, Standing, differences, moved
from events.actions.partner_entries import Entry
from events.models import CalendarImport, Event
from kit.forms import Choice
from kit.times import clock_words, day_words, span_words

# So many lines of each list are shown; more are counted.
MOST_SHOWN = 200

WHY_WRONG = {
    "unreadable": gettext_lazy("cannot be read"),
    "no_start": gettext_lazy("says no day on which it begins"),
    "no_title": gettext_lazy("has no title"),
    "ends_before": gettext_lazy("ends before it begins"),
    "too_often": gettext_lazy("repeats more often than daily, or in a way that is not read here"),
    "too_long": gettext_lazy("repeats in a way that takes too long to work out"),
    "repeats_unreadable": gettext_lazy("repeats in a way that cannot be read"),
    "": gettext_lazy("lasts longer than two months, or is in no year of ours"),
}
WHY_NOT = {
    Standing.OLDER: gettext_lazy("is older than what you brought in before"),
    Standing.CLOSED: gettext_lazy("is over or called off here"),
    Standing.OVER: gettext_lazy("is over already"),
}
LEFT_OUT = {
    "people": gettext_lazy("Names and addresses of people"),
    "alarms": gettext_lazy("Alarms"),
    "attachments": gettext_lazy("Attached files and pictures"),
}
PARTS = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "where": gettext_lazy("Place"),
}
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Line:
    """What is not taken, and why; or what is here already, with its event."""

    number: int
    title: str
    why: str = ""
    event: Event | None = None


def page(kept: CalendarImport, found: list[Found]) -> dict[str, Any]:
    contents = kept.contents
    same = [Line(f.entry.line, f.entry.title, event=_event(f)) for f in found if f.standing is Standing.SAME]
    lines = [_left_out(f) for f in found if not f.can_be_chosen and f.standing is not Standing.SAME]
    return {
        "kept": kept,
        "number": contents["vevents"],
        "same": same[:MOST_SHOWN],
        "lines": lines[:MOST_SHOWN],
        "more_lines": max(0, len(lines) - MOST_SHOWN),
        "ignored": _ignored(contents, [f.entry for f in found]),
    }


def _event(found: Found) -> Event | None:
    return found.imported.event if found.imported else None


def _left_out(found: Found) -> Line:
    entry, event = found.entry, _event(found)
    why: Any = WHY_NOT.get(found.standing)
    if found.standing is Standing.WRONG:
        why = WHY_WRONG.get(entry.wrong, WHY_WRONG["unreadable"])
    elif found.standing is Standing.CANCELLED:
        why = (
            _("is cancelled there. Call it off here yourselves, if that is so")
            if event
            else _("is cancelled there")
        )
    return Line(entry.line, entry.title or _("Without a title"), str(why), event)


def _ignored(contents: dict[str, Any], entries: Iterable[Entry]) -> list[str]:
    """What of the file as a whole is not read."""
    kinds = {kind for entry in entries for kind in entry.left_out}
    told = [str(words) for kind, words in LEFT_OUT.items() if kind in kinds]
    if contents["has_method"]:
        told.append(_("that it invites or cancels: it is read as a list of events"))
    if others := contents["others"]:
        told.append(
            ngettext("%(number)s entry that is no event", "%(number)s entries that are no events", others)
            % {"number": others}
        )
    return told


def choice_of(found: Found) -> Choice:
    """An entry that can be chosen: its title, and under it when, where, and what is to be known of it."""
    entry = found.entry
    said = [when_words(found), entry.where or (_("Online") if entry.is_online else ""), *_notes(entry)]
    if found.imported:
        said = [*_changes(found), *_warning(found.imported.event)]
    return Choice(entry.title, " · ".join(part for part in said if part))


def when_words(found: Found) -> str:
    """Its dates in words; by no zone while one is asked for."""
    entry = found.entry
    if not found.spans:
        start = datetime.fromisoformat(entry.raw[0][1]) if entry.raw else None
        return _moment(start) if start else ""
    spans = sorted(found.spans.values())
    words = day_words(spans[0][0], found.zone) if entry.is_whole_day else span_words(*spans[0], found.zone)
    if len(spans) == 1:
        return words
    number = min(len(spans), MOST_DATES)
    return _("%(number)s dates, the first %(when)s") % {"number": number, "when": words}


def _moment(at: datetime) -> str:
    return _("%(day)s, %(time)s") % {"day": day_words(at), "time": clock_words(at)}


def _notes(entry: Entry) -> list[str]:
    notes = (
        (entry.ways, _("its way into the meeting goes where only people with a place find it")),
        (entry.is_whole_day, _("a whole day: give it hours")),
        (entry.assumed, _("it has no end: an hour is assumed")),
        (entry.more, _("the dates beyond two hundred are left out")),
        (entry.is_private, _("it is marked as private there")),
        (entry.twice, _("it stands there twice: the newer one counts")),
        (entry.unknown, _("in the zone “%(zone)s”") % {"zone": entry.unknown}),
        (entry.is_floating, _("without a zone")),
    )
    return [words for holds, words in notes if holds]


def _changes(found: Found) -> list[str]:
    """What is otherwise there than it was: old, then new."""
    changes = [
        _("%(part)s: “%(before)s” becomes “%(after)s”")
        % {"part": PARTS[name], "before": _short(before), "after": _short(after)}
        for name, before, after in differences(found)
    ]
    before, after = moved(found)
    if before != after:
        words = [
            ", ".join(span_words(*span, found.zone) for span in spans[:3]) or _("none")
            for spans in (before, after)
        ]
        changes.append(_("Dates: %(before)s becomes %(after)s") % {"before": words[0], "after": words[1]})
    return changes


def _warning(event: Event) -> list[str]:
    return [_("It is published: whoever has to do with it is told by email")] if event.is_published else []


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rstrip()}…"
