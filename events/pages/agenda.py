"""What is on the calendar, in pages of lines: the agenda, the archive, the lists of a group, a series, a venue."""

from collections.abc import Sequence
from typing import NamedTuple

from events.models import Session
from events.models.session import SessionQuerySet
from events.pages import places_left
from events.pages.lines import Line, Tells, dates_of, line_of

ON_A_PAGE = 20
# An address can ask for any page, and the database would count its way there.
LAST_PAGE = 10_000

# Written once: to write this query takes longer than to answer it.
ON_THE_CALENDAR = Session.objects.on_the_calendar().for_lists()


class Page(NamedTuple):
    """Some lines of a list, with what templates/components/pagination.html asks of a page."""

    lines: list[Line]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def page_of(
    sessions: SessionQuerySet,
    number: str | None,
    home_zone: str,
    *,
    size: int = ON_A_PAGE,
    tells: Tells = Tells.NEXT_DATE,
) -> Page:
    """The page whose number stands in an address; the first for anything that is no number.

    Nothing is counted: a page costs the same however much there is. `sessions` are narrowed from ON_THE_CALENDAR; for
    `home_zone` and `tells` see lines_of().
    """
    page = int(number) if number and number.isascii() and number.isdecimal() and len(number) < 6 else 1
    page = min(max(page, 1), LAST_PAGE)
    start = (page - 1) * size
    rows = list(sessions[start : start + size + 1])
    return Page(lines_of(rows[:size], home_zone, tells), page, has_next=len(rows) > size)


def lines_of(sessions: Sequence[Session], home_zone: str, tells: Tells) -> list[Line]:
    """Sessions as lines, in two queries however many there are. They come from `Session.objects.for_lists()`. Zones
    other than `home_zone` are named; `tells` is what each of them stands for."""
    events = {session.event_id: session.event for session in sessions}
    if not events:
        return []
    for session in sessions:
        session.event.withhold(session, session.venue)
    dates = dates_of(events)
    for session in sessions:
        dates[session.event_id].tell(session.event)
    badges = places_left.badges(events)
    return [line_of(s, dates[s.event_id], badges[s.event_id], home_zone, tells) for s in sessions]
