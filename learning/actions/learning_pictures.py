"""Pictures of learning pages: written anew without where they were taken, kept under a name made of their content."""

import re
from datetime import datetime, timedelta
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from events import pictures
from events.actions.pictures import NAME
from kit.meanwhile import NothingChanged
from learning.models import LearningPage, LearningPicture

FOLDER = "learning"
MOST = 20
# `[picture 2]`, in a line of its own.
MARK = re.compile(r"<p>\[picture (\d{1,2})\]</p>", re.IGNORECASE)
# Longer than it takes from writing a file to writing its row.
NOT_YET_ITS_ROW = timedelta(days=1)


class TooManyPictures(NothingChanged):
    """A page has as many as it may have."""


def add(
    page: LearningPage, file: BinaryIO, *, alt: str, caption: str = "", on_top: bool = False
) -> LearningPicture:
    """Raises TooManyPictures, and NotAPicture, TooManyPixels of events.pictures."""
    written = pictures.rewritten(file)  # takes seconds: no lock is held
    with transaction.atomic():
        page = LearningPage.objects.select_for_update().get(pk=page.pk)
        numbers = list(page.pictures.values_list("number", flat=True))
        if len(numbers) >= MOST:
            raise TooManyPictures
        if on_top:
            page.pictures.update(on_top=False)
        return page.pictures.create(
            number=max(numbers, default=0) + 1,
            file=_stored(written),
            alt=alt,
            caption=caption,
            on_top=on_top,
        )


@transaction.atomic
def describe(picture: LearningPicture, *, alt: str, caption: str, on_top: bool) -> None:
    if on_top:
        picture.page.pictures.exclude(pk=picture.pk).update(on_top=False)
    picture.alt, picture.caption, picture.on_top = alt, caption, on_top
    picture.save(update_fields=["alt", "caption", "on_top"])


def remove(picture: LearningPicture) -> None:
    """Delete it. The numbers of the others stay, and so do the places they have in the text."""
    name = picture.file.name
    picture.delete()
    transaction.on_commit(lambda: _forget_file(name))


def size(picture: LearningPicture) -> tuple[int, int] | None:
    """(width, height) in pixels, read from its name."""
    found = NAME.match((picture.file.name or "").rpartition("/")[2])
    return (int(found[1]), int(found[2])) if found else None


def forget_files_of_nobody(now: datetime) -> int:
    """Delete files whose row went with its page, its group, or in a moment in which the program was stopped."""
    if not default_storage.exists(FOLDER):
        return 0
    since = now - NOT_YET_ITS_ROW
    known = set(LearningPicture.objects.values_list("file", flat=True))
    names = {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}
    orphans = [name for name in names - known if default_storage.get_modified_time(name) < since]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)


def _stored(written: pictures.Written) -> str:
    name = f"{FOLDER}/{written.name}"
    if not default_storage.exists(name):
        return default_storage.save(name, ContentFile(written.content))
    return name


def _forget_file(name: str | None) -> None:
    # Two pages may show the same file: it goes with the last of them.
    if name and not LearningPicture.objects.filter(file=name).exists():
        default_storage.delete(name)
