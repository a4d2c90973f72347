"""What an access lead has before them: needs in three lanes, by how far they are.

A need is shown only when the request it belongs to is open for this reader (AccessRequest.is_open_for), that is, when
the reading is noted already. What is not open is a card that says for whom and how many.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from events.actions.retention import counts_as_over_at
from events.models import AccessMessage, AccessNeed, AccessRequest, Event
from events.pages.lead_times import ask_by, offered_lead_times, tell_by
from kit.links import address_confirmed
from kit.privacy import period
from kit.times import local
from people.models import Person

State = AccessNeed.State

# The states as access leads say them; the model's own words are for the person who asked.
STATE_WORDS = {
    State.RECEIVED: _("New"),
    State.TO_WRITE: _("Please write to them first"),
    State.TALKING: _("We are talking about it"),
    State.ARRANGING: _("Being arranged"),
    State.ARRANGED: _("Arranged"),
    State.SOMETHING_ELSE: _("Something else is offered"),
    State.CANNOT: _("Cannot be arranged"),
    State.CONFIRMED: _("They say that it works"),
}
OVER_WORDS = {
    AccessNeed.Worked.YES: _("Over: it worked"),
    AccessNeed.Worked.PARTLY: _("Over: it worked in part"),
    AccessNeed.Worked.NO: _("Over: it did not work"),
}
LANES = (
    ("todo", _("To arrange"), (State.RECEIVED, State.TO_WRITE)),
    ("hand", _("Being arranged"), (State.TALKING, State.ARRANGING)),
    ("done", _("Answered"), AccessNeed.ANSWERED),
)
# The one press on the board; everything else is on the request's own page.
NEXT_STEP = {
    State.RECEIVED: (State.ARRANGING, _("We are arranging it")),
    State.TALKING: (State.ARRANGING, _("We are arranging it")),
    State.ARRANGING: (State.ARRANGED, _("It is arranged")),
}


@dataclass(frozen=True)
class Deadline:
    """When something is due for a need: asked for elsewhere, and, when it came late, answered as the person was
    promised."""

    ask_by: date
    is_late: bool
    promised_by: datetime | None


@dataclass(frozen=True)
class Card:
    """One need that is open for the reader, or all needs of one covered request in a lane."""

    request: AccessRequest
    needs: list[AccessNeed] = field(default_factory=list)
    is_open: bool = False
    deadline: Deadline | None = None

    @property
    def need(self) -> AccessNeed:
        return self.needs[0]

    @property
    def who(self) -> str:
        return first_name(self.request)

    @property
    def is_new(self) -> bool:
        """Whether nobody has opened what the person wrote last."""
        return not self.request.is_read_since_last_word()

    @property
    def state_words(self) -> str:
        if self.need.worked:
            return str(OVER_WORDS[AccessNeed.Worked(self.need.worked)])
        return str(STATE_WORDS[State(self.need.state)])

    @property
    def next_step(self) -> tuple[str, str] | None:
        step = NEXT_STEP.get(State(self.need.state))
        return (step[0], str(step[1])) if step else None


@dataclass(frozen=True)
class Lane:
    name: str
    title: str
    cards: list[Card]

    @property
    def number(self) -> int:
        return sum(len(card.needs) for card in self.cards)


@dataclass(frozen=True)
class EventLine:
    """An event on the list of all that a reader looks after. `new` requests were opened by nobody yet."""

    event: Event
    numbers: Mapping[str, int]
    new: int
    days_left: int | None


@dataclass(frozen=True)
class Board:
    """`withdrawn` and `gone` hold nothing to answer; something may have been booked for them that can be called off."""

    lanes: list[Lane]
    covered: list[AccessRequest]
    # Of people who take the place that is offered to them only if what they need works.
    asking: list[Card]
    withdrawn: list[AccessRequest]
    gone: list[AccessRequest]


def first_name(request: AccessRequest) -> str:
    name = request.registration.name.split()
    return name[0] if name else ""


def requests_of(events: Iterable[Event]) -> list[AccessRequest]:
    """The requests of an event, oldest first, with all that lanes and cards look at. No text is opened by this."""
    by_key = {event.pk: event for event in events}
    found = AccessRequest.objects.filter(address_confirmed("registration"), registration__event__in=by_key)
    without_texts = AccessMessage.objects.only("request_id", "at", "is_from_lead")
    rows = list(
        found.select_related("registration")
        .prefetch_related("needs", "readings", Prefetch("messages", without_texts))
        .order_by("created_at", "pk")
    )
    for row in rows:
        row.registration.event = by_key[row.registration.event_id]
    return rows


def board(event: Event, reader: Person, now: datetime) -> Board:
    requests = requests_of([event])
    asked = [request for request in requests if is_asked(request)]
    opened = [request for request in asked if request.is_open_for(reader, now)]
    lead_times = offered_lead_times()
    return Board(
        lanes=[
            Lane(name, str(title), list(_cards(event, asked, opened, states, lead_times)))
            for name, title, states in LANES
        ],
        covered=[request for request in asked if request not in opened],
        asking=[Card(request) for request in asked if waits_for_answer(request, now)],
        withdrawn=[r for r in requests if r.is_withdrawn and r.registration.is_live],
        gone=[r for r in requests if not is_asked(r) and not r.is_withdrawn],
    )


def overview(reader: Person, now: datetime) -> list[EventLine]:
    """The events of which somebody's needs are held, the next one first, those that are over last."""
    asking = AccessRequest.objects.open().values("registration__event")
    events = Event.objects.cared_for_by(reader).filter(pk__in=asking)
    events = events.select_related("group").prefetch_related("sessions").order_by("pk")
    asked: dict[int, list[AccessRequest]] = {event.pk: [] for event in events}
    for request in requests_of(events):
        asked[request.registration.event_id].append(request)
    lines = [_line(event, asked[event.pk], now) for event in events]
    return sorted(lines, key=lambda line: (line.days_left is None, line.days_left or 0))


def is_asked(request: AccessRequest) -> bool:
    """Whether somebody who is coming relies on an answer."""
    registration = request.registration
    return registration.is_live and not registration.event.is_cancelled and not request.is_withdrawn


def waits_for_answer(request: AccessRequest, now: datetime) -> bool:
    registration = request.registration
    is_on = registration.event.is_published and registration.has_offer(now)
    return is_on and registration.access_word == registration.AccessWord.ASKED


def deadline(event: Event, need: AccessNeed, lead_times: Mapping[str, int]) -> Deadline | None:
    """When a need is due; None when it is answered, cannot be read, or nobody has said how early it must be asked
    for."""
    if need.is_answered or not need.is_readable:
        return None
    by = ask_by(event, need.code, lead_times)
    if by is None:
        return None
    is_late = local(need.changed_at, event.time_zone).date() > by
    return Deadline(by, is_late, tell_by(event, need.changed_at) if is_late else None)


def days_left(event: Event, now: datetime) -> int | None:
    """Days until the date that comes next; None when it has begun or nothing comes."""
    coming = [session.starts_at for session in event.sessions.all() if session.starts_at > now]
    if not coming:
        return None
    zone = event.time_zone
    return (local(min(coming), zone).date() - local(now, zone).date()).days


def kept_until(event: Event) -> date | None:
    """The day on which the texts of those who stay registered are deleted."""
    over_at = counts_as_over_at(event)
    return local(over_at + period("access"), event.time_zone).date() if over_at else None


def numbers(requests: Iterable[AccessRequest]) -> dict[str, int]:
    """How many needs stand in each lane."""
    states = [need.state for request in requests if is_asked(request) for need in request.needs.all()]
    return {name: sum(state in lane for state in states) for name, _title, lane in LANES}


def _line(event: Event, requests: list[AccessRequest], now: datetime) -> EventLine:
    new = sum(is_asked(request) and not request.is_read_since_last_word() for request in requests)
    return EventLine(event, numbers(requests), new, days_left(event, now))


def _cards(
    event: Event,
    asked: Iterable[AccessRequest],
    opened: list[AccessRequest],
    states: Iterable[str],
    lead_times: Mapping[str, int],
) -> Iterable[Card]:
    for request in asked:
        needs = [need for need in request.needs.all() if need.state in states]
        if request in opened:
            for need in needs:
                yield Card(request, [need], is_open=True, deadline=deadline(event, need, lead_times))
        elif needs:
            yield Card(request, needs)
