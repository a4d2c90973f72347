"""What waits for an access lead over all their events: numbers and a day, no event, no person and no need. Which they are
is read on the board, where reading is noted."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import AccessNeed, Event, Session
from events.pages.organise.access_overview import asked_by_event, events_asked_of
from events.pages.organise.access_rows import Row
from events.pages.organise.to_do import ToDo
from kit.times import day_words
from people.models import Person

SOON = timedelta(days=10)
# What was arranged, or offered instead, either worked or did not.
WAS_THERE = (AccessNeed.State.ARRANGED, AccessNeed.State.SOMETHING_ELSE, AccessNeed.State.CONFIRMED)


def for_reader(reader: Person, now: datetime) -> list[ToDo]:
    """Three queries, however many events."""
    events = {event.pk: event for event in events_asked_of(reader)}
    over, to_come, dates = set[int](), set[int](), list[Session]()
    for key, rows in asked_by_event(events.values()).items():
        event = events[key]
        if event.is_past(now):
            over |= {row.request for row in rows if _is_unheard(row)}
            continue
        open_here = {row.request for row in rows if row.state not in AccessNeed.ANSWERED}
        to_come |= open_here
        date = _next_date(event, now)
        if date and date.starts_at < now + SOON:
            dates += [date] * len(open_here)
    more = _more(len(to_come) - len(dates), are_more=bool(dates))
    found = (_soon(dates), more, _unanswered(len(over)))
    return [todo for todo in found if todo]


def _soon(dates: list[Session]) -> ToDo | None:
    """`dates`: the next one of each request."""
    if not dates:
        return None
    first = min(dates, key=lambda date: date.starts_at)
    words = ngettext("%(number)s request to arrange", "%(number)s requests to arrange", len(dates))
    by = _("By %(day)s") % {"day": day_words(first.starts_at, first.event.time_zone, year=False)}
    return ToDo(words % {"number": len(dates)}, _board(), by, "clay")


def _more(number: int, *, are_more: bool) -> ToDo | None:
    if not number:
        return None
    if are_more:
        words = ngettext("%(number)s more to arrange", "%(number)s more to arrange", number)
    else:
        words = ngettext("%(number)s request to arrange", "%(number)s requests to arrange", number)
    return ToDo(words % {"number": number}, _board(), _("Can wait"))


def _unanswered(number: int) -> ToDo | None:
    if not number:
        return None
    words = ngettext(
        "%(number)s person has not said if it worked", "%(number)s people have not said if it worked", number
    )
    return ToDo(words % {"number": number}, _board())


def _is_unheard(row: Row) -> bool:
    return row.state in WAS_THERE and not row.worked


def _next_date(event: Event, now: datetime) -> Session | None:
    dates = [date for date in event.sessions.all() if date.starts_at > now]
    for date in dates:
        date.event = event
    return dates[0] if dates and not event.is_postponed else None


def _board() -> str:
    return reverse("organise:access_index")
