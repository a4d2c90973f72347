"""How early something must be asked for, by when we say whether it can be arranged, and what the access list says of it.

Saturdays and Sundays do not count as working days. Public holidays do: a hub may serve people in several countries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from events.access_list import AccessOption
from events.models import AccessOffer, Event
from kit.forms import Choice
from kit.times import day_words, local, make_instant, moment_words
from kit.written_once import WrittenOnce

Hint = str | Promise

# Interpreters are booked together, by the date that organisers give for the event.
INTERPRETERS = frozenset({"bsl", "other_sign", "language"})
NOON = time(12)
SATURDAY = 5
OFFERED = WrittenOnce(AccessOffer.objects.order_by("pk").values_list("code", "lead_working_days"))


def offered_lead_times() -> dict[str, int]:
    """Working days needed for what this hub offers as standard, by code. One query."""
    return dict(OFFERED.asked())


def ask_by(event: Event, code: str, lead_times: Mapping[str, int]) -> date | None:
    """The last day on which there is time enough to arrange it. None when nobody has said."""
    if code in INTERPRETERS and event.interpreters_by:
        return event.interpreters_by
    starts_at = _next_start(event, timezone.now())
    if starts_at is None or not lead_times.get(code):
        return None
    return working_days_before(local(starts_at, event.time_zone).date(), lead_times[code])


def _next_start(event: Event, now: datetime) -> datetime | None:
    """When it begins; of several dates of which some have begun, the next."""
    first = event.starts_at
    if first is None or first > now:
        return first
    return min((date.starts_at for date in event.sessions.all() if date.starts_at > now), default=first)


@dataclass(frozen=True)
class InTime:
    """What is arranged on request, by whether there is time enough for it from now on; `tell_by`: by when we say whether
    what is late works all the same, in words."""

    early: list[str]
    late: list[str]
    tell_by: str


def in_time(event: Event, now: datetime) -> InTime:
    """Of whatever this event could offer and nobody has to be asked about in person. Three queries."""
    lead_times, today = offered_lead_times(), local(now, event.time_zone).date()
    there = {line.code for line in event.in_place.all()}
    options = [option for group in event.access_groups() for option in group.options]
    asked = [(o, by) for o in options if o.code not in there and (by := ask_by(event, o.code, lead_times))]
    by = tell_by(event, now)
    return InTime(
        early=[str(option.label) for option, day in asked if today <= day],
        late=[str(option.label) for option, day in asked if today > day],
        tell_by=moment_words(by, event.time_zone, year=False) if by else "",
    )


def tell_by(event: Event, now: datetime) -> datetime | None:
    """The moment by which we say whether it can be arranged: noon of the next working day, in the event's zone; None
    when it starts before that."""
    day = local(now, event.time_zone).date() + timedelta(days=1)
    while _is_weekend(day):
        day += timedelta(days=1)
    noon = make_instant(day, NOON, event.time_zone, fold=0)
    starts_at = _next_start(event, now)
    return noon if starts_at is None or noon < starts_at else None


def working_days_before(day: date, number: int) -> date:
    while number:
        day -= timedelta(days=1)
        number -= not _is_weekend(day)
    return day


class Hints:
    """What to say under each line of the access list, for one event at one moment. One query, for what this hub
    offers."""

    def __init__(self, event: Event, now: datetime) -> None:
        self.event, self.now = event, now
        self.today = local(now, event.time_zone).date()
        self.in_place = {line.code: str(line) for line in event.in_place.all()}
        self.lead_times = offered_lead_times()

    def choice(self, option: AccessOption) -> Choice:
        """What is in place is said as the organisers say it; there is nothing to ask for in time."""
        if option.code in self.in_place:
            return Choice(self.in_place[option.code])
        return Choice(option.label, self.of(option))

    def of(self, option: AccessOption) -> Hint:
        by = ask_by(self.event, option.code, self.lead_times)
        if by is None:
            return option.hint
        if self.today > by:
            late = self._perhaps_too_late()
            return format_lazy("{}. {}", option.hint, late) if option.by_hand else late
        ask = _("Please ask by %(day)s if you can") % {"day": day_words(by, year=False)}
        says_so_itself = not option.hint or option.code == "bsl"
        return ask if says_so_itself else format_lazy("{}. {}", option.hint, ask)

    def _perhaps_too_late(self) -> str:
        by = tell_by(self.event, self.now)
        if by is None:
            return _("It is late: we may not manage it. We will try and tell you before it starts")
        return _("It is late: we may not manage it. We will try and tell you by %(moment)s") % {
            "moment": moment_words(by, self.event.time_zone, year=False)
        }


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY
