"""Which events still want somebody, and how many. Read from what breakouts.actions.rooms keeps with the plans."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from breakouts.models import Helper, Host
from events.models import Event, Session
from events.models.registration import held_by
from events.models.session import SessionQuerySet


def dates() -> SessionQuerySet:
    """The next date of each event on the calendar that takes place and has breakouts, with all that tells what it wants.
    Two queries however many."""
    takes_place = Session.objects.on_the_calendar().filter(event__state=Event.State.PUBLISHED)
    rows = takes_place.filter(event__breakout_plan__isnull=False).next_of_each_event()
    rows = rows.select_related("event__group", "event__breakout_plan").order_by("starts_at", "pk")
    return rows.prefetch_related("event__sessions")


def number(event: Event, now: datetime) -> int:
    """How many people an event of `dates` still wants: hosts of rooms that nobody has in hand, and free slots."""
    if event.has_begun(now):
        return 0
    shown = event.breakout_plan.on_the_page
    rooms = sum(topic["state"] == "open" for topic in shown.get("topics", ()))
    return rooms + sum(max(0, role["wanted"] - role["filled"]) for role in shown.get("roles", ()))


def open_to(email: str, events: Iterable[Event]) -> Iterator[Event]:
    """Those of the events at which this address does nothing yet, has offered nothing, and needs nobody's agreement."""
    hosts = Host.objects.live().filter(email=email).values_list("topic__event", flat=True)
    helps = Helper.objects.live().filter(email=email).values_list("role__event", flat=True)
    own = {*hosts, *helps}
    return (event for event in events if event.pk not in own and not held_by(event, email))
