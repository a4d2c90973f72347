"""The picture of an event: stored under a name made of its content, shown with words for who cannot see it."""

import re
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from events import pictures
from events.actions import events
from events.models import Event
from kit.meanwhile import unless_changed

FOLDER = "pictures"
NAME = re.compile(r"^[0-9a-f]{24}-(\d{1,4})x(\d{1,4})\.webp$")


def put(event: Event, file: BinaryIO, *, alt: str) -> Event:
    """Show this picture at the head of an event's page. Raises NotAPicture, TooManyPixels (events.pictures)."""
    before = event.picture.name
    event.picture, event.picture_alt = _stored(pictures.rewritten(file)), alt
    saved = _save(event)
    _forget_file(before)
    return saved


def describe(event: Event, *, alt: str) -> Event:
    event.picture_alt = alt
    return _save(event)


@transaction.atomic
def take_away(event: Event) -> Event:
    """Show no picture any more. Raises ChangedMeanwhile when another one stands there by now."""
    before, now = event.picture.name, event.locked()
    unless_changed(before, now.picture.name, now=now)
    event.picture, event.picture_alt = "", ""
    saved = _save(event)
    _forget_file(before)
    return saved


def size(name: str | None) -> tuple[int, int] | None:
    """The (width, height) of a picture in pixels, read from its name: a page need not open the file to leave room for
    it."""
    found = NAME.match((name or "").rpartition("/")[2])
    return (int(found[1]), int(found[2])) if found else None


def _save(event: Event) -> Event:
    return events.save(event, fields=["picture", "picture_alt"])


def _stored(written: pictures.Written) -> str:
    name = f"{FOLDER}/{written.name}"
    if not default_storage.exists(name):
        return default_storage.save(name, ContentFile(written.content))
    return name


def _forget_file(name: str | None) -> None:
    # Two events may show the same file: it goes with the last of them.
    if name and not Event.objects.filter(picture=name).exists():
        default_storage.delete(name)
