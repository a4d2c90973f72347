"""Whoever asks for a group without being logged in first shows that an address is theirs: by a code that we mail there.

A code follows from the address and the day and is kept nowhere. So it is the same one whatever browser it was asked for
in: an address that nobody has confirmed gets one email a day (mail.actions.strangers), and a second code could not come.
"""

import secrets
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from kit import languages
from kit.links import mailbox_digests, normalise_email
from mail.actions import outbox

DIGITS = 8
# The day on which a code leaves, and the next.
DAYS_GOOD = 2
SAME_MAIL_WITHIN = timedelta(minutes=10)


def owe_code(email: str) -> None:
    """Owe a code to an address, whether or not it is known here; asked twice within ten minutes is one mail."""
    outbox.queue(
        kind="group-code",
        key=f"group-code/{mailbox_digests(email)[0]}",
        to_email=normalise_email(email),
        language=languages.current(),
        once_within=SAME_MAIL_WITHIN,
    )


def code_of_today(email: str) -> str:
    return _code(email, _today())


def is_code_of(email: str, typed: str) -> bool:
    """Whether somebody typed a code that we mailed to this address today or yesterday, with blanks and dashes or not."""
    digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
    days = range(_today() - DAYS_GOOD + 1, _today() + 1)
    return any(secrets.compare_digest(_code(email, day), digits) for day in days)


def _today() -> int:
    return timezone.now().toordinal()


def _code(email: str, day: int) -> str:
    mac = salted_hmac("people.asking", f"{normalise_email(email)} {day}", algorithm="sha256").digest()
    return str(int.from_bytes(mac, "big") % 10**DIGITS).zfill(DIGITS)
