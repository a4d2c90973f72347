"""Sealing: what must stay unreadable in the database, in backups and on a lost disk.

AES-256-GCM with a fresh nonce a text. A sealed text names the key it was made with, so that keys can be rotated
(`manage.py reseal`), and it is bound to its row: copied into another row it does not open.
"""

import base64
import os
import uuid
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

# The length that GCM was made for (NIST SP 800-38D §5.2.1.1).
NONCE_BYTES = 12


@dataclass
class Opened:
    """What became of opening sealed rows. `old`: opened, with a key that is no longer the first."""

    opened: int = 0
    old: int = 0
    unreadable: int = 0

    def note(self, *, is_readable: bool, is_old: bool) -> None:
        self.opened += is_readable
        self.old += is_readable and is_old
        self.unreadable += not is_readable


class CannotUnseal(Exception):
    """The key is missing, or the text was changed or moved to another row."""


def seal(text: str, bound_to: str) -> str:
    """Encrypt with the first key of settings.SEALING_KEYS: "<its fingerprint>.<base64 of nonce and ciphertext>"."""
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


def first_key() -> str:
    """The fingerprint of the key that new texts are sealed with."""
    return str(next(iter(settings.SEALING_KEYS)))


def is_sealed_with_current_key(sealed: str) -> bool:
    return sealed.partition(".")[0] == first_key()


class Ciphertext(str):
    """A value that is sealed already, as opposed to one that somebody has just typed."""


class SealedAttribute(DeferredAttribute):
    """How a sealed field is read: the text is opened when somebody asks for it, not when the row is loaded, so a list
    that never looks never decrypts."""

    field: "SealedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Ciphertext):
            return unseal(value, self.field.binding(instance))
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        # Makes this a data descriptor: without it Python would hand out the instance's own, sealed, value.
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):
    """A field for text that only code holding the key can read. The model must also inherit from Sealed."""

    descriptor_class = SealedAttribute

    def binding(self, instance: Any) -> str:
        return f"{instance._meta.label_lower}.{self.attname}:{instance.seal_id}"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return Ciphertext(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = model_instance.__dict__.get(self.attname) or ""
        if not value or isinstance(value, Ciphertext):
            return value
        return Ciphertext(seal(value, self.binding(model_instance)))

    def get_prep_value(self, value: Any) -> Any:
        if value and not isinstance(value, Ciphertext):
            # Each sealing gives other bytes, so a filter would find
            # nothing and an update() would write the plain text.
            raise ValueError("A sealed field cannot be searched or updated without its row.")
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return obj.__dict__.get(self.attname) or ""


class Sealed(models.Model):
    """Base of a row with sealed fields. `seal_id` is what they are bound to; it never changes."""

    seal_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)

    class Meta:
        abstract = True

    @property
    def is_readable(self) -> bool:
        """Whether all its sealed texts open. Not when a key is missing or a text was moved here from another row."""
        try:
            for field in self.sealed_fields():
                getattr(self, field)
        except CannotUnseal:
            return False
        return True

    @classmethod
    def sealed_fields(cls) -> list[str]:
        return [field.attname for field in cls._meta.concrete_fields if isinstance(field, SealedTextField)]
