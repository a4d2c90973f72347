"""What organisers do with mails that are owed: hold what is wrong until they let it go,
try again what failed, and tell people by phone who have no address."""

from typing import NamedTuple

from django.db.models import Count
from django.utils import timezone

from kit.joins import joins
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail
from mail.models.outgoing import OutgoingMailQuerySet

State = OutgoingMail.State


class Numbers(NamedTuple):
    """How many mails there are; how many failed, are held by organisers, and can be held."""

    all: int
    failed: int
    stopped: int
    can_be_held: int


def numbers(mails: OutgoingMailQuerySet) -> Numbers:
    """One query: to find the mails of an event takes longer than to count them."""
    rows = mails.order_by().values_list("state", "kind").annotate(number=Count("pk"))
    alike = [(State(state), joins.MAIL_KINDS[kind], number) for state, kind, number in rows]
    return Numbers(
        all=sum(number for _state, _kind, number in alike),
        failed=sum(number for state, _kind, number in alike if state == State.FAILED),
        stopped=sum(number for state, _kind, number in alike if state == State.STOPPED),
        can_be_held=sum(
            number for state, kind, number in alike if state == State.QUEUED and kind.may_be_held
        ),
    )


def can_be_held(mails: OutgoingMailQuerySet) -> OutgoingMailQuerySet:
    """Those of them that wait to leave, of kinds for whose reader it is no harm to wait."""
    kinds = [name for name, kind in joins.MAIL_KINDS.items() if kind.may_be_held]
    return mails.of_kind(*kinds).filter(state=State.QUEUED)


def hold(mails: OutgoingMailQuerySet) -> int:
    """Let none of them leave that can be held, until somebody lets them go. One that is handed to the server at this
    moment has left. Returns how many. Raises NothingChanged when none waits."""
    return _some(can_be_held(mails).update(state=State.STOPPED))


def let_go(mails: OutgoingMailQuerySet) -> int:
    """Let those leave, each at its time, that were held. Returns how many. Raises NothingChanged when none is."""
    return _some(mails.stopped().update(state=State.QUEUED))


def try_again(mail: OutgoingMail) -> None:
    """Put a failed mail back into the queue, because somebody asked for it. Raises NothingChanged when it has not
    failed."""
    if (
        not OutgoingMail.objects.failed()
        .filter(pk=mail.pk)
        .update(state=State.QUEUED, attempts=0, next_attempt_at=timezone.now(), settled_at=None)
    ):
        raise NothingChanged


def told_by_phone(mails: OutgoingMailQuerySet) -> int:
    """Note that somebody was told what had to be said by phone. Returns how much of it. Raises NothingChanged when it was
    noted before."""
    now = timezone.now()
    return _some(mails.to_be_phoned().update(state=State.TOLD, settled_at=now))


def _some(number: int) -> int:
    if not number:
        raise NothingChanged
    return number
