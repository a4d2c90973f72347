"""What there is to do in a hub on whose calendar nothing has been yet."""

from dataclasses import dataclass

from events.models import Event
from people.models import Group


@dataclass(frozen=True)
class Beginning:
    has_group: bool
    # Requests for a group that wait for an answer; whoever looks after the hub reads how many.
    asked_for: int


def beginning() -> Beginning | None:
    """None once there is, or was, something on the calendar. One query then, three before."""
    if Event.objects.on_the_calendar().exists():
        return None
    return Beginning(Group.objects.approved().exists(), Group.objects.requested().count())
