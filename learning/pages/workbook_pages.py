"""What the pages of somebody's workbook say: how each stands, what is written, until when it is kept."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Registration
from kit.times import day_words, short_day
from learning.actions.workbook_retention import workbook_goes_at
from learning.models import Activity, LearningPage, LearningPlan, WorkbookCopy, WorkbookPage
from learning.models.activity import ActivityQuerySet, in_order
from learning.pages.path_item import PathItem
from learning.point_words import POINTS
from learning.ring_words import RINGS
from learning.written import Written

# Of a drawing of 400 by 400: how far from its middle the numbers of each ring stand.
RADII = (36, 102, 164)
MIDDLE = 200


@dataclass(frozen=True)
class Line:
    """A page of the workbook. `url` is "" for one that is not open to them; `place` its number among them;
    `practise_url` leads to the situation that it is about."""

    place: int
    activity: Activity
    url: str
    tag: str
    tone: str
    is_saved: bool
    has_two: bool
    practise_url: str = ""


def lines_of(registration: Registration, now: datetime) -> list[Line]:
    """All pages that somebody has or will have, in order; only those they wrote on once they have no place, or once what
    is written goes at once. One query, none at an event that was loaded with its plan of learning and has none."""
    event = registration.event
    if LearningPlan.is_none(event):
        return []
    may_begin = registration.has_place and not time_is_over(registration, now)
    rows = [row for row in _rows(registration) if row.saved_at or (may_begin and not row.retired_at)]
    ordered = in_order(rows, event.sessions.all())
    return [_line(registration, activity, place, now) for place, activity in enumerate(ordered, start=1)]


def _rows(registration: Registration) -> list[Any]:
    """Activities with `saved_at`, `has_two` and `practises`: whether everyone can read what is practised."""
    own = WorkbookPage.objects.filter(registration=registration, activity=OuterRef("pk"))
    two = WorkbookCopy.objects.filter(page__registration=registration, page__activity=OuterRef("pk"))
    saved_at = Subquery(own.exclude(words="").values("saved_at")[:1])
    practises = Exists(LearningPage.objects.published().filter(pk=OuterRef("scenario")))
    found = registration.event.activities.annotate(
        saved_at=saved_at, has_two=Exists(two), practises=practises
    )
    return list(found.filter(Q(retired_at=None) | Q(saved_at__isnull=False)))


def _line(registration: Registration, activity: Any, place: int, now: datetime) -> Line:
    saved_at, has_two = activity.saved_at, activity.has_two
    can_open = bool(saved_at) or (activity.is_open(now) and registration.event.is_published)
    url = reverse("learning:workbook_page", args=[registration.token, activity.number]) if can_open else ""
    tag, tone = _tag(registration, activity, saved_at, has_two=has_two, can_open=can_open)
    practise = "learning:own_scenario" if url and activity.practises and registration.has_place else ""
    return Line(
        place,
        activity,
        url,
        tag,
        tone,
        is_saved=bool(saved_at),
        has_two=has_two,
        practise_url=reverse(practise, args=[registration.token, activity.number]) if practise else "",
    )


def _tag(
    registration: Registration,
    activity: Activity,
    saved_at: datetime | None,
    *,
    has_two: bool,
    can_open: bool,
) -> tuple[str, str]:
    zone = registration.event.time_zone
    if has_two:
        return _("Two versions"), "gold"
    if saved_at:
        return _("Saved %(day)s") % {"day": short_day(saved_at, zone)}, "moss"
    if can_open:
        return _("Open"), "gold"
    opens_at = activity.after.ends_at if activity.after else None
    if opens_at is None or registration.event.is_called_off:
        return _("Not open yet"), "plain"
    return _("Opens %(day)s") % {"day": short_day(opens_at, zone)}, "plain"


def line_of(registration: Registration, number: int, now: datetime) -> Line | None:
    """The page of this number; one that was taken out too, for whoever still has it open."""
    found = next((one for one in lines_of(registration, now) if one.activity.number == number), None)
    if found or not registration.has_place or time_is_over(registration, now):
        return found
    retired = registration.event.activities.exclude(retired_at=None)
    return _line_outside(registration, retired, number, _("Taken out by the organisers"))


def late_line(registration: Registration, number: int) -> Line | None:
    """The page of this number once the time of the workbook is over, for whoever still has it open."""
    return _line_outside(registration, registration.event.activities.all(), number, _("Its time is over"))


def _line_outside(registration: Registration, among: ActivityQuerySet, number: int, tag: str) -> Line | None:
    """A page that the booklet does not have, or no longer."""
    found = among.filter(number=number).first()
    if found is None:
        return None
    url = reverse("learning:workbook_page", args=[registration.token, number])
    return Line(0, found, url, tag, "plain", is_saved=False, has_two=False)


def beside_workbook(registration: Registration, now: datetime) -> list[PathItem]:
    """The pages of the workbook, among what lies between the dates."""
    lines = lines_of(registration, now)
    first_open = next((line for line in lines if line.url and not line.is_saved), None)
    items = [_item(line, is_next=line is first_open) for line in lines]
    return [*items, *_whole(registration, now)] if any(line.is_saved for line in lines) else items


def _whole(registration: Registration, now: datetime) -> list[PathItem]:
    """For whoever wrote, once the dates are over: all of it, and the day on which it goes. No query."""
    day = goes_on(registration) if registration.event.is_past(now) else ""
    if not day:
        return []
    return [
        PathItem(
            label=_("Workbook"),
            title=_("Your whole workbook"),
            words=_("It is deleted on %(day)s. Print it, or keep it as a file, before then.") % {"day": day},
            url=reverse("learning:workbook", args=[registration.token]),
            link=_("Open it"),
            is_last=True,
        )
    ]


def _item(line: Line, *, is_next: bool) -> PathItem:
    link = _("Read it again, or go on writing") if line.is_saved else _("Open the page")
    return PathItem(
        label=_("Practise a situation") if line.practise_url else _("Workbook"),
        title=line.activity.title,
        words="" if line.is_saved else line.activity.intro,
        tag=line.tag,
        tone=line.tone,
        url=line.practise_url or line.url,
        link=_("Read it, or skip it") if line.practise_url else link,
        icon="words" if line.practise_url else "edit",
        after=line.activity.after,
        is_next=is_next,
        is_typed=True,
    )


def goes_on(registration: Registration) -> str:
    """The day on which the workbook is deleted, in words; "" without a date to count from, and once it has come."""
    goes_at = workbook_goes_at(registration)
    is_to_come = goes_at is not None and goes_at > timezone.now()
    return day_words(goes_at, registration.event.time_zone) if goes_at and is_to_come else ""


def time_is_over(registration: Registration, now: datetime) -> bool:
    """Whether the clock deletes at once what is written here."""
    goes_at = workbook_goes_at(registration)
    return goes_at is not None and goes_at <= now


@dataclass(frozen=True)
class Dot:
    """A number in the drawing of rings."""

    number: int
    x: int
    y: int

    @property
    def text_y(self) -> int:
        """Where its figure stands on the page, by its foot."""
        return self.y + 5


def dots(rings: Sequence[Sequence[str]]) -> list[Dot]:
    """Where the lines stand in the drawing, as numbers alone: one ring after the other, each all round."""
    found: list[Dot] = []
    for ring, lines in enumerate(rings):
        for place in range(len(lines)):
            angle = 2 * math.pi * place / len(lines) + ring
            x, y = MIDDLE + RADII[ring] * math.cos(angle), MIDDLE + RADII[ring] * math.sin(angle)
            found.append(Dot(len(found) + 1, round(x), round(y)))
    return found


@dataclass(frozen=True)
class RingRead:
    """The lines of one ring; `start` is the number of the first."""

    title: str
    start: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Readable:
    """A page as it is read: on paper, as a text file, beside another version."""

    place: int
    title: str
    written: Written
    points: tuple[tuple[str, str, str], ...]
    dots: tuple[Dot, ...]

    @property
    def rings(self) -> list[RingRead]:
        found, start = [], 1
        for (title, _hint), lines in zip(RINGS, self.written.rings, strict=True):
            if lines:
                found.append(RingRead(str(title), start, lines))
            start += len(lines)
        return found


def readable(registration: Registration, now: datetime) -> list[Readable]:
    """All pages that somebody wrote on. Two queries. Raises CannotUnseal."""
    pages = {page.activity_id: page for page in WorkbookPage.objects.filter(registration=registration)}
    return [
        read(line.place, line.activity, pages[line.activity.pk].written)
        for line in lines_of(registration, now)
        if line.is_saved and line.activity.pk in pages
    ]


def read(place: int, activity: Activity, written: Written) -> Readable:
    return Readable(
        place,
        activity.title,
        written,
        tuple((one.question, _point_words(one.point), one.words) for one in written.answers),
        tuple(dots(written.rings)),
    )


def _point_words(point: str) -> str:
    return str(dict(POINTS).get(point, ""))
