"""`manage.py reseal`: after a new key was put first in ALLYHUB_KEYS, write everything that is sealed anew with it."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from kit.sealing import Sealed, is_sealed_with_current_key
from people.actions import second_steps

BATCH = 200


class Command(BaseCommand):
    help = (
        "Seal everything anew with the first key of ALLYHUB_KEYS. Put the new key first and keep the old one behind it, "
        "restart web and worker, run this; when --check finds nothing left, the old key can go."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only count what an older key still seals")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check and (unreadable := reseal()):
            raise CommandError(f"{unreadable} rows cannot be read: their key is missing from ALLYHUB_KEYS.")
        if left := number_left():
            raise CommandError(f"{left} rows are still sealed with an older key. Run: manage.py reseal")
        self.stdout.write("Everything is sealed with the first key of ALLYHUB_KEYS.")


def reseal() -> int:
    """Seal the rows of a model anew. Returns how many could not be read; they stay as they are."""
    unreadable = second_steps.reseal()
    for model in sealed_models():
        unreadable += sum(not _reseal(model, pk) for pk in _sealed_with_an_older_key(model))
    return unreadable


def number_left() -> int:
    rows = sum(1 for model in sealed_models() for _pk in _sealed_with_an_older_key(model))
    return rows + len(second_steps.sealed_with_an_older_key(Authenticator.objects.all()))


def sealed_models() -> list[type[Sealed]]:
    return [model for model in apps.get_models() if issubclass(model, Sealed)]


def _sealed_with_an_older_key(model: type[Sealed]) -> Iterator[int]:
    """Keys of rows to seal anew, a part at a time: nothing is held open while rows are written."""
    names, last = model.sealed_fields(), 0
    while rows := list(_rows(model).filter(pk__gt=last).order_by("pk").only("pk", *names)[:BATCH]):
        last = rows[-1].pk
        yield from (row.pk for row in rows if _is_old(row))


def _reseal(model: type[Sealed], pk: int) -> bool:
    """Seal one row anew. Returns whether it could be read."""
    with transaction.atomic():
        row = _rows(model).select_for_update().filter(pk=pk).first()
        if row is None or not _is_old(row):
            return True
        if not row.is_readable:
            return False
        for name in model.sealed_fields():
            setattr(row, name, getattr(row, name))
        row.save_base(update_fields=model.sealed_fields())
        return True


def _is_old(row: Sealed) -> bool:
    stored = (row.__dict__.get(name) for name in row.sealed_fields())
    return any(text and not is_sealed_with_current_key(text) for text in stored)


def _rows(model: type[Sealed]) -> Any:
    return model._base_manager
