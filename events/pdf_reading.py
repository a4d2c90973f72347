"""A program that says what a PDF on its standard input offers to people who cannot see it.

Files come from anybody, and a small one can be made to keep any reader of PDFs busy for minutes. So it runs in a
process of its own (`uploads.inspect` starts it), which takes no more than SECONDS and MEMORY and imports no Django.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from pypdf import PdfReader, overwrite_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import DictionaryObject, PdfObject

try:
    import resource
except ImportError:  # Windows has no such limits; there only the patience of whoever started it ends it.
    resource = None  # type: ignore[assignment]

# What it answers: words that events/uploads.py knows.
WITHOUT_TEXT = "pdf_without_text"
WITHOUT_TAGS = "pdf_without_tags"
LOCKED = "pdf_locked"
BROKEN = "broken"

# Of the processor, not of the clock: a busy machine does not make a good file a bad one.
SECONDS = 2
MEMORY = 256 * 1024 * 1024
# One part of a file, unfolded.
UNFOLDED = 20 * 1024 * 1024
# Drawings inside drawings: programs that print to PDF wrap a page in one or two.
DEEPEST = 4


def main() -> None:
    stay_within_bounds()
    print(finding(sys.stdin.buffer.read()))


def stay_within_bounds() -> None:
    logging.disable(logging.CRITICAL)
    overwrite_configuration(
        disable_legacy_handling=True,
        jbig2dec_binary=None,
        lzw_maximum_output_length=UNFOLDED,
        run_length_maximum_output_length=UNFOLDED,
        zlib_maximum_output_length=UNFOLDED,
    )
    if resource:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        with suppress(ValueError, OSError):  # macOS has this limit by name only
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def finding(content: bytes) -> str:
    """What is wrong with a PDF: one of the words above, or an empty string."""
    try:
        document = PdfReader(BytesIO(content))
        if document.is_encrypted:
            return LOCKED
        root = document.root_object
    except NotImplementedError:  # locked in a way that pypdf does not know
        return LOCKED
    except (LimitReachedError, MemoryError):
        return WITHOUT_TEXT
    except Exception:  # PDFs break in many ways, all of which mean the same
        return BROKEN
    if not has_text(document):
        return WITHOUT_TEXT
    return "" if "/StructTreeRoot" in root else WITHOUT_TAGS


def has_text(document: PdfReader) -> bool:
    """Whether a page has a font to write with. A scanned page has none; one whose text was recognised has."""
    try:
        return any(has_font(page.get("/Resources")) for page in document.pages)
    except Exception:  # pages that pypdf cannot read, a screen reader hardly can
        return False


def has_font(resources: PdfObject | None, depth: int = 0) -> bool:
    resources = resources and resources.get_object()
    if not isinstance(resources, DictionaryObject) or depth > DEEPEST:
        return False
    return bool(opened(resources, "/Font")) or any(
        has_font(drawing.get("/Resources"), depth + 1) for drawing in drawings(resources)
    )


def drawings(resources: DictionaryObject) -> Iterator[DictionaryObject]:
    """What a page is put together from, beside its own words (form XObjects: ISO 32000-1, 8.10)."""
    for part in opened(resources, "/XObject").values():
        drawing = part.get_object()
        if isinstance(drawing, DictionaryObject) and drawing.get("/Subtype") == "/Form":
            yield drawing


def opened(dictionary: DictionaryObject, name: str) -> DictionaryObject:
    """The dictionary under `name`, or an empty one."""
    found = dictionary.get(name)
    found = found and found.get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


if __name__ == "__main__":
    main()
