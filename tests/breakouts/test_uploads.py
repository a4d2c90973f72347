"""What hosts hand out is looked at: is it what its name says, and can everybody read it?"""

import time
import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image

from breakouts import uploads

WORDS, CHART = '<wp:docPr id="1" descr="A quilt"/><pic:pic/>', '<wp:docPr id="2"/><c:chart/>'


def warnings(content: bytes, ending: str) -> list[str]:
    return uploads.inspect(content, ending).warnings


def a_pdf(*parts: bytes) -> bytes:
    return b"%PDF-1.7\n" + b"\n".join(parts) + b"\nstartxref\n0\n%%EOF"


def packed(words: bytes) -> bytes:
    stream = zlib.compress(words)
    return b"<</Type /ObjStm /Filter /FlateDecode>> stream\r\n" + stream + b"\nendstream"


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
        (a_pdf(b"/StructTreeRoot 1 0 R", b"/Font"), []),
        (a_pdf(b"/Font"), [uploads.PDF_WITHOUT_TAGS]),
        (a_pdf(b"/StructTreeRoot 1 0 R"), [uploads.PDF_WITHOUT_TEXT]),
        (a_pdf(b"/XObject /Image"), [uploads.PDF_WITHOUT_TEXT]),
        (a_pdf(packed(b"/StructTreeRoot 1 0 R /Font")), []),
        (a_pdf(packed(b"/Font")), [uploads.PDF_WITHOUT_TAGS]),
        (a_pdf(packed(b"x"), packed(b"/StructTreeRoot /Font")), []),
        (a_pdf(b"/Encrypt 12 0 R"), [uploads.PDF_LOCKED]),
        (a_pdf(b"/ObjStm stream\r\nnot packed at all endstream /Font"), [uploads.PDF_WITHOUT_TAGS]),
    ],
)
def test_a_pdf_needs_text_and_tags(content, expected):
    assert warnings(content, "pdf") == expected


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


@pytest.mark.parametrize("ending", uploads.allowed())
@pytest.mark.parametrize("content", [b"\x00", b"\x00\x01\x02 not a document", b"PK\x03\x04 half a zip \x00"])
def test_what_is_broken_is_refused_whatever_it_is_called(content, ending):
    with pytest.raises(uploads.Unreadable):
        uploads.inspect(content, ending)


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (a_pdf(b"/Font")[:-20], "pdf"),
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


def test_a_pdf_that_unfolds_without_end_is_looked_at_as_far_as_it_fits(monkeypatch):
    monkeypatch.setattr(uploads, "UNFOLDED", 1000)
    content = a_pdf(packed(b" " * 5000), packed(b"/Font"))

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


@pytest.mark.parametrize(
    "part",
    [
        b"/ObjStm stream\n",
        b"/ObjStm stream\n" + zlib.compress(b" " * 19_000_000)[:-1] + b"\x00endstream",
    ],
)
def test_a_pdf_made_to_be_slow_is_not(part):
    content = a_pdf(part * min(500_000, 5_000_000 // len(part)), b"endstream /Font")

    begun = time.monotonic()
    uploads.inspect(content, "pdf")
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_document_packed_in_a_way_that_unfolds_at_once_is_refused(way):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", way) as document:
        document.writestr("word/document.xml", "<w:document/>")

    with pytest.raises(uploads.Unreadable):
        uploads.inspect(buffer.getvalue(), "docx")
