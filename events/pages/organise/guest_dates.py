"""What is known of people and the dates of an event, in words for a list."""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Attendance, Event, Registration, Session
from kit.times import local, short_day

# The first that is true of a date is said of it.
KNOWN: tuple[tuple[Promise, Callable[[Attendance], bool]], ...] = (
    (_("Was there: %(dates)s"), lambda one: one.was_there),
    (_("Has caught up: %(dates)s"), lambda one: one.catch_up == Attendance.CatchUp.DONE),
    (_("Cannot come: %(dates)s"), lambda one: one.can_come is False),
    (_("Can come: %(dates)s"), lambda one: one.can_come is True),
)


def has_several(event: Event) -> bool:
    return len(event.sessions.all()) > 1


def dates_of(event: Event, registrations: Iterable[Registration]) -> dict[int, str]:
    """By registration: "Was there: Tue 3 Mar. Cannot come: Thu 19 Mar". One query; none for an event with one date."""
    if not has_several(event):
        return {}
    found: dict[int, dict[int, Attendance]] = {}
    for one in Attendance.objects.filter(registration__in=[row.pk for row in registrations]):
        found.setdefault(one.registration_id, {})[one.session_id] = one
    return {pk: _words(event, known) for pk, known in found.items()}


def at_date(known: Attendance | None) -> str:
    """The same of one date, for a column: "Was there"."""
    found = (words for words, is_so in KNOWN if known and is_so(known))
    return (str(next(found, "")) % {"dates": ""}).rstrip(": ")


def column_words(event: Event, session: Session) -> str:
    return f"{local(session.starts_at, event.time_zone):%Y-%m-%d}"


def _words(event: Event, known: dict[int, Attendance]) -> str:
    days: dict[int, list[str]] = {}
    for session in event.sessions.all():
        if session.pk not in known:
            continue
        number = next((n for n, (_w, is_so) in enumerate(KNOWN) if is_so(known[session.pk])), None)
        if number is not None:
            days.setdefault(number, []).append(short_day(session.starts_at, event.time_zone))
    return ". ".join(str(KNOWN[number][0]) % {"dates": ", ".join(days[number])} for number in sorted(days))
