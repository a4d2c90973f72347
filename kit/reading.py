"""What a page asks the database while it is written, and whether it would hear the same again.

A page for everyone is made of what it reads, of the moment and of the language. So whoever knows its questions and what
was answered knows when it has to be written anew, and nobody has to say beforehand what a page depends on.
"""

import hashlib
import marshal
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import get_language, override

from kit import versions

# The last version of marshal in which equal rows are equal bytes, whichever of them is the same thing in memory.
TELLS_ALIKE = 2
# As Django writes SQL: a name stands in quotation marks.
READS_FROM = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', re.IGNORECASE)
# What it never writes: two tables after one FROM.
SEVERAL = re.compile(r'\bFROM\s+"?\w+"?(?:\s+(?:AS\s+)?"?\w+"?)?\s*,', re.IGNORECASE)


class Question(NamedTuple):
    """A query that was asked, the tables it reads, and what stands for the rows that were the answer."""

    sql: str
    params: Any
    tables: frozenset[str]
    answer: bytes

    def rows(self) -> list[Any]:
        """Asks it again. Raw SQL: to write a query takes longer than to answer it."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return list(cursor.fetchall())

    def has_the_same_answer(self) -> bool:
        """Asks it again."""
        return _digest(self.rows()) == self.answer


# Words by the marks that stand for them in a page; None when others than these have to change as well.
Words = Mapping[str, str] | None


class Gap(NamedTuple):
    """Marks in a page, the questions by which one knows what stands there, and what the rows of their answers mean."""

    words_for: Callable[..., Words]
    language: str | None
    questions: tuple[Question, ...]
    words: Mapping[str, str]

    def asked_again(self) -> "Gap | None":
        """As it is now; None when the page has to be written anew."""
        answers = [question.rows() for question in self.questions]
        asked = zip(self.questions, answers, strict=True)
        questions = tuple(question._replace(answer=_digest(rows)) for question, rows in asked)
        if questions == self.questions:
            return self
        with override(self.language), watched(frozenset()) as reading:
            words = self.words_for(*answers)
        if words is None or not reading.is_whole:  # something was asked that the page would not know of
            return None
        return self._replace(words=words, questions=questions)

    @property
    def tables(self) -> frozenset[str]:
        return tables_of(self.questions)


class Reading:
    """The questions of one page, without those of its gaps. `is_whole`: whether every one of them is known, and reads
    nothing but `watched`."""

    def __init__(self, watched: Set[str]) -> None:
        self.watched, self.is_whole = watched, True
        self.questions: list[Question] = []
        self.gaps: list[Gap] = []
        self.moments: dict[str, Callable[[], str]] = {}

    def leave_moment(self, mark: str, words: Callable[[], str]) -> str:
        """Let this mark stand in the page for what is written anew with each answer, and give it back."""
        self.moments[mark] = words
        return mark

    def leave_gap(self, queries: Iterable[Iterable[Any]], words_for: Callable[..., Words]) -> bool:
        """Let marks stand in the page for what these queries tell, to be filled in without writing the page. `words_for`
        gets the rows of each. False when there can be no marks: `words_for` says so, or Django makes something else of
        the rows than the database gives."""
        before = len(self.questions)
        answers = [list(query) for query in queries]
        words, asked = words_for(*answers), tuple(self.questions[before:])
        is_raw = [question.answer for question in asked] == [_digest(rows) for rows in answers]
        if words is None or not self.is_whole or not is_raw:
            return False
        self.gaps.append(Gap(words_for, get_language(), asked, words))
        del self.questions[before:]
        return True

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """What Django calls in place of a query (`connection.execute_wrapper`)."""
        cursor = context["cursor"]
        if isinstance(cursor.cursor, Answered):  # a second question with one cursor
            cursor.cursor = cursor.cursor.real
        result, tables = execute(sql, params, many, context), tables_in(sql)
        self.is_whole &= bool(tables) and not many and tables <= self.watched
        if self.is_whole:
            cursor.cursor = Answered(cursor.cursor)
            # The same texts again and again: each is in memory once.
            self.questions.append(Question(sys.intern(sql), params, tables, _digest(cursor.cursor.rows)))
        return result


class Answered:
    """A cursor whose rows have been fetched, to give them to whoever fetches them next."""

    def __init__(self, real: Any) -> None:
        self.real, self.rows, self.next = real, real.fetchall(), 0

    def fetchone(self) -> Any:
        return next(iter(self.fetchmany(1)), None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        start, self.next = self.next, self.next + size
        return self.rows[start : self.next]

    def fetchall(self) -> list[Any]:
        return self.fetchmany(len(self.rows))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchall())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


# That of the page which is being written to be kept, if there is one.
CURRENT: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def watched(tables: Set[str]) -> Iterator[Reading]:
    """Note what is asked in this block."""
    reading = Reading(tables)
    token = CURRENT.set(reading)
    try:
        with connection.execute_wrapper(reading):
            yield reading
    finally:
        CURRENT.reset(token)


def tables_of(questions: Iterable[Question]) -> frozenset[str]:
    return frozenset().union(*(question.tables for question in questions))


@lru_cache(maxsize=1000)
def tables_in(sql: str) -> frozenset[str]:
    """The tables that a query reads; none for what is no query, for one without any, and for what Django never writes."""
    if not sql.lstrip(" (").startswith("SELECT") or versions.TABLE in sql or SEVERAL.search(sql):
        return frozenset()
    return frozenset(READS_FROM.findall(sql))


def _digest(rows: Any) -> bytes:
    """What stands for rows: the texts of a calendar are a megabyte, of which `repr` looks at each character."""
    try:
        told = marshal.dumps(rows, TELLS_ALIKE)
    except ValueError:  # such as times, which Postgres gives
        told = repr(rows).encode()
    return hashlib.blake2b(told, digest_size=16).digest()
