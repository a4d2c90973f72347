"""Sealing: what must stay unreadable in the database, in backups and on a lost disk.

AES-256-GCM with a fresh nonce a text. A sealed text names the key it was made with, so that keys can be rotated
(`manage.py reseal`), and it is bound to its row: copied into another row it does not open.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

# The length that GCM was made for (NIST SP 800-38D §5.2.1.1).
NONCE_BYTES = 12


class CannotUnseal(Exception):
    """The key is missing, or the text was changed or moved to another row."""


def seal(text: str, bound_to: str) -> str:
    """Encrypt with the first key of settings.SEALING_KEYS: "<key id>.<base64 of nonce and ciphertext>"."""
    key_id, key = next(iter(settings.SEALING_KEYS.items()))
    # Never twice with one key: AES-GCM then gives away both texts. 96 random bits are safe for billions.
    nonce = os.urandom(NONCE_BYTES)
    ciphertext = AESGCM(key).encrypt(nonce, text.encode(), bound_to.encode())
    return f"{key_id}.{base64.urlsafe_b64encode(nonce + ciphertext).decode()}"


def unseal(sealed: str, bound_to: str) -> str:
    """The text that was sealed. Raises CannotUnseal."""
    key_id, _, encoded = sealed.partition(".")
    try:
        raw = base64.urlsafe_b64decode(encoded)
        key = settings.SEALING_KEYS[key_id]
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound_to.encode()).decode()
    # In the same words whatever is wrong: what fails tells nothing about the text.
    except (KeyError, ValueError, InvalidTag) as error:
        raise CannotUnseal(f"sealed with key {key_id!r}, bound to {bound_to}") from error


def is_sealed_with_current_key(sealed: str) -> bool:
    return sealed.partition(".")[0] == next(iter(settings.SEALING_KEYS))
