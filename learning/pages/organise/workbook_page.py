"""The workbook of an event, for its organisers: what lies between which dates, and how many wrote; never who or what."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Session
from kit.times import day_words
from learning.models import Activity, WorkbookPage
from learning.models.activity import in_order
from learning.pages.organise.card import Card

# Fewer could be recognised.
AT_LEAST = 5


@dataclass(frozen=True)
class ActivityLine:
    activity: Activity
    saved: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Section:
    """The pages that follow one date; `words` says which."""

    words: str
    lines: tuple[ActivityLine, ...]


def workbook_card(event: Event) -> Card:
    """One query."""
    number = Activity.objects.asked().filter(event=event).count()
    there = ngettext("%(number)s page.", "%(number)s pages.", number) % {"number": number}
    words = _("Short pages to write on between the dates. Only whoever writes can read them.")
    return Card(
        title=_("Workbook"),
        words=(words, there if number else _("There is none yet.")),
        url=reverse("organise:activities", args=[event.slug]),
        link=_("Look after the workbook") if number else _("Make a workbook"),
    )


def sections_of(event: Event) -> list[Section]:
    """The pages as people come to them, by the date they follow. Two queries."""
    sessions = list(event.sessions.all())
    saved = Count("pages", filter=~Q(pages__words=""))
    activities = in_order(Activity.objects.asked().filter(event=event).annotate(saved=saved), sessions)
    by_date: dict[int | None, list[Any]] = {}
    for activity in activities:
        by_date.setdefault(activity.after.pk if activity.after else None, []).append(activity)
    dates: list[tuple[int | None, str]] = [
        (None, _("Before the first date")),
        *((one.pk, _after(event, one)) for one in sessions),
    ]
    return [Section(words, _lines(by_date[key])) for key, words in dates if key in by_date]


def how_many_wrote(event: Event) -> str:
    """How many people have saved a page, in words; "" for too few. One query."""
    pages = WorkbookPage.objects.filter(activity__event=event).exclude(words="")
    number = pages.values("registration").distinct().count()
    if number < AT_LEAST:
        return ""
    return _("%(number)s people have written in it.") % {"number": number}


def _after(event: Event, session: Session) -> str:
    return _("After %(day)s") % {"day": day_words(session.starts_at, event.time_zone, year=False)}


def _lines(activities: list[Any]) -> tuple[ActivityLine, ...]:
    last = len(activities) - 1
    return tuple(
        ActivityLine(one, _saved(one.saved), place == 0, place == last)
        for place, one in enumerate(activities)
    )


def _saved(number: int) -> str:
    return _("Saved by %(number)s people") % {"number": number} if number >= AT_LEAST else ""
