"""What people asked for, as it is counted: how far each need is, without its text. For many events at once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max, QuerySet

from events.models import AccessMessage, AccessReading, AccessRequest, Event, Registration
from events.models.access import is_their_word
from kit.links import address_confirmed

State = Registration.State
COLUMNS = (
    *("pk", "registration__event", "withdrawn_at"),
    *("registration__name", "registration__state", "registration__access_word"),
    *("needs__state", "needs__worked", "needs__changed_at"),
)


class Row(NamedTuple):
    """A need and the request it is of; a request without any has one too, without a state."""

    request: int
    event: int
    withdrawn_at: datetime | None
    name: str
    registration_state: str
    access_word: str
    state: str | None
    worked: str | None
    changed_at: datetime | None

    @property
    def is_live(self) -> bool:
        return self.registration_state != State.CANCELLED

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def asks_about_access(self) -> bool:
        """Whether they may take the place that is offered to them only if what they need works."""
        is_asked = self.access_word == Registration.AccessWord.ASKED
        return is_asked and self.registration_state == State.OFFERED


def rows_of(events: Iterable[Event]) -> list[Row]:
    """The requests of events, oldest first. One query."""
    found = AccessRequest.objects.filter(address_confirmed("registration"), registration__event__in=events)
    return list(map(Row._make, found.order_by("created_at", "pk", "needs__pk").values_list(*COLUMNS)))


def is_asked(row: Row, event: Event) -> bool:
    """Whether somebody who is coming relies on an answer."""
    return row.is_live and not event.is_cancelled and not row.is_withdrawn


def unread(rows: Collection[Row]) -> set[int]:
    """The requests among them in which the person wrote something that nobody has opened. Three queries."""
    asked = {row.request for row in rows}
    last_word = dict(AccessRequest.objects.filter(pk__in=asked).values_list("pk", "created_at"))
    for row in rows:
        if row.changed_at and is_their_word(row.state or "", row.worked or ""):
            last_word[row.request] = max(last_word[row.request], row.changed_at)
    said = _latest(AccessMessage.objects.filter(request__in=asked, is_from_lead=False))
    read = _latest(AccessReading.objects.filter(request__in=asked))
    return {
        key
        for key, asked_at in last_word.items()
        if key not in read or read[key] < max(asked_at, said.get(key, asked_at))
    }


def _latest(rows: QuerySet[Any]) -> dict[int, datetime]:
    return dict(rows.order_by().values_list("request").annotate(Max("at")))
