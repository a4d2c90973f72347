"""Files that are given to read, as pages show them and as an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import uploads
from events.models.handout import Handout

Words = str | Promise

# What browsers are told a file is: only what is allowed, and nothing they would show as a page of this site.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
    "md": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "webp": "image/webp",
}
KINDS: dict[str, Words] = {
    "pdf": "PDF",
    "docx": gettext_lazy("Word document"),
    "pptx": gettext_lazy("PowerPoint slides"),
    "odt": gettext_lazy("OpenDocument text"),
    "txt": gettext_lazy("Plain text"),
    "md": gettext_lazy("Plain text"),
    "csv": gettext_lazy("Table as CSV"),
    "webp": gettext_lazy("Picture"),
}
WARNINGS: dict[str, Words] = {
    uploads.PDF_WITHOUT_TEXT: gettext_lazy(
        "This PDF seems to be pictures of pages: a screen reader finds no text in it. Give the document it was made "
        "from, or type its text under “the same in words”."
    ),
    uploads.PDF_WITHOUT_TAGS: gettext_lazy(
        "This PDF has no tags, so a screen reader may read it in the wrong order. When you save a PDF from Word or "
        "LibreOffice, tick “tagged” or “for accessibility”; or give the document itself."
    ),
    uploads.PDF_LOCKED: gettext_lazy(
        "This PDF is locked, and screen readers may be locked out with everyone else. Save it again without a password."
    ),
    uploads.PICTURES_WITHOUT_WORDS: gettext_lazy(
        "There are pictures in it without words for people who cannot see them. In Word, PowerPoint or LibreOffice, "
        "press on the picture with the right button and choose “alt text”."
    ),
    uploads.LETTERS_MAY_BREAK: gettext_lazy(
        "Letters such as é or ł may be broken for others. Save it again as “UTF-8”."
    ),
}


@dataclass(frozen=True)
class Sheet:
    """One file in a list: `kind` is "PDF, 120 KB"."""

    pk: int
    title: str
    description: str
    kind: str
    warnings: list[Words]


def sheets(handouts: Iterable[Handout]) -> list[Sheet]:
    return [
        Sheet(
            pk=handout.pk,
            title=handout.title,
            description=handout.description,
            kind=_kind(handout),
            warnings=[WARNINGS[code] for code in handout.warnings if code in WARNINGS],
        )
        for handout in handouts
    ]


def file_response(handout: Handout) -> FileResponse:
    """A file as an answer: to be saved, never shown as a page of this site. Whoever calls it has seen to it that they
    may."""
    try:
        file: Any = default_storage.open(handout.file.name or "")
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    ending = _ending(handout)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{slugify(handout.title) or _('paper')}.{ending}",
        content_type=CONTENT_TYPES.get(ending, "application/octet-stream"),
        headers={"X-Content-Type-Options": "nosniff"},
    )


def _kind(handout: Handout) -> str:
    ending = _ending(handout)
    words = str(KINDS.get(ending, ending))
    try:
        size = filesizeformat(handout.file.size)
    except FileNotFoundError:
        return words
    return _("%(kind)s, %(size)s") % {"kind": words, "size": size}


def _ending(handout: Handout) -> str:
    return (handout.file.name or "").rpartition(".")[2].lower()
