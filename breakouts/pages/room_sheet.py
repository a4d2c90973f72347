"""Who sits where, for the organisers: on the page, on paper, in words to paste, and as the rows of a file for Zoom
(breakouts.pages.zoom). Nothing here says what anybody needs."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Prefetch

from breakouts.actions.rooms import seats_of
from breakouts.models import BreakoutPlan, Helper, Host, Placement, RoomChoice
from breakouts.pages.room_pages import names
from events.models import Event, Registration


@dataclass(frozen=True)
class Seated:
    """Somebody in a room, or without one. `name` is read out: the first of their names, more of them only where two in
    one list would answer. `how` is how they take part, in words."""

    whole_name: str
    email: str
    name: str = ""
    pronouns: str = ""
    how: str = ""
    has_place: bool = True


@dataclass(frozen=True)
class SheetRoom:
    """A room with everyone in it; nobody stands on the sheet twice, except who looks after two rooms."""

    number: int
    title: str
    seats: int | None = None
    hosts: list[Seated] = field(default_factory=list)
    note_takers: list[Seated] = field(default_factory=list)
    people: list[Seated] = field(default_factory=list)

    @property
    def host_words(self) -> str:
        return names([host.name for host in self.hosts])

    @property
    def note_words(self) -> str:
        return names([helper.name for helper in self.note_takers])

    @property
    def everyone(self) -> list[Seated]:
        return [*self.hosts, *self.note_takers, *self.people]


@dataclass(frozen=True)
class RoomSheet:
    """Who sits where, for printing. `on_the_day` decide then, `unanswered` have said nothing."""

    rooms: list[SheetRoom]
    on_the_day: list[Seated]
    unanswered: list[Seated]

    @property
    def choose_yourself(self) -> str:
        """A text to paste into the chat when people are to choose for themselves."""
        return "\n".join(_line(room) for room in self.rooms)


def sheet_of(event: Event, plan: BreakoutPlan) -> RoomSheet:
    """The sheet of an event. Six queries, however many people and rooms."""
    topics = list(_topics(event))
    looking_after = {
        volunteer.registration_id
        for topic in topics
        for volunteer in (*topic.hosts.all(), *topic.note_takers.all())
    }
    seats: dict[int, list[Registration]] = defaultdict(list)
    without: dict[bool, list[Seated]] = {True: [], False: []}
    placed = dict(
        Placement.objects.that_count().filter(topic__event=event).values_list("registration", "topic")
    )
    on_the_day = set(_deciding_later(event))
    for registration in event.registrations.coming().order_by("name", "pk"):
        if registration.pk in looking_after:
            continue
        if registration.pk in placed:
            seats[placed[registration.pk]].append(registration)
        else:
            without[registration.pk in on_the_day].append(_guest(registration))
    listed = [_room(topic, plan, seats[topic.pk]) for topic in topics]
    return RoomSheet(listed, _to_read_out(without[True]), _to_read_out(without[False]))


def _topics(event: Event) -> Any:
    hosting = Host.objects.hosting().select_related("registration")
    noting = Helper.objects.helping().select_related("registration")
    return event.topics.accepted().prefetch_related(
        Prefetch("hosts", hosting), Prefetch("note_takers", noting)
    )


def _deciding_later(event: Event) -> Iterable[int]:
    choices = RoomChoice.objects.that_count().filter(registration__event=event, topic=None)
    return choices.values_list("registration", flat=True)


def _room(topic: Any, plan: BreakoutPlan, seated: list[Registration]) -> SheetRoom:
    return SheetRoom(
        number=topic.number,
        title=topic.title,
        seats=seats_of(topic, plan),
        hosts=_to_read_out([_volunteer(host) for host in topic.hosts.all()]),
        note_takers=_to_read_out([_volunteer(helper) for helper in topic.note_takers.all()]),
        people=_to_read_out([_guest(registration) for registration in seated]),
    )


def _to_read_out(people: list[Seated]) -> list[Seated]:
    times = Counter(_first(person) for person in people)
    return [
        replace(person, name=_first(person) if times[_first(person)] == 1 else person.whole_name)
        for person in people
    ]


def _first(person: Seated) -> str:
    return (person.whole_name.split() or [""])[0]


def _volunteer(volunteer: Host | Helper) -> Seated:
    """Somebody as they want to be called in what they do; how they take part is told with their place."""
    place = volunteer.registration
    return Seated(
        whole_name=volunteer.name,
        email=volunteer.email,
        pronouns=place.pronouns if place else "",
        how=", ".join(place.taking_part_words()) if place else "",
        has_place=place is not None and place.has_place,
    )


def _guest(registration: Registration) -> Seated:
    return Seated(
        whole_name=registration.name,
        email=registration.email,
        pronouns=registration.pronouns,
        how=", ".join(registration.taking_part_words()),
    )


def _line(room: SheetRoom) -> str:
    return f"{room.number}. {room.title}" + (f" ({room.host_words})" if room.hosts else "")
