"""The code with which somebody comes back to a question that they asked without a name: three words, in any order.

Only a digest is kept, keyed with SECRET_KEY and sealed with the question. 21 million codes are few for a program, and
many for a form that takes ten wrong ones from a network in ten minutes. What a code opens is one question, which those
who read have anyway, and never who asked it.
"""

import random
import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import salted_hmac

from learning.code_words import WORDS

HOW_MANY = 3
PURPOSE = "allyhub.surgery-code"


def make(once: str = "") -> str:
    """A new code; the same one again for the same `once`, which a form carries so that pressing twice is once."""
    if not once:
        return " ".join(random.SystemRandom().sample(WORDS, HOW_MANY))
    # From a keyed digest: whoever knows `once`, which stands in a page, cannot make the code from it.
    number = int(salted_hmac(f"{PURPOSE}.once", once, algorithm="sha256").hexdigest(), 16)
    left, words = list(WORDS), []
    for _place in range(HOW_MANY):
        number, place = divmod(number, len(left))
        words.append(left.pop(place))
    return " ".join(words)


def plain(code: str) -> str:
    """A code as it is compared: its words in the order of the alphabet, however they were typed."""
    return " ".join(sorted(re.findall(r"[a-z]+", code.lower())))


def digest(code: str) -> str:
    return _digest(code, settings.SECRET_KEY)


def digests(code: str) -> Iterator[str]:
    """The digests that this code may be kept under: with the key of now and with those that were replaced."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _digest(code, key)


def _digest(code: str, key: str) -> str:
    return salted_hmac(PURPOSE, plain(code), secret=key, algorithm="sha256").hexdigest()
