"""Who hears that a room does not take place: whoever sits there, hosts it or would, takes notes there or proposed it. One
mail an address, whatever they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from breakouts.actions.hearers import HOST_STATES
from breakouts.models import Placement, Proposer, Topic
from events.models import Event
from mail.actions.outbox import queue


@dataclass
class Hearer:
    """Somebody with an address, and what they are to a room: the keys of their rows, by what these are."""

    row: Any
    parts: dict[str, int] = field(default_factory=dict)


def hearers(topic: Topic) -> Mapping[str, Hearer]:
    """Who has to hear of it, by address. Asked before the room is closed: afterwards nobody sits there."""
    seats = Placement.objects.that_count().filter(topic=topic).select_related("registration__person")
    proposers = Proposer.objects.with_confirmed_address().filter(
        topic__in=[topic, *topic.merged.filter(state=Topic.State.MERGED)]
    )
    rows = [
        *(("registration", placement.registration) for placement in seats),
        *(("host", host) for host in topic.hosts.filter(state__in=HOST_STATES).select_related("person")),
        *(("helper", helper) for helper in topic.note_takers.helping().select_related("person")),
        *(("proposer", proposer) for proposer in proposers.select_related("person")),
    ]
    found: dict[str, Hearer] = {}
    for what, row in rows:
        found.setdefault(row.email, Hearer(row)).parts[what] = row.pk
    return found


def tell(event: Event, topic: Topic, heard: Mapping[str, Hearer]) -> None:
    for email, hearer in heard.items():
        row = hearer.row
        queue(
            kind="room-folded",
            key=f"room-folded/{topic.pk}/{row._meta.model_name}/{row.pk}",
            to_email=email,
            language=row.language,
            person=row.person,
            group=event.group,
            about=topic.pk,
            context=hearer.parts,
        )
