"""Pages for everyone, kept whole in the memory of the process: as many as a few megabytes hold.

A page holds as long as nobody wrote to the tables it reads, or the database still answers its questions as it did
(kit/reading.py), and within the minute: what is to come, open, or over, changes with the time, and whatever has a time
here has it by the minute. The versions are read before anything else, so that a page is never kept under a version newer
than what it was made of.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock
from time import time

from django.http import HttpResponse
from django.http.response import ResponseHeaders

from kit import versions
from kit.reading import Question, Reading

MOST_BYTES = 8 * 1024 * 1024
LARGEST_BYTES = MOST_BYTES // 8
# What a page has in memory beside its bytes: its questions and its headers.
BESIDE = 4096


@dataclass(slots=True)
class Page:
    """`versions` are older than all that the page was made of."""

    minute: int
    versions: versions.Versions
    questions: tuple[Question, ...]
    tables: frozenset[str]
    headers: ResponseHeaders
    body: bytes

    @property
    def size(self) -> int:
        return len(self.body) + BESIDE

    def holds(self) -> bool:
        """Whether it would be written the same now. One query; one more for each question whose tables have changed."""
        if self.minute != this_minute():
            return False
        now = versions.of_all()
        if now == self.versions:
            return True
        changed = versions.changed(self.versions, now, self.tables)
        asked = (question for question in self.questions if not changed.isdisjoint(question.tables))
        if not all(question.has_the_same_answer() for question in asked):
            return False
        self.versions = now
        return True


@dataclass
class Pages:
    """Those asked for most lately, up to MOST_BYTES of them. Safe with several threads."""

    kept: OrderedDict[Hashable, Page] = field(default_factory=OrderedDict)
    size: int = 0
    lock: Lock = field(default_factory=Lock)

    def find(self, key: Hashable) -> Page | None:
        """The page, if it still holds."""
        page = self.kept.get(key)
        if page is None or not page.holds():
            return None
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
        return page

    def keep(self, key: Hashable, page: Page) -> None:
        with self.lock:
            self._drop(key)
            if page.size > LARGEST_BYTES:
                return
            self.kept[key] = page
            self.size += page.size
            while self.size > MOST_BYTES:
                self._drop(next(iter(self.kept)))

    def forget(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0

    def _drop(self, key: Hashable) -> None:
        if page := self.kept.pop(key, None):
            self.size -= page.size


pages = Pages()


def this_minute() -> int:
    return int(time() // 60)


def page_of(response: HttpResponse, reading: Reading, before: versions.Versions, minute: int) -> Page:
    """`before` and `minute` are of the moment before the page was begun."""
    return Page(
        minute, before, tuple(reading.questions), reading.tables, response.headers, bytes(response.content)
    )
