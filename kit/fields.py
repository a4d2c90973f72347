"""Fields that keep a promise in the database: sealed text, and states of which each is known."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from kit.sealing import CannotUnseal, seal, unseal


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


def known_values(**fields: Iterable[str]) -> Callable[[type], type]:
    """Mark a model's Meta so that the database refuses any other word in these fields: `@known_values(state=State,
    ended_because=[*Ended, ""])`."""

    # A decorator, because the body of a Meta sees nothing of its model's.
    def constrained(meta: type) -> type:
        own = vars(meta).get("constraints", [])
        known = [_is_known(field, list(values)) for field, values in fields.items()]
        meta.constraints = [*known, *own]  # type: ignore[attr-defined]  # what a Meta may have is Django's secret
        return meta

    return constrained


def _is_known(field: str, values: list[str]) -> models.CheckConstraint:
    words = [str(value) for value in values]
    name = f"%(app_label)s_%(class)s_{field}_is_known"
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": words}), name=name)
