"""The languages that the hub's own words exist in, and the one among some that a reader would rather have.

A hub with one language pays nothing: nobody is asked what they read, nothing is activated, no answer varies.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, override, trans_real
from django.utils.translation.trans_real import parse_accept_lang_header

MORE_THAN_ALL_TEXTS = 20_000
# While a request is answered: how to learn what people type here is written in.
_typed_in: ContextVar[Callable[[], str] | None] = ContextVar("typed_in", default=None)


def offered() -> tuple[str, ...]:
    """Codes of the languages there are: the one that the hub is written in, then each that has a catalogue."""
    return _with_a_catalogue(tuple(settings.LOCALE_PATHS), settings.LANGUAGE_CODE)


def look_up_once() -> None:
    """Let each text be looked for once in each language: Django asks some ten catalogues every time, of which for English
    all but one have nothing to say, and a page has two hundred texts."""
    for language in offered():
        catalogues = trans_real.translation(language)
        vars(catalogues)["gettext"] = lru_cache(MORE_THAN_ALL_TEXTS)(catalogues.gettext)


def is_a_choice() -> bool:
    return len(offered()) > 1


def current() -> str:
    """The language that is spoken at the moment: by a request its reader's, by the worker the hub's."""
    return get_language() or str(settings.LANGUAGE_CODE)


def wanted_by(request: HttpRequest) -> tuple[str, ...]:
    """The languages that a browser asks for, the dearest first."""
    return _wanted(request.headers.get("Accept-Language", ""))


def best(wanted: Iterable[str], among: Iterable[str]) -> str:
    """The first of `among` that somebody wants: in the same words, in the language at large (pl for pl-PL), or in
    another variety of it (en-gb for en-US). "" when there is none."""
    among = tuple(among)
    for code in wanted:
        base = code.partition("-")[0]
        same = (other for other in among if other in (code, base) or other.partition("-")[0] == base)
        if found := min(same, key=lambda other: (other != code, other != base), default=""):
            return found
    return ""


def speaking(wanted: str | Callable[[], str]) -> AbstractContextManager[None]:
    """Write the block in this language, where the hub has it; else in what is spoken already. A function is asked only
    where there is a choice."""
    if callable(wanted):
        wanted = wanted() if is_a_choice() else current()
    if wanted not in offered() or wanted == get_language():
        return nullcontext()
    return override(wanted)


@contextmanager
def typing_in(language: Callable[[], str]) -> Iterator[None]:
    """Tell apart, in this block, what people typed from what the hub says, where the two are in different languages."""
    token = _typed_in.set(language)
    try:
        yield
    finally:
        _typed_in.reset(token)


def typed_attributes() -> SafeString:
    """The attributes of a part in the words of people here, as in ` lang="pl"`; none where the whole page is in their
    language."""
    language = _typed_in.get()
    return attributes(language()) if language else SafeString("")


def attributes(language: str) -> SafeString:
    """The attributes of a part in this language, as in ` lang="ar" dir="rtl"`; none for the language of the page."""
    if not language or language == get_language():
        return SafeString("")
    if is_right_to_left(language) == is_right_to_left(current()):
        return format_html(' lang="{}"', language)
    return format_html(' lang="{}" dir="{}"', language, "rtl" if is_right_to_left(language) else "ltr")


def is_right_to_left(language: str) -> bool:
    return language.partition("-")[0] in settings.LANGUAGES_BIDI


def name_of(language: str) -> str:
    """The name of a language, in the reader's own."""
    try:
        return str(get_language_info(language)["name_translated"])
    except KeyError:
        return language


@lru_cache
def _with_a_catalogue(folders: tuple[Path, ...], source: str) -> tuple[str, ...]:
    # Looked up once: like Django's, new catalogues are found when the program starts.
    files = (file for folder in folders for file in Path(folder).glob("*/LC_MESSAGES/django.mo"))
    codes = {file.parts[-3].lower().replace("_", "-") for file in files}
    return source, *sorted(codes - {source})


@lru_cache(maxsize=1000)
def _wanted(header: str) -> tuple[str, ...]:
    """The codes that a header asks for, without those it refuses (q=0)."""
    codes = [code for code, quality in parse_accept_lang_header(header) if quality > 0]
    # "*" stands for whatever there is, so nothing after it is asked for.
    return tuple(codes[: codes.index("*")] if "*" in codes else codes)
