"""One look at an event: its people, their parts, and the mails since the look before. What a mail is owed for, and the
machine that lets things happen to it."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis.stateful import RuleBasedStateMachine, precondition

from breakouts.models import Helper, Host
from events.actions import events, quotas
from events.models import Event, Registration
from kit.meanwhile import NothingChanged, NotOpen
from mail.models import OutgoingMail

State, Ended = Registration.State, Registration.Ended
PLACE_OR_QUEUE = {"place", "waiting"}
A_PART = {"host-welcome", "helper-welcome"}
REFUSALS = (
    NothingChanged,
    NotOpen,
    events.CapacityTooLow,
    events.NotReady,
    quotas.DoesNotFit,
)
WHY_IT_ENDED = {
    Ended.LEFT: "left",
    Ended.LEFT_LIST: "left",
    Ended.REMOVED: "removed",
    Ended.OFFER_ENDED: "offer-ended",
}


class Look:
    """Read once after each step; what stands here is as it was then."""

    def __init__(self, event: int, before: "Look | None" = None) -> None:
        self.event = Event.objects.get(pk=event)
        self.starts_at, self.ends_at = self.event.starts_at, self.event.ends_at
        self.now = timezone.now()
        self.rows: dict[int, Registration] = {row.pk: row for row in self.event.registrations.order_by("pk")}
        self.parts: list[Any] = [
            *Host.objects.hosting().select_related("topic").order_by("pk"),
            *Helper.objects.helping().select_related("role").order_by("pk"),
        ]
        self.asked = list(Host.objects.filter(state=Host.State.ASKED))
        mails = OutgoingMail.objects.order_by("pk").values_list("pk", "kind", "to_email", "about")
        self.mails = list(mails.filter(pk__gt=before.last_mail if before else 0))
        self.last_mail: int = self.mails[-1][0] if self.mails else before.last_mail if before else 0

    @property
    def is_to_come(self) -> bool:
        return self.event.is_published and self.starts_at is not None and self.now < self.starts_at

    def of(self, *states: str) -> list[Registration]:
        return [row for row in self.rows.values() if row.state in states]

    @property
    def live(self) -> list[Registration]:
        return [row for row in self.rows.values() if row.is_live]

    @property
    def unconfirmed(self) -> list[Registration]:
        return [row for row in self.live if not row.is_email_confirmed]

    @property
    def ordinary(self) -> set[int]:
        """Who holds an ordinary place."""
        return {row.pk for row in self.of(*Registration.HOLDING) if not row.volunteers_place}

    @property
    def held(self) -> set[int]:
        """Whose place is held while nobody has confirmed their address."""
        return {row.pk for row in self.of(State.CONFIRMED) if not row.is_email_confirmed}

    @property
    def beside(self) -> set[int]:
        return {row.pk for row in self.live if row.volunteers_place}

    @property
    def waits(self) -> set[int]:
        """Who can be asked next."""
        return {row.pk for row in self.of(State.WAITING) if row.is_email_confirmed}

    @property
    def taken(self) -> int:
        return len(self.ordinary) + (len(self.beside) if self.event.counts_volunteers else 0)

    def limits(self) -> list[datetime]:
        """Until when people were told that they can confirm or answer."""
        limits = [row.confirm_by for row in self.unconfirmed]
        limits += [row.offer_ends_at for row in self.of(State.OFFERED)]
        return [limit for limit in [*limits, *(host.answer_by for host in self.asked)] if limit]

    def line(self, key: int) -> tuple[datetime, int]:
        return self.rows[key].queued_at, key

    def not_told_of_the_event(self, before: "Look") -> list[str]:
        """Who knows nothing of an event that was called off in this step."""
        if not (before.event.is_published and self.event.is_called_off):
            return []
        told = {*OutgoingMail.objects.of_kind("event-changed").values_list("to_email", flat=True)}
        return [row.email for row in self.live if row.is_email_confirmed and row.email not in told]

    def told_twice(self) -> list[Any]:
        return [mail for mail, number in Counter(mail[1:] for mail in self.mails).items() if number > 1]

    def not_told(self, before: "Look") -> list[tuple[str, set[str]]]:
        """Who was owed a mail for what became of their place, and which it could have been."""
        told, debts = {(kind, to) for _pk, kind, to, _about in self.mails}, []
        for row in self.rows.values():
            kinds = owed(before.rows.get(row.pk), row)
            if kinds and not any((kind, row.email) in told for kind in kinds):
                debts.append((row.email, kinds))
        return debts


def owed(before: Registration | None, after: Registration) -> set[str]:
    """The kinds of mail of which one is owed for what became of a registration; no kind where nothing is."""
    if after.is_held:
        was_held = before is not None and before.is_held
        return set() if was_held else {"held" if after.is_email_confirmed else "confirm"}
    if before is None:
        return A_PART if after.volunteers_place else {"confirm"}
    if not after.is_live:
        is_new = before.is_live and after.is_email_confirmed
        return (
            {WHY_IT_ENDED[after.ended_because]} if is_new and after.ended_because in WHY_IT_ENDED else set()
        )
    if after.is_offered:
        return set() if before.is_offered else {"offer"}
    if after.volunteers_place:
        return set() if before.has_volunteers_place else A_PART
    if before.has_volunteers_place or not before.is_live:
        return PLACE_OR_QUEUE
    return set() if before.is_email_confirmed or not after.is_email_confirmed else PLACE_OR_QUEUE | A_PART


class OneEvent(RuleBasedStateMachine):
    """Base of the machines that let everything happen to one event: what they do is undone, and their clock stands."""

    look: Look

    def __init__(self) -> None:
        super().__init__()
        self.travel = time_machine.travel(timezone.now(), tick=False)
        self.clock = self.travel.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.travel.stop()

    @property
    def event(self) -> Event:
        return self.look.event

    def happen(self, what: Callable[..., object], row: Any, *more: Any, **named: Any) -> None:
        with suppress(*REFUSALS), transaction.atomic():
            what(row, *more, **named)


def when(there_is: Callable[[Look], object]) -> Callable[[Any], Any]:
    """A step that is taken only when there is something to do it with."""
    return precondition(lambda machine: bool(there_is(machine.look)))


def one_of(found: list[Any], which: int) -> Any:
    return found[which % len(found)]


def address(who: int) -> str:
    return f"p{who}@example.org"
