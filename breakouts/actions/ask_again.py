"""Asking again whoever wants to be asked: what is wanted, at most once a month, whoever has not been asked for longest
first. Nothing else writes AskMeAgain.

In a day no more people are asked than are wanted. A no costs nothing: nobody has to answer, and nobody sees who was
asked.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from breakouts.actions import wanted
from breakouts.models import AskMeAgain
from events.models import Event
from kit import languages
from kit.links import normalise_email
from kit.meanwhile import NothingChanged
from mail.actions import outbox
from people.models import Hub

A_DAY = timedelta(days=1)
# Looked at in one round; the next round goes on.
LOOKED_AT = 200


def wants(email: str) -> bool:
    """Whether this address is asked again. One query."""
    return AskMeAgain.objects.wanting().filter(email=normalise_email(email)).exists()


@transaction.atomic
def begin(email: str) -> AskMeAgain:
    """Ask this address from now on. When it was asked last stays. Raises NothingChanged."""
    row, is_new = AskMeAgain.objects.select_for_update().get_or_create(email=normalise_email(email))
    if row.is_wanting and not is_new:
        raise NothingChanged
    row.since, row.stopped_at, row.language = timezone.now(), None, languages.current()
    row.save(update_fields=["since", "stopped_at", "language"])
    return row


def stop(email: str) -> None:
    """Ask this address no more. Raises NothingChanged."""
    rows = AskMeAgain.objects.wanting().filter(email=normalise_email(email))
    if not rows.update(stopped_at=timezone.now()):
        raise NothingChanged


def ask_due() -> int:
    """Ask those whose turn it is, as many as are wanted. For the clock."""
    now = timezone.now()
    if not AskMeAgain.objects.to_ask(now).exists():
        return 0
    numbers = {date.event: wanted.number(date.event, now) for date in wanted.dates()}
    return _ask({event: number for event, number in numbers.items() if number}, now) if numbers else 0


@transaction.atomic
def _ask(numbers: dict[Event, int], now: datetime) -> int:
    # Two workers take turns, so that together they ask no more than are wanted.
    list(Hub.objects.select_for_update().filter(pk=1))
    left = sum(numbers.values()) - AskMeAgain.objects.asked_since(now - A_DAY).count()
    asked = 0
    for row in AskMeAgain.objects.to_ask(now)[:LOOKED_AT]:
        if asked >= left:
            break
        if any(wanted.open_to(row.email, numbers)):
            _ask_one(row, now)
            asked += 1
    return asked


def _ask_one(row: AskMeAgain, now: datetime) -> None:
    """Owe one letter: named after the one before it, so that whoever asks at the same moment owes the same."""
    before = int(row.asked_at.timestamp()) if row.asked_at else "first"
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    outbox.queue(
        kind="ask-again",
        key=f"ask-again/{row.pk}/{before}",
        to_email=row.email,
        language=row.language,
        about=row.pk,
    )
