"""Pages for everyone, kept whole in the memory of the process: as many as a few megabytes hold.

A page holds as long as nobody wrote to the tables it reads, or the database still answers its questions as it did
(kit/reading.py), and within the minute: what is to come, open, or over, changes with the time, and whatever has a time
here has it by the minute. The versions are read before anything else, so that a page is never kept under a version newer
than what it was made of.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import md5
from threading import Lock
from time import time
from typing import Any

from django.http import HttpResponse
from django.http.response import ResponseHeaders
from django.utils.http import quote_etag

from kit import versions
from kit.reading import Gap, Question, Reading

MOST_BYTES = 8 * 1024 * 1024
LARGEST_BYTES = MOST_BYTES // 8
# A gap, as events.pages.places_left marks it.
A_MARK = re.compile("(\ue000[^\ue001]*\ue001)".encode())
# What a page has in memory beside its bytes: its questions and its headers; and with gaps the rows to ask about them.
BESIDE, WITH_GAPS = 4096, 16384


@dataclass(frozen=True, slots=True)
class Frame:
    """A page with marks in its gaps, cut at them: every second piece is a mark."""

    pieces: tuple[bytes, ...]

    @classmethod
    def of(cls, page: bytes) -> "Frame":
        return cls(tuple(A_MARK.split(page)))

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces))

    def filled(self, gaps: Iterable[Gap], headers: ResponseHeaders) -> dict[str, Any]:
        """`body` and `headers` of the page with words in its gaps. The ETag is made as Django makes it."""
        words = {mark.encode(): text.encode() for gap in gaps for mark, text in gap.words.items()}
        pieces = [*self.pieces]
        pieces[1::2] = [words.get(mark, mark) for mark in self.pieces[1::2]]
        body, copy = b"".join(pieces), copied(headers)
        copy["Content-Length"] = str(len(body))
        if "ETag" in copy:
            copy["ETag"] = quote_etag(md5(body, usedforsecurity=False).hexdigest())
        return {"body": body, "headers": copy}


@dataclass(frozen=True, slots=True)
class Page:
    """`versions` are older than all that the page was made of. `body` is its `frame` with the words in its gaps; without
    a gap there is no frame. In it marks stand for its `moments`: what is written anew with each answer."""

    minute: int
    versions: versions.Versions
    questions: tuple[Question, ...]
    gaps: tuple[Gap, ...]
    headers: ResponseHeaders
    frame: Frame | None
    body: bytes
    moments: tuple[tuple[bytes, Callable[[], str]], ...] = ()

    def as_sent(self) -> bytes:
        """Its bytes, for one answer."""
        body = self.body
        for mark, words in self.moments:
            body = body.replace(mark, words().encode())
        return body

    @property
    def size(self) -> int:
        return len(self.body) + BESIDE + (self.frame.size + WITH_GAPS if self.frame else 0)

    def now(self) -> "Page | None":
        """The page as it would be written now; None when that has to be done. One query; one more for each question whose
        tables have changed."""
        if self.minute != this_minute():
            return None
        now = versions.of_all()
        if now == self.versions:
            return self
        changed = versions.changed(self.versions, now)
        asked = (question for question in self.questions if not changed.isdisjoint(question.tables))
        if not all(question.has_the_same_answer() for question in asked):
            return None
        gaps = [gap if changed.isdisjoint(gap.tables) else gap.asked_again() for gap in self.gaps]
        known = tuple(gap for gap in gaps if gap)
        if len(known) < len(gaps):
            return None
        if known == self.gaps or self.frame is None:
            return replace(self, versions=now)
        return replace(self, versions=now, gaps=known, **self.frame.filled(known, self.headers))


@dataclass
class Pages:
    """Those asked for most lately, up to MOST_BYTES of them. Safe with several threads."""

    kept: OrderedDict[Hashable, Page] = field(default_factory=OrderedDict)
    size: int = 0
    lock: Lock = field(default_factory=Lock)

    def find(self, key: Hashable) -> Page | None:
        """The page, if it still holds, with its gaps filled as they are now."""
        kept = self.kept.get(key)
        page = kept and kept.now()
        if page is kept:
            with self.lock:
                if key in self.kept:
                    self.kept.move_to_end(key)
        elif page:
            self.keep(key, page)
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
    whole, gaps = bytes(response.content), tuple(reading.gaps)
    frame = Frame.of(whole) if gaps else None
    parts = frame.filled(gaps, response.headers) if frame else {"body": whole, "headers": response.headers}
    moments = tuple((mark.encode(), words) for mark, words in reading.moments.items())
    return Page(minute, before, tuple(reading.questions), gaps, frame=frame, moments=moments, **parts)


def copied(headers: ResponseHeaders) -> ResponseHeaders:
    """Whoever gets a page may set other headers on it."""
    copy = ResponseHeaders({})
    copy._store = dict(headers._store)  # no public way copies it without reading each header again
    return copy
