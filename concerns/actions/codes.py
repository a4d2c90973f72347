"""The private code with which somebody comes back to what they told us.

Sixteen letters and digits that cannot be mistaken for one another, and form no words: 70 bits, so that nobody finds one
by trying. Only a digest is kept, keyed with SECRET_KEY: a copy of the database alone says of no code whether it fits.
(Not the sealing keys: they are changed by sealing the texts again, and a digest cannot be made again without its code.)
"""

import secrets
from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import salted_hmac

ALPHABET = "CDFHJKMNPQRTVWXY34679"
LENGTH, IN_GROUPS_OF = 16, 4
PURPOSE = "allyhub.concern-code"


def make(once: str = "") -> str:
    """A new code; the same one again for the same `once`, which a form carries so that pressing twice is once."""
    if not once:
        return _in_groups("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)))
    # From a keyed digest: whoever knows `once`, which stands in a page, cannot make the code from it.
    number = int(salted_hmac(f"{PURPOSE}.once", once, algorithm="sha256").hexdigest(), 16)
    letters = []
    for _place in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return _in_groups("".join(letters))


def digest(code: str) -> str:
    return _digest(code, settings.SECRET_KEY)


def digests(code: str) -> Iterator[str]:
    """The digests that this code may be kept under: with the key of now and with those that were replaced, newest
    first."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _digest(code, key)


def plain(code: str) -> str:
    """A code as it is compared: however it was typed, with or without dashes and capitals."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)


def _digest(code: str, key: str) -> str:
    return salted_hmac(PURPOSE, plain(code), secret=key, algorithm="sha256").hexdigest()


def _in_groups(letters: str) -> str:
    return "-".join(letters[at : at + IN_GROUPS_OF] for at in range(0, LENGTH, IN_GROUPS_OF))
