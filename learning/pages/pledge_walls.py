"""Pledges that people share, as a quilt and as a list: with their programme, with everybody, with the organisers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.text import Truncator

from events.models import Event, Registration
from learning.actions.pledges import Where
from learning.models import Pledge, PledgeShare
from learning.models.pledge import PledgeQuerySet
from people.models import Group

# As much as stands on a block; the list has all of it.
LETTERS_ON_A_BLOCK = 140
# What was to be shown until a day goes as soon as that is over.
_FOR_EVERYBODY = PledgeShare.objects.filter(where=Where.EVERYBODY)
# Whether anything is shared in the hub at all, for the query of a page that may have to lead there. Whose it is and
# whether they still have a place is a question of its own: a page that is kept is asked anew what reads registrations
# whenever somebody comes or goes, and its large query is not to be among that.
IS_ANY_SHARED = Exists(_FOR_EVERYBODY)


@dataclass(frozen=True)
class Block:
    """One pledge as it is shown: its place in the list is `anchor`."""

    pledge: Pledge
    words: str
    name: str
    kind: str
    picture_url: str = ""
    alt: str = ""

    @property
    def anchor(self) -> str:
        return f"p-{self.pledge.code}"

    @property
    def beginning(self) -> str:
        return Truncator(self.words).chars(LETTERS_ON_A_BLOCK)


def in_programme(registration: Registration) -> PledgeQuerySet:
    """What others of this programme, and oneself, show to it, or to everybody."""
    rows = Pledge.objects.shown(Where.PROGRAMME) | Pledge.objects.shown(Where.EVERYBODY)
    return rows.filter(registration__event=registration.event_id).distinct()


def of_event(event: Event) -> PledgeQuerySet:
    return Pledge.objects.shown(Where.EVERYBODY).filter(registration__event=event)


def of_group(group: Group) -> PledgeQuerySet:
    """Of events that stand on its calendar: an unlisted one is for whoever has its link."""
    events = Event.objects.on_the_calendar().filter(group=group)
    return Pledge.objects.shown(Where.EVERYBODY).filter(registration__event__in=events.values("pk"))


def public() -> PledgeQuerySet:
    return Pledge.objects.shown(Where.EVERYBODY).filter(registration__event__in=Event.objects.public())


def for_news(event: Event) -> PledgeQuerySet:
    return Pledge.objects.shown(Where.NEWS).filter(registration__event=event)


def blocks(pledges: PledgeQuerySet, picture: str, *args: Any) -> list[Block]:
    """In the order in which they were made; what cannot be read is left out. `picture`: the name of the address of
    theirs, and what stands in it before the code. One query."""
    rows = pledges.without_picture().select_related("registration__event", "registration__quota")
    found = (_block(pledge, picture, args) for pledge in rows.order_by("made_on", "code"))
    return [block for block in found if block.words]


def _block(pledge: Pledge, picture: str, args: Iterable[Any]) -> Block:
    event = pledge.registration.event
    return Block(
        pledge=pledge,
        words=event.for_everyone(pledge.sentence),
        name=event.for_everyone(pledge.name_shown()),
        kind=event.kind,
        picture_url=reverse(picture, args=[*args, pledge.code]) if pledge.has_picture else "",
        alt=event.for_everyone(pledge.readable_alt),
    )


def event_has_some(event: Event) -> bool:
    """Whether the page of an event leads to any. One query, for pages where IS_ANY_SHARED."""
    there = _FOR_EVERYBODY.filter(pledge__registration__state=Registration.State.CONFIRMED)
    return there.filter(pledge__registration__event=event).exists()


def group_has_some(group: Group) -> bool:
    """The same for the page of a group. By the pledges that are shared, which are few: with joins a database would go
    through all events of the group."""
    there = Registration.objects.filter(
        pk=OuterRef("pledge__registration"),
        state=Registration.State.CONFIRMED,
        event__group=group,
        event__in=Event.objects.on_the_calendar(),
    )
    return _FOR_EVERYBODY.filter(Exists(there)).exists()


def has_any(event: Event) -> bool:
    """Whether anybody of an event shares one with everybody. One query."""
    return of_event(event).exists()
