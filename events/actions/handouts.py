"""Files that are given to people to read: kept under names nobody can guess, served by pages that links open."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from events import uploads
from events.models.handout import Handout

FOLDER = "handouts"
# With the form around it below the 12 MB that web server and proxy let through (docs/hosting.md).
MOST_BYTES = 10 * 1024 * 1024
# Longer than it takes from writing a file to writing its row.
NOT_YET_ITS_ROW = timedelta(days=1)


class TooMany(Exception):
    """Refused: there are as many as there may be."""


@contextmanager
def kept(handout: Handout, content: bytes, *, ending: str) -> Iterator[None]:
    """Within it the file is kept and `handout`, which is not saved, names it; when its row cannot be written the file
    goes again. Looking at it takes seconds: no lock is held before. Raises uploads.Unreadable, uploads.TooManyPixels."""
    found = uploads.inspect(content, ending)
    file = ContentFile(found.content)
    name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.{found.ending}", file)
    handout.file, handout.warnings = name, found.warnings
    try:
        yield
    except Exception:
        # The file is there already, and no row will ever lead to it.
        default_storage.delete(name)
        raise


def forget(handout: Handout) -> None:
    """Delete a row, and its file once that is certain."""
    name = handout.file.name
    handout.delete()
    forget_file(name)


def forget_file(name: str | None) -> None:
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def forget_files_of_nobody() -> int:
    """Delete files whose row is gone: with its event, or in a moment in which the program was stopped."""
    if not default_storage.exists(FOLDER):
        return 0
    since = timezone.now() - NOT_YET_ITS_ROW
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    known = _known()
    orphans = [
        name for name in names if name not in known and default_storage.get_modified_time(name) < since
    ]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)


def _known() -> set[str]:
    """The files of whatever is a handout, in any app."""
    kinds = [model for model in apps.get_models() if issubclass(model, Handout)]
    return {name for kind in kinds for name in kind._default_manager.values_list("file", flat=True)}
