"""Links that open someone's own page: signed, so that the database holds nothing to steal.

A token names a public key of a row and the row's `link_version`; raising the version revokes every link made before.
Each purpose has its own salt: a calendar link cannot open a manage page.
"""

from django.core import signing


class BadToken(Exception):
    """The token was cut, changed, or made for another purpose."""


def make(purpose: str, key: str, version: int) -> str:
    return _signer(purpose).sign(f"{key}.{version}")


def read(purpose: str, token: str) -> tuple[str, int]:
    """The (key, version) a token was made for. Raises BadToken."""
    try:
        key, _, version = _signer(purpose).unsign(token).rpartition(".")
        return key, int(version)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken(purpose) from error


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(sep=".", salt=f"allyhub.{purpose}")
