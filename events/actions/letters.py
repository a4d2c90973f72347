"""What organisers write to people of their event. Nothing else writes Letter and LetterCopy.

A letter is held for ten minutes after it was sent, and can be taken back until then. Its mails are owed at once, in one
transaction; whether somebody still belongs to those it is for is asked again when theirs leaves.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from events.actions import audiences
from events.actions.audiences import Audience
from events.models import Event, Letter, LetterCopy, Registration
from kit.meanwhile import NothingChanged, unless_changed
from mail.actions import outbox
from mail.models import OutgoingMail
from people.models import Person

HELD_FOR = timedelta(minutes=10)
TEST_AGAIN_AFTER = timedelta(minutes=1)


class NoLongerPossible(NothingChanged):
    """Refused: the letter was sent, taken back or thrown away by now."""


class Nobody(Exception):
    """Refused: there is nobody among those it is for."""


def begin(
    event: Event,
    *,
    key: UUID,
    corrects: Letter | None = None,
    audience: Iterable[str] = (),
    quotas: Iterable[int] = (),
) -> Letter:
    """A new letter, not saved. It can reach nobody but people of `quotas`, if there are any, and whoever got what it
    corrects."""
    reach = corrects.quotas if corrects else sorted(quotas)
    return Letter(event=event, key=key, corrects=corrects, audience=list(audience), quotas=reach)


@transaction.atomic
def save(
    letter: Letter, *, subject: str, words: str, audience: Iterable[str], opened: str, by: Person
) -> Letter:
    """Keep a draft. `opened` is the edition that the page showed. Raises ChangedMeanwhile, NoLongerPossible."""
    letter.event.locked()
    kept = Letter.objects.select_for_update().filter(key=letter.key).first()
    if kept:
        _refuse_unless(kept.is_draft and kept.quotas == letter.quotas)
        unless_changed(opened, kept.edition, now=kept)
    elif letter.pk:
        raise NoLongerPossible  # thrown away
    letter.subject, letter.words, letter.audience = subject, words, sorted(audience)
    letter.by, letter.changed_at = by, timezone.now()
    letter.save()
    return letter


def is_for(letter: Letter) -> frozenset[int]:
    """The keys of the registrations it goes to, as things stand."""
    if letter.corrects is None:
        return _people(letter.event, letter)
    got = letter.corrects.copies.that_left()
    still = audiences.written_to(letter.event).filter(pk__in=got.values("registration"))
    return frozenset(still.values_list("pk", flat=True))


def is_still_for(letter: Letter, registration: Registration) -> bool:
    """The same question about one, at the moment in which theirs leaves."""
    if letter.corrects_id is not None:
        return audiences.written_to(registration.event, registration.pk).exists()
    return registration.pk in _people(registration.event, letter, registration.pk)


@transaction.atomic
def send(letter: Letter, *, by: Person) -> tuple[int, datetime]:
    """Owe it to everyone it is for, to leave in ten minutes. Returns how many they are, and when it leaves. Raises
    NoLongerPossible (sent before), Nobody."""
    event, letter = _locked(letter)
    _refuse_unless(letter.is_draft)
    letter.event = event
    rows = list(event.registrations.filter(pk__in=is_for(letter)).select_related("person").order_by("pk"))
    if not rows:
        raise Nobody
    now = timezone.now()
    letter.by, letter.changed_at, letter.leaves_at = by, now, now + HELD_FOR
    letter.save(update_fields=["by", "changed_at", "leaves_at"])
    mails = outbox.queue_each(
        rows,
        kind="letter",
        key=f"letter/{letter.pk}",
        group=event.group,
        context={"letter": letter.pk},
        not_before=now + HELD_FOR,
    )
    LetterCopy.objects.bulk_create(
        LetterCopy(letter=letter, registration=row, mail=mail) for row, mail in zip(rows, mails, strict=True)
    )
    return len(rows), now + HELD_FOR


@transaction.atomic
def take_back(letter: Letter) -> Letter:
    """Let none of it leave: it is a draft again. Raises NoLongerPossible once one may have left."""
    _event, letter = _locked(letter)
    _refuse_unless(letter.is_held(timezone.now()))
    # A worker that has one of them in hand has put it off already: such a mail stays, and all is as before.
    theirs = OutgoingMail.objects.filter(letter_copy__letter=letter)
    theirs.waiting().filter(next_attempt_at=F("letter_copy__letter__leaves_at"), attempts=0).delete()
    _refuse_unless(not theirs.exists())
    letter.copies.all().delete()
    letter.leaves_at, letter.changed_at = None, timezone.now()
    letter.save(update_fields=["leaves_at", "changed_at"])
    return letter


@transaction.atomic
def let_go(letter: Letter) -> None:
    """Let it leave now. Raises NoLongerPossible when it has, or was taken back."""
    _event, letter = _locked(letter)
    now = timezone.now()
    _refuse_unless(letter.is_held(now))
    letter.leaves_at = now
    letter.save(update_fields=["leaves_at"])
    OutgoingMail.objects.waiting().filter(letter_copy__letter=letter).update(next_attempt_at=now)


@transaction.atomic
def throw_away(letter: Letter) -> None:
    """Raises NoLongerPossible for what was sent."""
    _event, letter = _locked(letter)
    _refuse_unless(letter.is_draft)
    letter.delete()


def test(letter: Letter, *, by: Person) -> None:
    """Owe it to whoever writes it, alone. The same words twice within a minute are one mail."""
    outbox.queue(
        kind="letter-test",
        key=f"letter-test/{letter.pk}/{by.pk}/{letter.edition}",
        to_email=by.email,
        person=by,
        group=letter.event.group,
        about=letter.pk,
        once_within=TEST_AGAIN_AFTER,
    )


def received(registration: Registration, now: datetime) -> list[Letter]:
    """What organisers wrote to somebody, newest first. One query."""
    copies = registration.letters.that_left().filter(letter__leaves_at__lte=now).select_related("letter")
    return [copy.letter for copy in copies.order_by("-letter__leaves_at", "-letter__pk")]


def forget_what_never_left() -> int:
    """Forget copies that made no sense any more when their turn came: nobody got them. Returns how many."""
    dropped = LetterCopy.objects.filter(mail__state=OutgoingMail.State.DROPPED)
    return dropped.delete()[0]


def groups(
    event: Event, codes: Iterable[str], quotas: Collection[int], registration: int | None = None
) -> list[Audience]:
    """Whom a letter can be for: those of these codes that are a choice of the list of people, and all others."""
    chosen = audiences.listed(event, codes, registration, quotas)
    return [*chosen, *audiences.of_event(event, registration, quotas)]


def _people(event: Event, letter: Letter, registration: int | None = None) -> frozenset[int]:
    codes = letter.audience
    return audiences.people(groups(event, codes, letter.quotas, registration), codes)


def _locked(letter: Letter) -> tuple[Event, Letter]:
    event = letter.event.locked()
    fresh = Letter.objects.select_for_update().filter(pk=letter.pk).first()
    if fresh is None:
        raise NoLongerPossible
    fresh.event = event
    return event, fresh


def _refuse_unless(is_possible: bool) -> None:
    if not is_possible:
        raise NoLongerPossible
