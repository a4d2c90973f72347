"""The picture of an event: stored under a name made of its content, shown with words for who cannot see it."""

import re
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from events import pictures
from events.actions import events
from events.models import Event

FOLDER = "pictures"
NAME = re.compile(r"^[0-9a-f]{24}-(\d{1,4})x(\d{1,4})\.webp$")


def put(event: Event, file: BinaryIO, *, alt: str, opened_version: int) -> Event:
    """Raises NotAPicture, TooManyPixels (events.pictures), and ChangedMeanwhile as events.save does."""
    before = event.picture.name
    event.picture, event.picture_alt = _stored(pictures.rewritten(file)), alt
    saved = _save(event, opened_version)
    _forget_file(before)
    return saved


def describe(event: Event, *, alt: str, opened_version: int) -> Event:
    event.picture_alt = alt
    return _save(event, opened_version)


def take_away(event: Event, *, opened_version: int) -> Event:
    before = event.picture.name
    event.picture, event.picture_alt = "", ""
    saved = _save(event, opened_version)
    _forget_file(before)
    return saved


def size(name: str | None) -> tuple[int, int] | None:
    """(width, height) in pixels, read from the name: a page need not open the file to leave room for it."""
    found = NAME.match((name or "").rpartition("/")[2])
    return (int(found[1]), int(found[2])) if found else None


def _save(event: Event, opened_version: int) -> Event:
    return events.save(event, opened_version=opened_version, fields=["picture", "picture_alt"])


def _stored(written: pictures.Written) -> str:
    name = f"{FOLDER}/{written.name}"
    if not default_storage.exists(name):
        return default_storage.save(name, ContentFile(written.content))
    return name


def _forget_file(name: str | None) -> None:
    """Two events may show the same file: it goes with the last of them."""
    if name and not Event.objects.filter(picture=name).exists():
        default_storage.delete(name)
