from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from events.actions import pictures
from events.models import Event
from kit.meanwhile import ChangedMeanwhile
from tests.factories import make_event, make_organiser, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def with_picture(**fields) -> Event:
    event = make_event(**fields)
    file = BytesIO()
    Image.new("RGB", (30, 20), "purple").save(file, "PNG")
    file.seek(0)
    return pictures.put(event, file, alt="A purple patch")


def address(event: Event) -> str:
    return f"/pictures/{event.picture.name.rpartition('/')[2]}"


def test_the_picture_of_an_event_may_be_kept_for_ever(client):
    event = with_picture()

    answer = client.get(address(event))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Image.open(BytesIO(answer.getvalue())).size == (30, 20)
    assert answer.cookies == {}


def test_lists_load_a_small_one(client):
    event = make_event()
    file = BytesIO()
    Image.effect_noise((1600, 1200), 90).save(file, "PNG")
    file.seek(0)
    large = address(pictures.put(event, file, alt="Noise"))

    answer = client.get(large.replace("/pictures/", "/pictures/small/"))

    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(BytesIO(answer.content)).size == (400, 300)
    assert len(answer.content) * 5 < len(client.get(large).getvalue())
    Event.objects.update(state="draft")
    assert client.get(large.replace("/pictures/", "/pictures/small/")).status_code == 404


def test_the_picture_of_a_draft_is_for_its_organisers(client):
    event = with_picture(state=Event.State.DRAFT)

    assert client.get(address(event)).status_code == 404
    client.force_login(make_person())
    assert client.get(address(event)).status_code == 404
    client.force_login(make_organiser(event.group))
    answer = client.get(address(event))

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


def test_a_file_that_belongs_to_no_event_is_not_there(client):
    event = with_picture()
    Event.objects.filter(pk=event.pk).update(picture="", picture_alt="")

    assert default_storage.exists(event.picture.name)
    assert client.get(address(event)).status_code == 404


def test_a_file_that_is_gone_is_not_there(client):
    event = with_picture()
    default_storage.delete(event.picture.name)

    assert client.get(address(event)).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../secret_key",
        "..%2fsecret_key",
        "%2e%2e/secret_key",
        "..\\secret_key",
        "/etc/passwd",
        "x.webp%00.png",
        "x.webp",
        "",
        f"{'a' * 24}-10x10.webp",
        f"{'a' * 24}-10x10.svg",
    ],
)
def test_no_name_leads_to_another_file(client, name):
    (settings.MEDIA_ROOT / "secret_key").write_text("nobody may read this")
    (settings.MEDIA_ROOT / "pictures").mkdir()
    (settings.MEDIA_ROOT / "pictures" / "x.webp").write_text("nobody may read this")
    Event.objects.filter(pk=make_event().pk).update(picture="pictures/x.webp", picture_alt="x")

    answer = client.get(f"/pictures/{name}")

    assert answer.status_code == 404
    assert b"nobody may read this" not in answer.content


def test_pictures_are_only_read(client):
    assert client.post(address(with_picture())).status_code == 405


def test_who_takes_a_picture_away_takes_the_one_they_saw():
    event = with_picture()
    opened = Event.objects.get(pk=event.pk)
    file = BytesIO()
    Image.new("RGB", (30, 20), "gold").save(file, "PNG")
    file.seek(0)
    pictures.put(event, file, alt="A golden patch")

    with pytest.raises(ChangedMeanwhile):
        pictures.take_away(opened)

    assert default_storage.exists(Event.objects.get(pk=event.pk).picture.name)
