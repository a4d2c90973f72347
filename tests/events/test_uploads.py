"""What hosts hand out is looked at: is it what its name says, and can everybody read it?"""

import itertools
import os
import struct
import subprocess
import time
import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter

from events import pdf_reading, uploads

WORDS, CHART = '<wp:docPr id="1" descr="A quilt"/><pic:pic/>', '<wp:docPr id="2"/><c:chart/>'


def warnings(content: bytes, ending: str) -> list[str]:
    return uploads.inspect(content, ending).warnings


FONT, TAGS = b"/Font<</F1 9 0 R>>", b"/StructTreeRoot 9 0 R"
IN_A_DRAWING = b"/XObject<</X1 4 0 R>>"


def a_pdf(resources: bytes = FONT, catalog: bytes = TAGS, *, more: dict[int, bytes] | None = None) -> bytes:
    """One page. `more` are further objects by their numbers; 9 is taken."""
    objects = pages(resources, catalog) | (more or {})
    return written({number: b"%d 0 obj" % number + words + b"endobj" for number, words in objects.items()})


def a_packed_pdf(resources: bytes = FONT, catalog: bytes = TAGS, filling: bytes = b"") -> bytes:
    """The same as programs of today write it: catalogue and pages in one compressed part, their places in another."""
    objects = pages(resources, catalog)
    starts = itertools.accumulate((len(words) + 1 for words in objects.values()), initial=0)
    places = b" ".join(b"%d %d" % pair for pair in zip(objects, starts, strict=False)) + b" "
    parts = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(places))
    begun = (
        b"%PDF-1.7\n"
        + b"5 0 obj"
        + stream(parts, places + b" ".join(objects.values()) + filling)
        + b"endobj\n"
    )
    rows = [(0, 0, 0)] * 10
    rows[5], rows[6] = (1, 9, 0), (1, len(begun), 0)
    for at, number in enumerate(objects):
        rows[number] = (2, 5, at)
    table = stream(
        b"/Type/XRef/W[1 4 2]/Size 10/Root 1 0 R", b"".join(struct.pack(">BIH", *row) for row in rows)
    )
    return begun + b"6 0 obj" + table + b"endobj\nstartxref\n%d\n%%%%EOF" % len(begun)


def pages(resources: bytes, catalog: bytes) -> dict[int, bytes]:
    return {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]/Resources<<" + resources + b">>>>",
        3: b"<</Type/Page/Parent 2 0 R>>",
        9: b"<<>>",
    }


def stream(entries: bytes, words: bytes) -> bytes:
    folded = zlib.compress(words)
    lengths = b"/Filter/FlateDecode/Length %d" % len(folded)
    return b"<<" + entries + lengths + b">>stream\n" + folded + b"\nendstream"


def drawing(resources: bytes, subtype: bytes = b"/Form") -> dict[int, bytes]:
    return {4: stream(b"/Type/XObject/Subtype" + subtype + b"/Resources<<" + resources + b">>", b"")}


def written(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """With the table of where each object begins."""
    body, places = b"%PDF-1.7\n", [b"0000000000 65535 f \n"] * (max(objects) + 1)
    for number, words in objects.items():
        places[number] = b"%010d 00000 n \n" % len(body)
        body += words + b"\n"
    table = b"xref\n0 %d\n" % len(places) + b"".join(places)
    root = b"trailer<</Root 1 0 R/Size %d%s>>\n" % (len(places), trailer)
    return body + table + root + b"startxref\n%d\n%%%%EOF" % len(body)


def a_locked_pdf(owner_only: bool = False) -> bytes:
    writer, buffer = PdfWriter(clone_from=BytesIO(a_pdf())), BytesIO()
    writer.encrypt("" if owner_only else "secret", "other", algorithm="AES-256")
    writer.write(buffer)
    return buffer.getvalue()


def zipped(**parts: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as document:
        for name, words in parts.items():
            document.writestr(name, words)
    return buffer.getvalue()


def a_docx(*drawings: str) -> bytes:
    body = "".join(f"<w:drawing>{drawing}</w:drawing>" for drawing in drawings)
    return zipped(**{"word/document.xml": f"<w:document>{body}</w:document>"})


def a_pptx(picture: str) -> bytes:
    slide = f"<p:sld><p:pic>{picture}</p:pic></p:sld>"
    return zipped(**{"ppt/presentation.xml": "<p:presentation/>", "ppt/slides/slide1.xml": slide})


def an_odt(frame: str) -> bytes:
    return zipped(**{"content.xml": f"<office><draw:frame>{frame}</draw:frame></office>"})


def a_picture(kind: str = "PNG", size: tuple[int, int] = (30, 20)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "purple").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (a_pdf(), []),
        (a_pdf(catalog=b""), [uploads.PDF_WITHOUT_TAGS]),
        (a_pdf(b""), [uploads.PDF_WITHOUT_TEXT]),
        (a_pdf(b"/Font<<>>"), [uploads.PDF_WITHOUT_TEXT]),
        (a_pdf(IN_A_DRAWING, more=drawing(FONT)), []),
        (a_pdf(IN_A_DRAWING, more=drawing(b"")), [uploads.PDF_WITHOUT_TEXT]),
        (a_pdf(IN_A_DRAWING, more=drawing(FONT, b"/Image")), [uploads.PDF_WITHOUT_TEXT]),
        (a_pdf(IN_A_DRAWING, more=drawing(IN_A_DRAWING)), [uploads.PDF_WITHOUT_TEXT]),
        (a_packed_pdf(), []),
        (a_packed_pdf(catalog=b""), [uploads.PDF_WITHOUT_TAGS]),
        (a_packed_pdf(resources=b""), [uploads.PDF_WITHOUT_TEXT]),
    ],
)
def test_a_pdf_needs_text_and_tags(content, expected):
    assert warnings(content, "pdf") == expected


def test_words_that_only_look_like_a_font_or_tags_are_none():
    content = a_pdf(b"", b"", more={4: b"(/Font /StructTreeRoot /Encrypt 12 0 R)"})

    assert warnings(content, "pdf") == [uploads.PDF_WITHOUT_TEXT]


@pytest.mark.parametrize(
    "content",
    [
        a_locked_pdf(),
        a_locked_pdf(owner_only=True),
        a_pdf().replace(b"/Size", b"/Encrypt<</Filter/Adobe.PubSec/V 4>>/Size"),
    ],
)
def test_a_locked_pdf_is_said_to_be(content):
    assert warnings(content, "pdf") == [uploads.PDF_LOCKED]


@pytest.mark.parametrize(
    ("content", "ending", "is_lacking"),
    [
        (a_docx(), "docx", False),
        (a_docx(WORDS), "docx", False),
        (a_docx('<wp:docPr id="1"/><pic:pic/>'), "docx", True),
        (a_docx('<wp:docPr descr=""/><pic:pic/>'), "docx", True),
        (a_docx('<wp:docPr descr="  "/><pic:pic/>'), "docx", True),
        (a_docx('<wp:docPr/><adec:decorative val="1"/><pic:pic/>'), "docx", False),
        (a_docx(CHART), "docx", False),
        (a_docx(WORDS, CHART, "<wp:docPr/><pic:pic/>"), "docx", True),
        (a_pptx('<p:cNvPr descr="A quilt"/>'), "pptx", False),
        (a_pptx('<p:cNvPr name="1"/>'), "pptx", True),
        (an_odt("<draw:image/><svg:desc>A quilt</svg:desc>"), "odt", False),
        (an_odt("<draw:image/><svg:title></svg:title>"), "odt", True),
        (an_odt("<draw:text-box/>"), "odt", False),
    ],
)
def test_pictures_in_documents_need_words(content, ending, is_lacking):
    assert warnings(content, ending) == ([uploads.PICTURES_WITHOUT_WORDS] if is_lacking else [])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Café".encode(), []),
        ("Café".encode("latin-1"), [uploads.LETTERS_MAY_BREAK]),
        ("Café".encode("utf-16"), [uploads.LETTERS_MAY_BREAK]),
    ],
)
def test_texts_are_best_in_utf_8(content, expected):
    for ending in uploads.TEXTS:
        assert warnings(content, ending) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_a_table_runs_nothing_in_anybodys_spreadsheet(encoding):
    table = "=2;Café;=1+1\r\n-5;@x\r\n"

    kept = uploads.inspect(table.encode(encoding), "csv").content

    assert kept == "'=2;Café;'=1+1\r\n-5;'@x\r\n".encode(encoding)


def test_a_table_in_which_nothing_runs_is_kept_letter_by_letter():
    table = b'Room,"a ""b"", c"\r\n1,-2.5\n'

    assert uploads.inspect(table, "csv").content == table


@pytest.mark.parametrize("ending", uploads.allowed())
@pytest.mark.parametrize("content", [b"\x00", b"\x00\x01\x02 not a document", b"PK\x03\x04 half a zip \x00"])
def test_what_is_broken_is_refused_whatever_it_is_called(content, ending):
    with pytest.raises(uploads.Unreadable):
        uploads.inspect(content, ending)


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (a_pdf()[:-20], "pdf"),
        (b"%PDF-1.7 startxref 0 %%EOF", "pdf"),
        (b"%PDF-1.7 1 0 obj [" + b"[" * 100_000 + b" trailer<</Root 1 0 R>> startxref 0 %%EOF", "pdf"),
        (a_docx(), "odt"),
        (a_docx(), "pptx"),
        (a_docx(WORDS)[:-30], "docx"),
        (a_docx(), "pdf"),
        (a_picture()[:40], "png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "png"),
    ],
)
def test_what_is_cut_or_something_else_is_refused(content, ending):
    with pytest.raises(uploads.Unreadable):
        uploads.inspect(content, ending)


def test_a_picture_is_written_anew_without_what_a_camera_adds():
    picture = Image.new("RGB", (30, 20), "purple")
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    buffer = BytesIO()
    picture.save(buffer, "JPEG", exif=exif)
    assert b"Secret camera" in buffer.getvalue()

    paper = uploads.inspect(buffer.getvalue(), "jpg")

    assert (paper.ending, Image.open(BytesIO(paper.content)).size) == ("webp", (30, 20))
    assert b"Secret camera" not in paper.content


def test_a_picture_of_too_many_pixels_is_refused():
    with pytest.raises(uploads.TooManyPixels):
        uploads.inspect(a_picture(size=(6000, 4000)), "png")


def test_a_document_that_unfolds_without_end_is_not_unfolded():
    bomb = a_docx("<wp:docPr/>" + " " * (110 * 1024 * 1024))

    begun = time.monotonic()
    with pytest.raises(uploads.Unreadable):
        uploads.inspect(bomb, "docx")
    assert time.monotonic() - begun < 5


def test_a_pdf_that_unfolds_without_end_is_not_looked_at():
    content = a_packed_pdf(filling=b" " * (pdf_reading.UNFOLDED + 1))

    assert len(content) < 200_000
    assert warnings(content, "pdf") == [uploads.PDF_WITHOUT_TEXT]


@pytest.mark.parametrize("part", [b"<w:drawing", b"<w:drawing>", b'descr="'])
def test_words_made_to_be_slow_are_not(part):
    content = zipped(**{"word/document.xml": (part * 500_000).decode()})

    begun = time.monotonic()
    uploads.inspect(content, "docx")
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "picture",
    ['<pic:pic/><wp:docPr descr="' + "a" * 500_000, "<pic:pic/>" + "decorative " * 500_000],
)
def test_words_that_never_end_are_read_once(picture):
    begun = time.monotonic()
    uploads.inspect(a_docx(picture), "docx")
    assert time.monotonic() - begun < 5


def test_a_pdf_made_to_be_slow_is_not():
    """Digits like these take a reader of PDFs six seconds a megabyte."""
    content = a_pdf(catalog=b"/X<" + b"41" * 4_000_000 + b">")

    begun = seconds_of_the_processor()
    assert warnings(content, "pdf") == [uploads.PDF_WITHOUT_TEXT]
    assert seconds_of_the_processor() - begun < 5


def test_nobody_waits_longer_than_they_may_for_a_pdf(monkeypatch):
    monkeypatch.setattr(uploads, "LONGEST_WAIT", 0.001)

    assert warnings(a_pdf(), "pdf") == [uploads.PDF_WITHOUT_TEXT]


def test_a_reader_of_pdfs_that_does_not_start_is_no_finding(monkeypatch):
    monkeypatch.setattr(uploads, "PDF_READER", "breakouts.nothing")

    with pytest.raises(subprocess.CalledProcessError):
        warnings(a_pdf(), "pdf")


def seconds_of_the_processor() -> float:
    """Of this process and those it started."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_document_packed_in_a_way_that_unfolds_at_once_is_refused(way):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", way) as document:
        document.writestr("word/document.xml", "<w:document/>")

    with pytest.raises(uploads.Unreadable):
        uploads.inspect(buffer.getvalue(), "docx")
