"""What waits for an access lead over all their events: numbers and a day, no event, no person and no need. Which they are
is read on the board, where reading is noted."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import AccessNeed, AccessRequest, Event, Session
from events.pages.organise.access_board import is_asked, requests_of
from events.pages.organise.to_do import ToDo
from kit.times import day_words
from people.models import Person

SOON = timedelta(days=10)
# What was arranged, or offered instead, either worked or did not.
WAS_THERE = (AccessNeed.State.ARRANGED, AccessNeed.State.SOMETHING_ELSE, AccessNeed.State.CONFIRMED)


def for_reader(reader: Person, now: datetime) -> list[ToDo]:
    """Six queries, however many events."""
    asking = AccessRequest.objects.open().values("registration__event")
    events = Event.objects.cared_for_by(reader).filter(pk__in=asking)
    events = events.select_related("group").prefetch_related("sessions")
    requests = [request for request in requests_of(events) if is_asked(request)]
    over = [request for request in requests if request.registration.event.is_past(now)]
    to_come = [request for request in requests if request not in over and _is_open(request)]
    soon = [date for request in to_come if (date := _next_date(request, now)) and date.starts_at < now + SOON]
    more = _more(len(to_come) - len(soon), are_more=bool(soon))
    found = (_soon(soon), more, _unanswered(sum(map(_is_unheard, over))))
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


def _is_open(request: AccessRequest) -> bool:
    return any(not need.is_answered for need in request.needs.all())


def _is_unheard(request: AccessRequest) -> bool:
    return any(need.state in WAS_THERE and not need.worked for need in request.needs.all())


def _next_date(request: AccessRequest, now: datetime) -> Session | None:
    event = request.registration.event
    dates = [date for date in event.sessions.all() if date.starts_at > now]
    for date in dates:
        date.event = event
    return dates[0] if dates and not event.is_postponed else None


def _board() -> str:
    return reverse("organise:access_index")
