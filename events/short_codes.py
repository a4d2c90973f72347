"""The short address of somebody's own page, for those without an email address: it can be printed, and read out on the
phone. "K7QW-4M2P-9TXC-LR4D": the number that is quoted, which is no secret, and eight letters that follow from the key of
the row and SECRET_KEY. Only whoever has no email address has one: it opens nothing of what they told the access leads.
"""

from django.utils.crypto import salted_hmac

from events.models import Registration
from kit.links import READABLE

REFERENCE = 9  # letters, with its dash
SECRET = 8


def code_of(registration: Registration) -> str:
    """Raising `link_version` makes another one."""
    made_of = f"{registration.key}.{registration.link_version}"
    digest = salted_hmac("allyhub.short-code", made_of, algorithm="sha256").digest()
    letters = "".join(READABLE[byte % len(READABLE)] for byte in digest[:SECRET])
    return f"{registration.reference}-{letters[:4]}-{letters[4:]}"
