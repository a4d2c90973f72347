"""What completes a programme with everything that belongs to it, and what of that somebody still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from events.actions.attendance import NOTED_WITHIN
from events.models import Event, Registration
from events.pages.completion import Standing, standings
from learning.actions.pledges_made import with_pledge
from learning.models import Graduation, LearningPlan


class Lack(StrEnum):
    DATES = "dates"
    PLEDGE = "pledge"


@dataclass(frozen=True)
class Progress:
    """How far somebody is. An organiser's exception settles everything, a pledge that is not there as well."""

    registration: Registration
    standing: Standing
    asks_pledge: bool = False
    has_pledge: bool = False

    @property
    def lacks(self) -> tuple[Lack, ...]:
        if self.standing.because:
            return ()
        dates = () if self.standing.is_complete else (Lack.DATES,)
        return (*dates, Lack.PLEDGE) if self.asks_pledge and not self.has_pledge else dates

    def graduates(self, now: datetime) -> bool:
        """Whether they have completed it for good: the programme is over, nothing lacks, and who was there can no longer
        change, or an organiser has decided."""
        event = self.registration.event
        if self.standing.wanted is None or self.lacks or not event.is_published or not event.is_past(now):
            return False
        return bool(self.standing.because) or is_settled(event, now)

    def still_holds(self, graduation: Graduation) -> bool:
        """Whether what somebody has graduated by is still so. A pledge that is gone by now, and a rule that asks for
        more than it did then, take nothing back."""
        counted = self.standing.there + self.standing.caught_up
        return bool(self.standing.because) or counted >= graduation.wanted


def progress_of(registrations: Iterable[Registration], event: Event) -> list[Progress]:
    """How far each of these people of the event is. One query beside the dates, three where a pledge belongs to it."""
    people = list(registrations)
    asks = LearningPlan.of(event).asks_pledge
    pledges = with_pledge(people) if asks else set()
    return [
        Progress(person, standing, asks, person.pk in pledges)
        for person, standing in standings(people, event)
    ]


def settled_at(event: Event) -> datetime | None:
    """From when on nothing can be noted any more of who was at its last date. None without dates."""
    return event.ends_at + NOTED_WITHIN if event.ends_at else None


def is_settled(event: Event, now: datetime) -> bool:
    at = settled_at(event)
    return at is not None and at <= now
