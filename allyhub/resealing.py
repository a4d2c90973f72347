"""Everything that is sealed, opened to see that it opens, and written anew with the first key of ALLYHUB_KEYS."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import transaction

from kit.sealing import Opened, Sealed, is_sealed_with_current_key
from people.actions import second_steps

BATCH = 200


def open_all(*, anew: bool = False) -> Opened:
    """Open every sealed row of the hub. `anew`: seal those with the first key that an older one sealed; what cannot be
    read stays as it is."""
    found = second_steps.open_all(anew=anew)
    for model in sealed_models():
        for row in _sealed_rows(model):
            is_old = _is_old(row)
            found.note(is_readable=row.is_readable, is_old=is_old)
            if anew and is_old:
                _reseal(model, row.pk)
    return found


def sealed_models() -> list[type[Sealed]]:
    return [model for model in apps.get_models() if issubclass(model, Sealed)]


def _sealed_rows(model: type[Sealed]) -> Iterator[Sealed]:
    """Its rows with something sealed in them, a part at a time: nothing is held open while rows are written."""
    names, last = model.sealed_fields(), 0
    while rows := list(_rows(model).filter(pk__gt=last).order_by("pk").only("pk", "seal_id", *names)[:BATCH]):
        last = rows[-1].pk
        yield from (row for row in rows if any(_stored(row)))


def _reseal(model: type[Sealed], pk: int) -> None:
    with transaction.atomic():
        row = _rows(model).select_for_update().filter(pk=pk).first()
        if row is None or not _is_old(row) or not row.is_readable:
            return
        for name in model.sealed_fields():
            setattr(row, name, getattr(row, name))
        row.save_base(update_fields=model.sealed_fields())


def _is_old(row: Sealed) -> bool:
    return any(text and not is_sealed_with_current_key(text) for text in _stored(row))


def _stored(row: Sealed) -> list[str]:
    return [row.__dict__.get(name) or "" for name in row.sealed_fields()]


def _rows(model: type[Sealed]) -> Any:
    return model._base_manager
