"""The pages on which hosts give something to read."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from breakouts.actions import host_departures, hosts, materials
from breakouts.models import Host, Material
from tests.breakouts.factories import make_host, make_social, make_topic
from tests.events.test_uploads import a_docx, a_pdf, a_picture
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
@made_once
def host() -> Host:
    return make_host(make_topic(make_social()), "keli@example.org")


def page(host: Host) -> str:
    return reverse("breakouts:host_materials", args=[host.token])


def one(name: str, host: Host, material: Material) -> str:
    return reverse(f"breakouts:{name}", args=[host.token, material.pk])


def upload(client: Client, host: Host, name: str, content: bytes, **fields: str) -> str:
    data = {"upload": SimpleUploadedFile(name, content), "title": "To read", "description": ""} | fields
    return said(client.post(page(host), data, follow=True))


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_file_is_given_and_stands_on_the_page_of_the_room(client, host):
    text = upload(client, host, "list.txt", b"Read me.", title="Reading <list>")

    assert "we found nothing that would be hard to read" in text
    assert "Reading &lt;list&gt;" in text
    assert "Plain text" in text
    assert "Reading &lt;list&gt;" in said(client.get(host.get_absolute_url()))


def test_a_file_is_saved_and_never_shown_as_a_page(client, host):
    upload(client, host, "page.md", b"<script>alert(1)</script>", title="Ümläut / ..\\x")

    answer = client.get(one("host_material", host, Material.objects.get()))

    assert answer.getvalue() == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"] == 'attachment; filename="umlaut-x.md"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("scan.pdf", a_pdf(b""), "a screen reader finds no text in it"),
        ("flat.pdf", a_pdf(catalog=b""), "This PDF has no tags"),
        ("quilt.docx", a_docx("<wp:docPr/><pic:pic/>"), "pictures in it without words"),
        ("old.csv", b"Caf\xe9", "Save it again as “UTF-8”"),
    ],
)
def test_what_may_be_hard_for_some_is_kept_with_a_warning(client, host, name, content, words):
    text = upload(client, host, name, content)

    assert "Something in it may be hard for some people" in text
    assert words in text
    assert "look again" in said(client.get(host.get_absolute_url()))


@pytest.mark.parametrize("name", ["broken.pdf", "broken.DOCX", "broken.jpg", "broken.txt"])
def test_a_broken_file_gets_a_clear_message_and_no_word_is_lost(client, host, name):
    text = upload(client, host, name, b"\x00\x01", title="My title", description="My words")

    assert "We cannot read this file" in text
    assert "My title" in text
    assert "My words" in text
    assert not Material.objects.exists()


@pytest.mark.parametrize("name", ["tool.exe", "page.html", "drawing.svg", "noending", ".pdf.zip", "x.docm"])
def test_other_kinds_of_files_are_not_taken(client, host, name):
    assert "Choose a file of one of these kinds" in upload(client, host, name, b"x")


def test_a_file_that_is_too_large_is_not_taken(client, host, monkeypatch):
    monkeypatch.setattr("events.forms.handouts.MOST_BYTES", 1024 * 1024)

    assert "Choose a file of up to 1 MB" in upload(client, host, "large.txt", b"x" * (1024 * 1024 + 1))


def test_no_file_an_empty_one_and_no_title_are_said(client, host):
    nothing = said(client.post(page(host), {}))

    assert "Choose a file" in nothing
    assert "Give it a title" in nothing
    assert "The file is empty" in upload(client, host, "empty.txt", b"")


def test_a_picture_needs_words(client, host):
    assert "Say in words what is in the picture" in upload(client, host, "quilt.png", a_picture())

    text = upload(client, host, "quilt.png", a_picture(), description="A purple quilt")

    assert "A purple quilt" in text
    assert Material.objects.get().file.name.endswith(".webp")


def test_more_than_ten_are_too_many(client, host):
    for _number in range(materials.MOST_IN_A_ROOM):
        materials.add(host, b"x", ending="txt", title="x")

    assert "Take something away first" in upload(client, host, "one.txt", b"x")


def test_a_co_host_may_take_away_what_a_host_gave_and_twice_is_harmless(client, host):
    material = materials.add(host, b"x", ending="txt", title="x")
    sam = hosts.agree(
        hosts.invite(host.topic, name="Sam", email="sam@example.org", as_co_host=True), values=None
    )

    for words in ("It is gone", "Nothing was changed."):
        assert words in said(client.post(one("host_material_removal", sam, material), follow=True))

    assert not Material.objects.exists()


def test_reading_does_not_take_away(client, host):
    material = materials.add(host, b"x", ending="txt", title="x")

    assert client.get(one("host_material_removal", host, material)).status_code == 405


def test_what_belongs_to_another_room_is_not_there(client, host):
    other = make_host(make_topic(host.topic.event))
    theirs = materials.add(other, b"secret", ending="txt", title="x")

    assert client.get(one("host_material", host, theirs)).status_code == 404
    client.post(one("host_material_removal", host, theirs))
    assert Material.objects.filter(pk=theirs.pk).exists()


def test_whoever_no_longer_hosts_opens_nothing(client, host):
    material = materials.add(host, b"x", ending="txt", title="x")
    host_departures.step_down(host)

    for address in (page(host), one("host_material", host, material)):
        assert client.get(address).url == host.get_absolute_url()


def test_a_file_that_is_gone_is_not_there_and_breaks_no_page(client, host):
    material = materials.add(host, b"x", ending="txt", title="Gone file")
    default_storage.delete(material.file.name)

    assert client.get(one("host_material", host, material)).status_code == 404
    assert "Gone file" in said(client.get(page(host)))


def test_nothing_in_the_media_folder_has_an_address_of_its_own(client, host):
    material = materials.add(host, b"secret", ending="txt", title="x")

    for address in (f"/media/{material.file.name}", f"/{material.file.name}"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_three_files_as_for_one(
    client, host, number, django_assert_num_queries
):
    for _file in range(number):
        materials.add(host, b"x", ending="txt", title="x")

    with django_assert_num_queries(5):
        client.get(page(host))
