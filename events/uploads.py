"""What somebody hands out, looked at before it is kept: is it what its name says, and can everybody read it?

What is found is a warning, never a refusal: a scanned page with its text typed beside it is better than no page.
"""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from events import pictures
from kit.csv import without_formulas
from kit.environment import BASE_DIR

PICTURES = ("png", "jpg", "jpeg")
TEXTS = ("txt", "md", "csv")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# A sheet of paper unfolded in memory takes no more than this; what is beyond it is not looked at.
UNFOLDED = 20 * 1024 * 1024
# What a zip file says about itself before it is unfolded. Real documents have parts of a few megabytes.
LARGEST_PART = 100 * 1024 * 1024
MOST_PARTS = 5000

# Asked by name, never imported: a library for PDFs is 8 MiB in every process of a hub that opens three a week.
PDF_READER = "events.pdf_reading"
# What it answers.
PDF_WITHOUT_TEXT = "pdf_without_text"
PDF_WITHOUT_TAGS = "pdf_without_tags"
PDF_LOCKED = "pdf_locked"
PDF_BROKEN = "broken"
PICTURES_WITHOUT_WORDS = "pictures_without_words"
LETTERS_MAY_BREAK = "letters_may_break"

# The part that makes a zip file such a document, and the parts in which its pictures stand.
OFFICE = {
    "docx": ("word/document.xml", re.compile(r"word/(document|header\d*|footer\d*)\.xml")),
    "pptx": ("ppt/presentation.xml", re.compile(r"ppt/slides/slide\d+\.xml")),
    "odt": ("content.xml", re.compile(r"content\.xml")),
}
# How a picture begins and ends there, and what is in it when it is one (and not a chart).
PICTURE_IN = {
    "docx": (b"<w:drawing", b"</w:drawing>", b"<pic:pic"),
    "pptx": (b"<p:pic>", b"</p:pic>", b""),
    "odt": (b"<draw:frame", b"</draw:frame>", b"<draw:image"),
}
# Its words for people who cannot see it. Files come from anybody: no pattern here goes over the same bytes twice.
HAS_WORDS = re.compile(rb"""descr="\s*[^\s"]|<svg:(?:title|desc)>\s*[^<\s]""")
# Or that it is only decoration, which stands near the beginning of such an element.
DECORATIVE, DECORATIVE_WITHIN = b"decorative ", 300
# What office programs pack with. The other ways unfold all at once, however large.
PACKED_WITH = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Seconds. Far more than the reader of PDFs may use, for a machine that is busy with something else.
LONGEST_WAIT = 20


class Unreadable(ValueError):
    """The file is broken, locked with a password, or not what its name says."""


class TooManyPixels(ValueError):
    """A picture that would need far more memory than the size of its file suggests."""


@dataclass(frozen=True)
class Looked:
    """A file as it is to be kept. A picture is written anew, without the place where it was taken."""

    content: bytes
    ending: str
    warnings: list[str]


def inspect(content: bytes, ending: str) -> Looked:
    """Look at a file before it is kept. `ending` is one of allowed(). Raises Unreadable, TooManyPixels."""
    if ending in PICTURES:
        return _picture(content)
    if ending == "csv":
        return _table(content)
    look = _pdf if ending == "pdf" else _text if ending in TEXTS else _office(ending)
    return Looked(content, ending, look(content))


def allowed() -> tuple[str, ...]:
    return ("pdf", *OFFICE, *TEXTS, *PICTURES)


def _picture(content: bytes) -> Looked:
    try:
        written = pictures.rewritten(BytesIO(content))
    except pictures.TooManyPixels as error:
        raise TooManyPixels from error
    except pictures.NotAPicture as error:
        raise Unreadable from error
    return Looked(written.content, "webp", [])


def _table(content: bytes) -> Looked:
    """A table for the whole room, which a spreadsheet opens: nothing in it may run."""
    warnings = _text(content)
    # What cannot be read comes out again as it went in.
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8"
    errors = "replace" if content.startswith(UTF_16) else "surrogateescape"
    text = content.decode(encoding, errors)
    safe = without_formulas(text)
    return Looked(content if safe == text else safe.encode(encoding, errors), "csv", warnings)


def _text(content: bytes) -> list[str]:
    if content.startswith(UTF_16):
        return [LETTERS_MAY_BREAK]
    if b"\x00" in content:
        raise Unreadable
    try:
        content.decode()
    except UnicodeDecodeError:
        return [LETTERS_MAY_BREAK]
    return []


def _pdf(content: bytes) -> list[str]:
    """The warnings about a PDF."""
    if b"%PDF-" not in content[:1024] or b"startxref" not in content[-4096:]:
        raise Unreadable
    try:
        reader = subprocess.run(  # noqa: S603 (this very Python)
            [sys.executable, "-m", PDF_READER],
            input=content,
            capture_output=True,
            cwd=BASE_DIR,
            timeout=LONGEST_WAIT,
        )
    except subprocess.TimeoutExpired:
        # What takes longer or more room than it may counts as a PDF in which nobody finds the text.
        return [PDF_WITHOUT_TEXT]
    if reader.returncode < 0:  # ended by its limits
        return [PDF_WITHOUT_TEXT]
    reader.check_returncode()
    found = reader.stdout.decode().split()
    if PDF_BROKEN in found:
        raise Unreadable
    return found


def _office(ending: str) -> Callable[[bytes], list[str]]:
    needed, with_pictures = OFFICE[ending]

    def look(content: bytes) -> list[str]:
        try:
            with zipfile.ZipFile(BytesIO(content)) as document:
                parts = _parts(document, needed, with_pictures)
                lacking = any(_lacks_words(part, *PICTURE_IN[ending]) for part in parts)
        except Exception as error:  # zip files break in many ways, all of which mean the same
            raise Unreadable from error
        return [PICTURES_WITHOUT_WORDS] if lacking else []

    return look


def _parts(document: zipfile.ZipFile, needed: str, wanted: "re.Pattern[str]") -> list[bytes]:
    infos = document.infolist()
    if needed not in document.namelist() or len(infos) > MOST_PARTS:
        raise Unreadable
    if any(info.file_size > LARGEST_PART or info.compress_type not in PACKED_WITH for info in infos):
        raise Unreadable
    left, parts = UNFOLDED, []
    for info in infos:
        if wanted.fullmatch(info.filename) and left > 0:
            with document.open(info) as part:
                parts.append(part.read(left))
            left -= len(parts[-1])
    return parts


def _lacks_words(part: bytes, begins: bytes, ends: bytes, sign: bytes) -> bool:
    pictures_in_it = (piece.partition(ends)[0] for piece in part.split(begins)[1:])
    return any(
        sign in picture and not HAS_WORDS.search(picture) and not _is_decoration(picture)
        for picture in pictures_in_it
    )


def _is_decoration(picture: bytes) -> bool:
    pieces = picture.split(DECORATIVE)[1:]
    return any(b'val="1"' in piece[:DECORATIVE_WITHIN].partition(b">")[0] for piece in pieces)
