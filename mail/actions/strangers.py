"""Mails to people who have never said yes to any: whoever types somebody's address into a form must not fill their inbox.

An address that nobody has confirmed anywhere in the hub gets one mail a day of all kinds that a form can send
(`from_a_form` of mail.kinds), counted from when the last one left. What is more is held back: it leaves at once when the
address is confirmed, and else the newest of it when the day is over; the others never.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from kit.joins import joins
from mail.models import OutgoingMail
from mail.models.outgoing import OutgoingMailQuerySet

State = OutgoingMail.State
A_DAY = timedelta(days=1)


def must_wait_until(mail: OutgoingMail, now: datetime) -> datetime | None:
    """When a mail that is due may leave, if that is later. Locks the mails to its address: two workers that look at two
    of them at once would both find that none has left."""
    if not _is_from_a_form(mail) or _known().filter(email=mail.to_email).exists():
        return None
    has_left = Q(state=State.SENT, settled_at__gt=now - A_DAY)
    # Another worker has it, or it waits for a server that is down.
    is_leaving = Q(state=State.QUEUED, next_attempt_at__gt=now)
    rows = _to(mail.to_email).filter(has_left | is_leaving | Q(pk=mail.pk)).order_by("pk")
    others = [row.settled_at or now for row in rows.select_for_update() if row.pk != mail.pk]
    return max(others) + A_DAY if others else None


def let_out(now: datetime) -> None:
    """Put back into the queue what was held back for people we know by now, and for each other address the newest of what
    has waited its day."""
    held = OutgoingMail.objects.filter(state=State.HELD)
    held.filter(to_email__in=_known().values("email")).update(state=State.QUEUED, next_attempt_at=now)
    newest = {mail.to_email: mail.pk for mail in held.filter(next_attempt_at__lte=now).order_by("pk")}
    for email, pk in newest.items():
        held.filter(to_email=email).exclude(pk=pk).update(state=State.DROPPED, settled_at=now)
        held.filter(pk=pk).update(state=State.QUEUED, next_attempt_at=now)


def next_in_line(mail: OutgoingMail, now: datetime) -> None:
    """A mail was no longer needed: what was held back because of it need not wait."""
    if _is_from_a_form(mail):
        _to(mail.to_email).filter(state=State.HELD).update(next_attempt_at=now)


def _is_from_a_form(mail: OutgoingMail) -> bool:
    kind = joins.MAIL_KINDS.get(mail.kind)
    # That there is less time comes from the organisers, also where its words are those of a kind that forms send.
    return kind is not None and kind.from_a_form and not mail.context.get("less_time")


def _known() -> Any:
    """Whoever has a row there has confirmed the address."""
    return get_user_model()._default_manager.all()


def _to(email: str) -> OutgoingMailQuerySet:
    from_forms = [name for name, kind in joins.MAIL_KINDS.items() if kind.from_a_form]
    return OutgoingMail.objects.of_kind(*from_forms).filter(to_email=email)
