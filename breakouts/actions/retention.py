"""What is over is forgotten, as docs/privacy.toml promises; see events.actions.retention, which does it for events."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from breakouts.actions import helpers, host_departures, questions, topics
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import (
    AskMeAgain,
    Helper,
    Host,
    Material,
    Placement,
    Proposer,
    Question,
    RoomChoice,
    RoomNote,
    TakeOut,
    Topic,
    TopicStep,
)
from events.actions import handouts
from events.actions.retention import BATCH, each, over
from kit.links import ERASED_HOST, AddressQuerySet
from kit.privacy import period


def forget_what_is_over() -> int:
    """Forget what docs/privacy.toml says is over. Returns how many rows were deleted or overwritten."""
    now = timezone.now()
    jobs = (
        _unconfirmed_proposals,
        _proposers,
        _what_was_said_of_topics,
        _unconfirmed_hosts,
        _hosts,
        _materials,
        _unconfirmed_helpers,
        _helpers,
        _addresses_of_questions,
        _questions,
        _seats,
        _notes,
        _words_of_take_outs,
        _asking_again,
    )
    return sum(job(now) for job in jobs)


def _unconfirmed_proposals(now: datetime) -> int:
    """Forget proposals that nobody confirmed: somebody may have typed a stranger's address."""
    since = now - period("unconfirmed")
    return _of_proposers(
        Proposer.objects.filter(topic__state=Topic.State.NEW, created_at__lte=since), topics.not_me
    )


def _proposers(now: datetime) -> int:
    """Forget who proposed what. The words of rooms stay with the event; proposals that became none go."""
    since = now - period("breakouts")
    return _of_proposers(Proposer.objects.filter(topic__event__in=over(since)), topics.forget)


def _what_was_said_of_topics(now: datetime) -> int:
    """Forget the history of topics, also of those that an organiser added, and of those whose proposer was forgotten
    before."""
    own = {"topic": OuterRef("pk")}
    rows = Topic.objects.filter(
        ~Exists(Proposer.objects.filter(**own)), Exists(TopicStep.objects.filter(**own))
    )
    found = list(rows.filter(event__in=over(now - period("breakouts"))).select_related("event")[:BATCH])
    for topic in found:
        topics.forget_what_was_said(topic)
    return len(found)


def _of_proposers(rows: AddressQuerySet[Any], forget: Callable[[Proposer], None]) -> int:
    """Do something to each proposer, under the lock of their event."""
    # Without a lock: `forget` takes the event's before the row's,
    # as everywhere in this app, so nobody waits crosswise.
    found = list(rows.select_related("topic__event").order_by("pk")[:BATCH])
    for proposer in found:
        with suppress(NoLongerPossible):  # confirmed, or gone, a moment ago
            forget(proposer)
    return len(found)


def _unconfirmed_hosts(now: datetime) -> int:
    """Forget offers to host that nobody confirmed: somebody may have typed a stranger's address. Whoever was asked
    has a time to answer; a co-host who was named with a proposal is asked when it is accepted, and a host who was named
    in a draft when it is published."""
    rows = Host.objects.with_unconfirmed_address().filter(created_at__lte=now - period("unconfirmed"))
    waiting = Q(state__in=(Host.State.ASKED, Host.State.NAMED)) | Q(topic__state__in=Topic.UNDER_REVIEW)
    return _of_hosts(rows.exclude(waiting), host_departures.not_me)


def _hosts(now: datetime) -> int:
    """Forget who hosted what."""
    return _of_hosts(
        Host.objects.filter(topic__event__in=over(now - period("breakouts"))), host_departures.forget
    )


def _of_hosts(rows: AddressQuerySet[Any], forget: Callable[[Host], None]) -> int:
    found = list(rows.select_related("topic__event").order_by("pk")[:BATCH])
    for host in found:
        with suppress(NoLongerPossible):
            forget(host)
    return len(found)


def _materials(now: datetime) -> int:
    return each(Material.objects.filter(topic__event__in=over(now - period("breakouts"))), handouts.forget)


def _unconfirmed_helpers(now: datetime) -> int:
    """Forget offers to help that nobody confirmed: somebody may have typed a stranger's address."""
    since = now - period("unconfirmed")
    rows = Helper.objects.with_unconfirmed_address().filter(created_at__lte=since)
    return _of_helpers(rows, helpers.not_me)


def _helpers(now: datetime) -> int:
    """Forget who helped with what."""
    return _of_helpers(Helper.objects.filter(role__event__in=over(now - period("breakouts"))), helpers.erase)


def _of_helpers(rows: AddressQuerySet[Any], forget: Callable[[Helper], None]) -> int:
    found = list(rows.select_related("role__event").order_by("pk")[:BATCH])
    for helper in found:
        with suppress(NoLongerPossible):
            forget(helper)
    return len(found)


def _addresses_of_questions(now: datetime) -> int:
    answered = Question.objects.answered().filter(answered_at__lte=now - period("question"))
    return each(answered.exclude(email=""), questions.forget_address)


def _questions(now: datetime) -> int:
    """Delete questions that stand on no page, and that nobody needs any more."""
    since = now - period("question")
    declined = Q(state=Question.State.DECLINED, answered_at__lte=since)
    left_open = Q(state=Question.State.ASKED, event__in=over(since))
    return each(Question.objects.filter(declined | left_open), lambda question: question.delete())


def _seats(now: datetime) -> int:
    """Delete seats of registrations that no longer tell whose they were, however that came about."""
    blank = Q(registration__email__endswith=f"@{ERASED_HOST}")
    seats = each(Placement.objects.filter(blank), lambda seat: seat.delete())
    return seats + each(RoomChoice.objects.filter(blank), lambda wish: wish.delete())


def _notes(now: datetime) -> int:
    """Delete notes. The recap stays as it was published."""
    since = now - period("notes")
    return each(RoomNote.objects.filter(topic__event__in=over(since)), lambda note: note.delete())


def _words_of_take_outs(now: datetime) -> int:
    """Forget what was asked to be taken out and never said to be done: by now the notes are gone too."""
    waiting = TakeOut.objects.filter(event__in=over(now - period("notes")), done_at=None)
    return each(waiting.exclude(words=""), _forget_words)


def _forget_words(take_out: TakeOut) -> None:
    take_out.words = ""
    take_out.save(update_fields=["words"])


def _asking_again(now: datetime) -> int:
    """Forget who wanted to be asked again: a year after they said so, and soon after they have stopped it."""
    ended = Q(since__lte=now - period("ask_again")) | Q(stopped_at__lte=now - period("asked_no_more"))
    return each(AskMeAgain.objects.filter(ended), lambda row: row.delete())
