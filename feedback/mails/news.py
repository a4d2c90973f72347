"""Mails that tell what became of it."""

from collections.abc import Callable

from django.utils.functional import Promise

from mail.message import Composed
from mail.models import OutgoingMail

COMPOSERS: dict[str, Callable[[OutgoingMail], Composed | None]] = {}
KINDS: dict[str, str | Promise] = {}
