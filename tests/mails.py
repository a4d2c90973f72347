"""Mails that are owed, read as they would leave right now."""

from allyhub.joins import MAIL_KINDS
from mail.message import Composed
from mail.models import OutgoingMail


def composed(kind: str, to: str = "") -> Composed | None:
    """The newest of its kind. None when it makes no sense any more."""
    mails = OutgoingMail.objects.of_kind(kind)
    mail = (mails.filter(to_email=to) if to else mails).order_by("-pk").first()
    assert mail, f"no {kind} mail is owed to {to or 'anybody'}"
    return as_it_leaves(mail)


def as_it_leaves(mail: OutgoingMail) -> Composed | None:
    return MAIL_KINDS[mail.kind].compose(mail)
