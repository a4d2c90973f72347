"""The picture of an event, from upload to what is stored."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from events.models import Event
from tests.factories import make_event

pytestmark = pytest.mark.django_db

ALT = "Four people laugh around a table."


def picture_of(event: Event) -> str:
    return f"/organise/events/{event.slug}/picture/"


def uploaded(content: bytes, name: str = "../../party.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def drawn(form: str = "JPEG", size: tuple[int, int] = (64, 48), colour: str = "plum", **more) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, form, **more)
    return buffer.getvalue()


def claimed(width: int, height: int) -> bytes:
    """A PNG that has hardly a pixel of all those it promises."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\x00" * 100)), (b"IEND", b""))
    packed = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def send(client, event: Event, content: bytes | None = None, alt: str = ALT):
    return client.post(
        picture_of(event), {"picture_alt": alt} | ({"upload": uploaded(content)} if content else {})
    )


def errors(response) -> dict[str, list[str]]:
    return response.context["form"].errors


@pytest.fixture
def event(group) -> Event:
    return make_event(group=group)


def test_a_picture_is_stored_under_a_name_of_our_own_with_its_words(signed_in, event):
    send(signed_in, event, drawn())

    event.refresh_from_db()
    assert event.picture_alt == ALT
    assert event.picture.name.startswith("pictures/")
    assert event.picture.name.endswith("-64x48.webp")
    with default_storage.open(event.picture.name) as file, Image.open(file) as stored:
        assert stored.format == "WEBP"


def test_no_picture_without_words(signed_in, event):
    response = send(signed_in, event, drawn(), alt=" ")

    event.refresh_from_db()
    assert errors(response) == {"picture_alt": ["Describe the picture"]}
    assert not event.picture


def test_no_words_without_a_picture(signed_in, event):
    assert errors(send(signed_in, event)) == {"upload": ["Choose a picture"]}


def test_the_words_can_be_changed_later_without_the_picture(signed_in, event):
    send(signed_in, event, drawn())
    event.refresh_from_db()
    before = event.picture.name

    send(signed_in, event, alt="Somebody holds a cup.")

    event.refresh_from_db()
    assert (event.picture.name, event.picture_alt) == (before, "Somebody holds a cup.")


def test_another_picture_takes_the_place_of_the_first_file(signed_in, event):
    send(signed_in, event, drawn(colour="plum"))
    event.refresh_from_db()
    first = event.picture.name

    send(signed_in, event, drawn(colour="gold"))

    event.refresh_from_db()
    assert event.picture.name != first
    assert [default_storage.exists(name) for name in (first, event.picture.name)] == [False, True]


def test_a_file_that_two_events_show_stays_for_the_other(signed_in, event, group):
    other = make_event(group=group)
    send(signed_in, event, drawn())
    send(signed_in, other, drawn())

    signed_in.post(f"/organise/events/{event.slug}/picture/removal/")

    other.refresh_from_db()
    assert default_storage.exists(other.picture.name)


def test_it_can_be_taken_away(signed_in, event):
    send(signed_in, event, drawn())
    event.refresh_from_db()
    name = event.picture.name

    signed_in.post(f"/organise/events/{event.slug}/picture/removal/")

    event.refresh_from_db()
    assert (event.picture.name, event.picture_alt, default_storage.exists(name)) == ("", "", False)


def test_reading_the_address_of_the_removal_changes_nothing(signed_in, event):
    assert signed_in.get(f"/organise/events/{event.slug}/picture/removal/").status_code == 405


def test_where_and_when_it_was_taken_is_left_behind(signed_in, event):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ruth"
    exif.get_ifd(0x8825)[1] = "N"

    send(signed_in, event, drawn(exif=exif, comment=b"from Ruth"))

    event.refresh_from_db()
    with default_storage.open(event.picture.name) as file:
        content = file.read()
    assert b"Ruth" not in content
    with Image.open(BytesIO(content)) as stored:
        assert dict(stored.getexif()) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "cannot read"),
        (drawn("BMP"), "cannot read"),
        (drawn()[:200], "cannot read"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 4000, "cannot read"),
        (claimed(4000, 3001), "too many pixels"),
        (claimed(60_000, 60_000), "too many pixels"),
    ],
    ids=["svg", "bmp", "cut", "broken", "pixels", "bomb"],
)
def test_what_is_no_picture_or_too_large_is_refused_in_words(signed_in, event, content, words):
    response = send(signed_in, event, content)

    event.refresh_from_db()
    assert words in errors(response)["upload"][0]
    assert ALT in response.content.decode()
    assert not event.picture


def test_a_file_of_too_many_bytes_is_refused(signed_in, event, settings):
    settings.PICTURE_MAX_BYTES = 1024 * 1024
    response = send(signed_in, event, drawn() + b"\x00" * (1024 * 1024))

    assert errors(response) == {"upload": ["Choose a picture of up to 1 MB"]}


def test_an_empty_file_is_refused(signed_in, event):
    response = signed_in.post(picture_of(event), {"picture_alt": ALT, "upload": uploaded(b"")})

    assert errors(response) == {"upload": ["The file is empty. Choose another one"]}


def test_large_pictures_become_smaller_and_stand_upright(signed_in, event):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter

    send(signed_in, event, drawn(size=(3200, 1600), exif=exif))

    event.refresh_from_db()
    assert event.picture.name.endswith("-800x1600.webp")


def test_a_see_through_picture_gets_a_white_ground(signed_in, event):
    buffer = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(buffer, "PNG")

    send(signed_in, event, buffer.getvalue())

    event.refresh_from_db()
    with default_storage.open(event.picture.name) as file, Image.open(file) as stored:
        assert stored.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_the_second_of_two_is_asked(signed_in, event):
    opened = signed_in.get(picture_of(event)).context["form"].opened()
    send(signed_in, event, drawn(colour="gold"))

    response = signed_in.post(
        picture_of(event), {"picture_alt": "Mine", "upload": uploaded(drawn()), "opened": opened}
    )

    assert [change.label for change in response.context["changes"]] == ["Picture", "Describe the picture"]


def test_calendars_are_told_where_it_really_is(signed_in, event):
    send(signed_in, event, drawn())

    event.refresh_from_db()
    address = f"http://localhost:8000/pictures/{event.picture.name.removeprefix('pictures/')}"
    shown = signed_in.get(address)
    assert address in event.sessions.get().vevent.replace("\r\n ", "")
    assert (shown.getvalue()[:4], shown["Content-Type"]) == (b"RIFF", "image/webp")
