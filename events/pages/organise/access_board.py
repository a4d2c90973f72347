"""What an access lead has before them: needs in three lanes, by how far they are, and a page of each lane at a time.

A need is shown only when the request it belongs to is open for this reader (AccessRequest.is_open_for), that is, when
the reading is noted already. What is not open is a card that says for whom and how many.
"""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from events.actions.retention import counts_as_over_at
from events.models import AccessMessage, AccessNeed, AccessRequest, Event
from events.pages.lead_times import ask_by, offered_lead_times, tell_by
from events.pages.organise.access_rows import Row, is_asked, rows_of
from kit.privacy import period
from kit.text import whole_number
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
# Requests on a page of a lane: as many as somebody reads in the ten minutes for which a reading stands.
ON_A_PAGE = 20
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
    """`number` of needs are in it; `cards` are those of its `page`, which is one of the keys of requests."""

    name: str
    title: str
    number: int
    page: Page
    cards: list[Card]


@dataclass(frozen=True)
class Board:
    """`withdrawn` and `gone` are the names of people for whom there is nothing to answer; something may have been booked
    for them that can be called off."""

    lanes: list[Lane]
    # Of those that are shown.
    covered: list[AccessRequest]
    # Of people who take the place that is offered to them only if what they need works.
    asking: list[Card]
    withdrawn: list[str]
    gone: list[str]

    @property
    def query(self) -> str:
        """What an address has behind it that leads to the same pages; "" for the first of each lane."""
        return query({lane.name: lane.page.number for lane in self.lanes})


def pages_in(asked: Mapping[str, str]) -> dict[str, int]:
    """The page of each lane that an address names: "?todo=2&done=3"."""
    return {name: whole_number(asked.get(name, "")) for name, _title, _states in LANES}


def query(pages: Mapping[str, int], **more: object) -> str:
    words = {name: number for name, number in pages.items() if number > 1} | more
    return f"?{urlencode(words)}" if words else ""


def first_name(request: AccessRequest) -> str:
    name = request.registration.name.split()
    return name[0] if name else ""


def board(event: Event, reader: Person, now: datetime, pages: Mapping[str, int]) -> Board:
    rows = rows_of([event])
    asked = [row for row in rows if is_asked(row, event)]
    turned = {name: _page(asked, states, pages.get(name) or 1) for name, _title, states in LANES}
    shown = {key for page in turned.values() for key in page}
    # Whoever was erased between the two queries is in none of them.
    requests = _requests(event, shown | {row.request for row in asked if row.asks_about_access})
    shown &= requests.keys()
    opened = {key for key, request in requests.items() if request.is_open_for(reader, now)}
    lead_times = offered_lead_times()

    def lane(name: str, title: str, states: Collection[str | None]) -> Lane:
        here = [requests[key] for key in turned[name] if key in requests]
        number = sum(row.state in states for row in asked)
        return Lane(name, title, number, turned[name], list(_cards(event, here, opened, states, lead_times)))

    return Board(
        lanes=[lane(name, str(title), states) for name, title, states in LANES],
        covered=[requests[key] for key in sorted(shown - opened)],
        asking=[Card(request) for request in requests.values() if waits_for_answer(request, now)],
        withdrawn=_names(row for row in rows if row.is_withdrawn and row.is_live),
        gone=_names(row for row in rows if not row.is_withdrawn and not is_asked(row, event)),
    )


def _page(asked: Iterable[Row], states: Collection[str | None], number: int) -> Page:
    """The requests with a need in a lane: as they came where nobody has begun, and what moved last first elsewhere, so
    that what was pressed is seen where it went."""
    moved = dict[int, datetime]()
    for row in asked:
        if row.changed_at and row.state in states:
            moved[row.request] = max(moved.get(row.request, row.changed_at), row.changed_at)
    keys = list(moved)
    if AccessNeed.State.RECEIVED not in states:
        keys.sort(key=lambda key: moved[key], reverse=True)
    return Paginator(keys, ON_A_PAGE).get_page(number)


def _requests(event: Event, keys: Iterable[int]) -> dict[int, AccessRequest]:
    """With all that cards look at. No text is opened by this."""
    without_texts = AccessMessage.objects.only("request_id", "at", "is_from_lead")
    rows = (
        AccessRequest.objects.filter(pk__in=keys).select_related("registration").order_by("created_at", "pk")
    )
    found = {
        row.pk: row for row in rows.prefetch_related("needs", "readings", Prefetch("messages", without_texts))
    }
    for row in found.values():
        row.registration.event = event
    return found


def _names(rows: Iterable[Row]) -> list[str]:
    return list({row.request: row.name for row in rows}.values())


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


def _cards(
    event: Event,
    requests: Iterable[AccessRequest],
    opened: Container[int],
    states: Collection[str | None],
    lead_times: Mapping[str, int],
) -> Iterable[Card]:
    for request in requests:
        needs = [need for need in request.needs.all() if need.state in states]
        if request.pk in opened:
            for need in needs:
                yield Card(request, [need], is_open=True, deadline=deadline(event, need, lead_times))
        elif needs:
            yield Card(request, needs)
