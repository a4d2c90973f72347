"""Addresses of pages, made of their titles."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.text import slugify

LENGTH = 100
TRIES = 3


def free_slug(model: type[Model], title: str, *, default: str, reserved: Collection[str] = ()) -> str:
    """An address that no row of the model has yet: "guildhall-2". `default` is for titles without letters that
    an address can hold; `reserved` are words that lead elsewhere."""
    base = slugify(title)[:LENGTH].strip("-") or default
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(reserved)
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)


def insert(row: Any, title: str, *, default: str, reserved: Collection[str] = ()) -> None:
    """Save a new row, of any model with a `slug`, under a free address: also when another row of the same title is
    saved this very moment."""
    for left in reversed(range(TRIES)):
        row.slug = free_slug(type(row), title, default=default, reserved=reserved)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
            return
        except IntegrityError:
            if not left:
                raise
