"""Addresses of pages, made of their titles."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.urls import resolve, reverse
from django.utils.text import slugify

# The columns hold at least ten more, for a number behind the title.
LENGTH = 100
# Each time somebody else took the address in between, which twice running is rare.
TRIES = 3


def free_slug(model: type[Model], title: str, *, default: str, pages: Collection[str] = ()) -> str:
    """An address that no row of the model has yet: "guildhall-2". `default` is for titles without letters that
    an address can hold; `pages` are the names of the pages that the slug has to lead to."""
    base = slugify(title)[:LENGTH].strip("-") or default
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    # One more number than there are rows, and some to spare for numbers that lead elsewhere.
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 4))
    return next(slug for slug in (base, *numbered) if slug not in taken and _leads_to(pages, slug))


def insert(row: Any, title: str, *, default: str, pages: Collection[str] = ()) -> None:
    """Save a new row, of any model with a `slug`, under a free address: also when another row of the same title is
    saved this very moment."""
    for left in reversed(range(TRIES)):
        row.slug = free_slug(type(row), title, default=default, pages=pages)
        try:
            # A savepoint: on Postgres a refused row would spoil the caller's whole transaction.
            with transaction.atomic():
                row.save(force_insert=True)
            return
        except IntegrityError:
            if not left:
                raise


def _leads_to(pages: Collection[str], slug: str) -> bool:
    """Whether each of the pages is met at this slug. An event called "Past" would be met nowhere: /events/past/ is
    the list of what is over."""
    # Asked of the addresses themselves, so that a new one need not be written down here too.
    return all(resolve(reverse(page, args=[slug])).view_name == page for page in pages)
