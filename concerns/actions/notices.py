"""The mail to those who read what people tell: there is something new, and nothing of it."""

from datetime import datetime

from events.actions.notices import end_of_window, window
from mail.actions.outbox import queue
from people.models import Group
from people.permissions import concern_readers


def tell_readers(group: Group, now: datetime) -> None:
    """Once in ten minutes and a reader, and at the end of them. The row of the outbox has that time too, so that the
    moment in which somebody told us stands nowhere."""
    leaves_at = end_of_window(now)
    for reader in concern_readers(group):
        queue(
            kind="concern-news",
            key=f"concern-news/{group.pk}/{reader.pk}/{window(now)}",
            to_email=reader.email,
            person=reader,
            group=group,
            about=group.pk,
            not_before=leaves_at,
            hides_when=True,
        )
