"""How many: what organisers see of an event at a glance."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from events.models import AccessNeed, AccessRequest, Event, Registration
from kit.links import address_confirmed

State = Registration.State
# Fewer people than this, and a number about access would point at somebody.
ENOUGH_TO_HIDE_AMONG = 5


@dataclass(frozen=True)
class Numbers:
    """How many people there are. `coming` have a place and a confirmed address, `volunteers` of them because they host or
    help; `held` is for those who still have to confirm or to answer; `asked` wait for somebody to agree."""

    coming: int = 0
    volunteers: int = 0
    held: int = 0
    waiting: int = 0
    asked: int = 0
    ended: int = 0

    @property
    def live(self) -> int:
        return self.coming + self.held + self.waiting + self.asked


@dataclass(frozen=True)
class AccessNumbers:
    """How many requests for access there are, of how many people; `is_told` only where enough people are registered."""

    requests: int = 0
    still_open: int = 0
    is_told: bool = False


def numbers_of(event: Event) -> Numbers:
    """The numbers of one event. One query."""
    confirmed = address_confirmed()
    counted = event.registrations.aggregate(
        coming=Count("pk", filter=Q(state=State.CONFIRMED) & confirmed),
        volunteers=Count("pk", filter=Q(state=State.CONFIRMED, volunteers_place=True)),
        held=Count("pk", filter=Q(state=State.OFFERED) | (Q(state=State.CONFIRMED) & ~confirmed)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        asked=Count("pk", filter=Q(state=State.HELD)),
        ended=Count("pk", filter=Q(state=State.CANCELLED)),
    )
    return Numbers(**counted)


def access_numbers_of(event: Event, *, live: int) -> AccessNumbers:
    """The requests for access of one event: counts and nothing else, whoever asks. One query."""
    return access_numbers({event.pk: live}).get(event.pk, AccessNumbers(is_told=live >= ENOUGH_TO_HIDE_AMONG))


def access_numbers(live_by_event: dict[int, int]) -> dict[int, AccessNumbers]:
    """The requests for access of those events that have any. One query for all."""
    told = [pk for pk, live in live_by_event.items() if live >= ENOUGH_TO_HIDE_AMONG]
    unanswered = Q(needs__state__in=set(AccessNeed.State) - set(AccessNeed.ANSWERED))
    rows = (
        AccessRequest.objects.open()
        .filter(registration__event__in=told)
        .values(event=F("registration__event"))
        .annotate(
            requests=Count("pk", distinct=True), still_open=Count("pk", distinct=True, filter=unanswered)
        )
    )
    return {row["event"]: AccessNumbers(row["requests"], row["still_open"], is_told=True) for row in rows}
