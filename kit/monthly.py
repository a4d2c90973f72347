"""Days that come again each month: the first Sunday, the last Thursday."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

LAST = 5
WEEK = 7


@dataclass(frozen=True)
class Monthly:
    """One day of each month. `place` is from 1 to 4, or LAST; `weekday` is 0 for Monday."""

    place: int
    weekday: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The rule that gives this day: a fifth Sunday is the last one."""
        return cls((day.day - 1) // WEEK + 1, day.weekday())

    def day_in(self, year: int, month: int) -> date:
        first, length = calendar.monthrange(year, month)
        of_the_first = 1 + (self.weekday - first) % WEEK
        of_the_last = of_the_first + (length - of_the_first) // WEEK * WEEK
        return date(year, month, min(of_the_first + (self.place - 1) * WEEK, of_the_last))

    def days(self, after: date, until: date) -> Iterator[date]:
        """Those later than one day and up to another."""
        for year in range(after.year, until.year + 1):
            found = (self.day_in(year, month) for month in range(1, 13))
            yield from (day for day in found if after < day <= until)
