"""What a certificate says: only what is true, and nothing about why."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from events.actions.attendance import NOTED_WITHIN
from events.models import Attendance, Event, Registration, Session
from events.pages.completion import Standing, was_there
from kit.times import day_words, local
from learning.actions.certificate_codes import code_of
from learning.actions.progress import progress_of
from learning.models import Graduation, LearningPlan

CORNERS = 4


@dataclass(frozen=True)
class Certificate:
    """`code` and `graduated_on` are there once somebody has graduated; without, it says that they took part. `sewn` are
    the corners of a programme of four dates. `becomes_whole`: the day on which it may say more, in words."""

    name: str
    event: Event
    taken_part: tuple[str, ...]
    about: str
    with_whom: str
    signed_by: str
    sewn: tuple[int, ...]
    has_corners: bool
    code: str = ""
    day: str = ""
    becomes_whole: str = ""

    @property
    def is_whole(self) -> bool:
        return bool(self.code)


def certificate_of(
    registration: Registration, graduation: Graduation | None, now: datetime
) -> Certificate | None:
    """None before it is over, without a place, and for whoever was at none of its dates. Four queries at most."""
    event = registration.event
    if not may_have_one(event, now) or not registration.has_place:
        return None
    dates = list(event.sessions.all())
    rows = {row.session_id: row for row in registration.attendances.all()}
    for date in dates:
        date.event = event
        if date.pk in rows:
            rows[date.pk].session = date
    there = [date for date in dates if was_there(date, rows.get(date.pk))]
    caught_up = [date for date in dates if date not in there and _caught_up(rows.get(date.pk))]
    if not (there or caught_up or graduation):
        return None
    return _written(registration, graduation, dates, there, caught_up, now)


def may_have_one(event: Event, now: datetime) -> bool:
    """Whether an event is one that people take a certificate from, and is over. No query where its dates are loaded."""
    is_a_programme = event.dates_to_complete is not None or len(event.sessions.all()) > 1
    return is_a_programme and event.is_published and event.is_past(now)


def _caught_up(row: Attendance | None) -> bool:
    return row is not None and row.catch_up == Attendance.CatchUp.DONE


def _written(
    registration: Registration,
    graduation: Graduation | None,
    dates: list[Session],
    there: list[Session],
    caught_up: list[Session],
    now: datetime,
) -> Certificate:
    event, plan = registration.event, LearningPlan.of(registration.event)
    event.withhold(plan)
    counted = {*there, *caught_up}
    progress = progress_of([registration], event)[0]
    may_still = graduation is None and not progress.lacks and progress.standing.wanted is not None
    given_at = graduation.graduated_on if graduation else local(now, event.time_zone).date()
    settled_at = dates[-1].ends_at + NOTED_WITHIN
    return Certificate(
        name=registration.name,
        event=event,
        taken_part=tuple(_taken_part(event, dates, there, caught_up, progress.standing, graduation)),
        about=plan.about or event.summary,
        with_whom=plan.with_whom or event.group.name,
        signed_by=plan.signed_by,
        sewn=tuple(number for number, date in enumerate(dates) if date in counted),
        has_corners=len(dates) == CORNERS,
        code=code_of(registration) if graduation else "",
        day=day_words(given_at),
        becomes_whole=day_words(settled_at, event.time_zone) if may_still and settled_at > now else "",
    )


def _taken_part(
    event: Event,
    dates: list[Session],
    there: list[Session],
    caught_up: list[Session],
    standing: Standing,
    graduation: Graduation | None,
) -> list[str]:
    """A sentence each: which dates of how many, which were caught up on, and that organisers decided."""
    numbers = {"number": len(there), "all": len(dates), "days": _days(event, there)}
    said = [
        _("%(number)s of %(all)s dates: %(days)s.") % numbers
        if there
        else _("None of %(all)s dates in person.") % numbers
    ]
    if caught_up:
        said.append(_("Caught up on afterwards: %(days)s.") % {"days": _days(event, caught_up)})
    if graduation and standing.because and standing.counted < (standing.wanted or 0):
        said.append(_("The organisers decided that it counts as completed."))
    return said


def _days(event: Event, dates: list[Session]) -> str:
    return get_text_list([day_words(date.starts_at, event.time_zone) for date in dates], _("and"))
