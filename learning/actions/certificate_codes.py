"""The code on a certificate, and what is kept so that it can be checked.

The code follows from the key of a registration and SECRET_KEY; it is nowhere kept. What is kept is a fingerprint of name
and code together, keyed as well: whoever has the database without the key learns neither from it, and whoever types a
name and a code hears yes or no. A key that was replaced goes on counting as long as it stands in SECRET_KEY_FALLBACKS.
"""

import unicodedata

from django.conf import settings
from django.utils.crypto import salted_hmac

from events.models import Event, Registration
from kit.links import READABLE
from learning.models import CertificateCheck

LETTERS = 8


def code_of(registration: Registration) -> str:
    """As it stands on the certificate: two groups of four letters."""
    return _code(registration, settings.SECRET_KEY)


def note(event: Event, registrations: list[Registration]) -> int:
    """Let the certificates of these people be checked, under the names they have now; what was printed under an earlier
    name goes on being right. Returns how many are new. A query, two when some are."""
    if not registrations:
        return 0
    key, known = settings.SECRET_KEY, set(event.certificate_checks.values_list("digest", flat=True))
    checks = [_check(event, registration, key) for registration in registrations]
    new = [check for check in checks if check.digest not in known]
    CertificateCheck.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def forget(registration: Registration) -> None:
    """Let no certificate of this person be right any more, whatever the name on it."""
    digests = [_digest(key, _letters(_code(registration, key))) for key in _keys()]
    CertificateCheck.objects.filter(event=registration.event_id, code_digest__in=digests).delete()


def checked(name: str, code: str) -> CertificateCheck | None:
    """What was noted for this name and code, however both are written. A search for a keyed digest tells by its time
    nothing about how near a guess was."""
    digests = [_digest(key, _name(name), _letters(code)) for key in _keys()]
    return CertificateCheck.objects.select_related("event__group").filter(digest__in=digests).first()


def _check(event: Event, registration: Registration, key: str) -> CertificateCheck:
    code = _letters(_code(registration, key))
    together, alone = _digest(key, _name(registration.name), code), _digest(key, code)
    return CertificateCheck(event=event, digest=together, code_digest=alone)


def _keys() -> tuple[str, ...]:
    return settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS


def _code(registration: Registration, key: str) -> str:
    """A link that was renewed, or an address that changed, leaves it as it is: paper cannot follow."""
    digest = salted_hmac("allyhub.certificate", registration.key, secret=key, algorithm="sha256").digest()
    letters = "".join(READABLE[byte % len(READABLE)] for byte in digest[:LETTERS])
    return f"{letters[:4]} {letters[4:]}"


def _digest(key: str, *parts: str) -> str:
    # A letter that is in no part: "Ann" and "ab" are not "Anna" and "b".
    return salted_hmac("allyhub.check", "\n".join(parts), secret=key, algorithm="sha256").hexdigest()


def _name(typed: str) -> str:
    """A name without what people write differently: capitals, and how much space there is."""
    return " ".join(unicodedata.normalize("NFKC", typed).casefold().split())


def _letters(typed: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", typed).upper() if letter.isalnum())
