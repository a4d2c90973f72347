"""Mails to those who read what people tell, and decide who is kept out: there is something new, and nothing of it."""

from datetime import datetime

from events.actions.notices import end_of_window, window
from mail.actions.outbox import queue
from mail.models import KindName
from people.models import Group
from people.permissions import concern_readers


def tell_readers(group: Group, now: datetime, kind: KindName) -> None:
    """Owe those who read a mail that there is something new: one a reader in ten minutes, at the end of them."""
    leaves_at = end_of_window(now)
    for reader in concern_readers(group):
        queue(
            kind=kind,
            key=f"{kind}/{group.pk}/{reader.pk}/{window(now)}",
            to_email=reader.email,
            person=reader,
            group=group,
            about=group.pk,
            not_before=leaves_at,
            # The row names that later time too: the moment in which somebody told us stands nowhere.
            hides_when=True,
        )
