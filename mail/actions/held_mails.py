"""What organisers hold of the outbox because something in it is wrong: it stays until they let it go."""

from kit.joins import joins
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail
from mail.models.outgoing import OutgoingMailQuerySet


def can_be_held(mails: OutgoingMailQuerySet) -> OutgoingMailQuerySet:
    """Those of them that wait to leave, of kinds for whose reader it is no harm to wait."""
    kinds = [name for name, kind in joins.MAIL_KINDS.items() if kind.may_be_held]
    return mails.of_kind(*kinds).filter(state=OutgoingMail.State.QUEUED)


def hold(mails: OutgoingMailQuerySet) -> int:
    """Let none of them leave that can be held, until somebody lets them go. One that is handed to the server at this
    moment has left. Returns how many. Raises NothingChanged when none waits."""
    return _some(can_be_held(mails).update(state=OutgoingMail.State.STOPPED))


def let_go(mails: OutgoingMailQuerySet) -> int:
    """Let those leave, each at its time, that were held. Returns how many. Raises NothingChanged when none is."""
    return _some(mails.stopped().update(state=OutgoingMail.State.QUEUED))


def _some(number: int) -> int:
    if not number:
        raise NothingChanged
    return number
