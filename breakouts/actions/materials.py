"""What a host gives the room to read: kept under names nobody can guess, served by pages that links open."""

import secrets
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from breakouts import uploads
from breakouts.actions.hosts import hosting_still
from breakouts.models import Host, Material

FOLDER = "materials"
# With the form around it below the 12 MB that web server and proxy let through (docs/hosting.md).
MOST_BYTES = 10 * 1024 * 1024
MOST_IN_A_ROOM = 10
# Longer than it takes from writing a file to writing its row.
NOT_YET_ITS_ROW = timedelta(days=1)


class TooMany(Exception):
    """Refused: the room has MOST_IN_A_ROOM already."""


def add(host: Host, content: bytes, *, ending: str, title: str, description: str = "") -> Material:
    """Keep a file for a room. Raises uploads.Unreadable, uploads.TooManyPixels, TooMany, NoLongerPossible."""
    # Looked at and written before the lock is taken: it takes seconds, and others wait for the event.
    paper = uploads.inspect(content, ending)
    name = default_storage.save(
        f"{FOLDER}/{secrets.token_hex(16)}.{paper.ending}", ContentFile(paper.content)
    )
    material = Material(title=title, description=description, file=name, warnings=paper.warnings)
    try:
        return _note(host, material)
    except Exception:
        # The file is there already, and no row will ever lead to it.
        default_storage.delete(name)
        raise


@transaction.atomic
def remove(host: Host, material: Material) -> None:
    """Take a file away again. Any host of the room may. Raises NoLongerPossible."""
    hosting_still(host)
    forget(material)


def forget(material: Material) -> None:
    """Delete a row, and its file once that is certain."""
    name = material.file.name
    material.delete()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def forget_files_of_nobody() -> int:
    """Delete files whose row is gone: with its event, or in a moment in which the program was stopped."""
    if not default_storage.exists(FOLDER):
        return 0
    since = timezone.now() - NOT_YET_ITS_ROW
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    known = set(Material.objects.values_list("file", flat=True))
    orphans = [
        name for name in names if name not in known and default_storage.get_modified_time(name) < since
    ]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)


@transaction.atomic
def _note(host: Host, material: Material) -> Material:
    _event, host = hosting_still(host)
    if host.topic.materials.count() >= MOST_IN_A_ROOM:
        raise TooMany
    material.topic, material.host = host.topic, host
    material.save()
    return material
