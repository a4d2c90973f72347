"""The rooms of an event that was just made, all at once, with whoever is to host them."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import NamedTuple

from django.db import transaction

from breakouts.actions import helpers, hosts, plans, review
from breakouts.actions.hosts import AlreadyThere
from breakouts.models import BreakoutPlan, HelperRole
from events.models import Event
from people.models import Person


class NewRoom(NamedTuple):
    """A title, and the name and address of each host: the first holds it, the others are co-hosts."""

    title: str
    hosts: list[tuple[str, str]]


@transaction.atomic
def write(
    event: Event,
    rooms: Iterable[NewRoom],
    *,
    like: Event | None,
    takes_topics: bool,
    wanted: Collection[str],
    by: Person,
) -> BreakoutPlan:
    """Make these rooms, set up as those of `like`, in a draft. Twice is once."""
    plan = plans.begin_with(event, like=like)
    for room in rooms:
        topic = event.topics.accepted().filter(title=room.title).first()
        topic = topic or review.add(event, title=room.title, by=by)
        topic.event = event
        for place, (name, email) in enumerate(room.hosts):
            with suppress(AlreadyThere):
                hosts.invite(topic, name=name, email=email, as_co_host=place > 0)
    plan.takes_topics = takes_topics
    plans.save(plan, fields=["takes_topics"])
    helpers.want(event, _numbers(event, wanted))
    return plan


def _numbers(event: Event, wanted: Collection[str]) -> dict[str, int]:
    """How many for each kind of help: as many as before, or one; a note-taker in every room."""
    now = dict(event.helper_roles.values_list("kind", "wanted"))
    numbers = {kind: max(now.get(kind, 0), 1) if kind in wanted else 0 for kind in HelperRole.Kind.values}
    if HelperRole.Kind.NOTES in wanted:
        numbers[HelperRole.Kind.NOTES] = now.get(HelperRole.Kind.NOTES, 0) or event.topics.accepted().count()
    return numbers
