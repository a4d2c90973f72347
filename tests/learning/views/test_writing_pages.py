"""Learning pages as organisers write them."""

from contextlib import closing
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from learning.models import Enquiry, LearningPage
from tests.factories import make_event, make_group, make_hub, make_organiser
from tests.learning.page_factories import make_learning_page, make_picture

pytestmark = pytest.mark.django_db
WORDS = {
    "kind": "read",
    "title": "How to listen",
    "summary": "What listening asks of us.",
    "text": "## Quiet",
}


@pytest.fixture
def group(client):
    make_hub()
    group = make_group()
    client.force_login(make_organiser(group))
    return group


def to(name, *args) -> str:
    return reverse(f"organise:{name}", args=args)


def test_a_page_is_written_looked_at_and_published(client, group):
    event = make_event(group=group)
    new = to("learning_page_new", group.slug)

    answer = client.post(new, WORDS | {"events": [event.pk], "preview": "1"})

    page = LearningPage.objects.get()
    assert answer.headers["Location"] == to("learning_page_preview", page.slug)
    assert (page.slug, list(page.events.all()), page.is_published) == ("how-to-listen", [event], False)
    client.post(to("learning_page_publication", page.slug))
    page.refresh_from_db()
    assert page.is_published


def test_whoever_saves_second_is_told_what_the_first_has_saved(client, group):
    page = make_learning_page(group, title="How to listen")
    address = to("learning_page", page.slug)
    opened = client.get(address).context["form"].opened()
    client.post(address, WORDS | {"text": "## Mine", "opened": opened})

    second = client.post(address, WORDS | {"text": "## Theirs", "opened": opened})

    page.refresh_from_db()
    assert page.text == "## Mine"
    assert "This page was saved meanwhile" in second.content.decode()
    assert "## Theirs" in second.content.decode()


def test_only_events_and_pages_of_the_group_can_belong_to_a_page(client, group):
    theirs, draft = make_event(), make_learning_page()

    form = client.post(
        to("learning_page_new", group.slug), WORDS | {"events": [theirs.pk], "pages": [draft.pk]}
    ).context["form"]

    assert {*form.errors} <= {"events", "pages"}
    assert not LearningPage.objects.filter(group=group).exists()


def test_the_way_into_a_meeting_is_asked_about(client, group):
    text = "Come to https://zoom.us/j/84512307741"

    form = client.post(to("learning_page_new", group.slug), WORDS | {"text": text}).context["form"]

    assert {"text", "meeting_address"} <= form.errors.keys()


def test_a_version_is_looked_at_and_brought_back(client, group):
    page = make_learning_page(group, text="## Before")
    address = to("learning_page", page.slug)
    client.post(address, WORDS | {"text": "## After", "opened": client.get(address).context["form"].opened()})

    shown = client.get(to("learning_version", page.slug, 1)).content.decode()
    client.post(to("learning_version_return", page.slug, 1))

    page.refresh_from_db()
    assert ("other words than now" in shown, page.text) == (True, "## Before")
    assert f"AllyHub {page}" not in shown  # the foot has a version of its own


def test_a_picture_needs_words_and_is_kept_without_where_it_was_taken(client, group):
    page = make_learning_page(group)
    file = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (40, 30), "gold").save(file, "JPEG", exif=exif)

    def send(**words):
        upload = SimpleUploadedFile("quilt.jpg", file.getvalue(), "image/jpeg")
        return client.post(to("learning_pictures", page.slug), words | {"upload": upload})

    assert send(alt="").context["form"].errors.keys() == {"alt"}
    send(alt="Four people at a table", on_top="on")
    picture = page.pictures.get()
    assert (picture.number, picture.on_top) == (1, True)
    with picture.file.open() as kept:
        assert b"taken at home" not in kept.read()
    client.post(to("learning_picture", page.slug, 1), {"alt": "Five people at a table", "caption": "Derby"})
    picture.refresh_from_db()
    assert (picture.alt, picture.caption, picture.on_top) == ("Five people at a table", "Derby", False)
    client.post(to("learning_picture_removal", page.slug, 1))
    assert not page.pictures.exists()


def test_what_readers_wrote_is_read_and_deleted_by_the_groups_organisers_alone(client, group):
    page, other = make_learning_page(group), make_learning_page()
    mine, theirs = (
        Enquiry.objects.create(page=one, name="Ren", email="ren@example.org", words=f"About {one.pk}")
        for one in (page, other)
    )

    html = client.get(to("enquiries", group.slug)).content.decode()
    client.post(to("enquiry_removal", group.slug, mine.pk))
    client.post(to("enquiry_removal", group.slug, theirs.pk))

    assert (mine.words in html, theirs.words in html) == (True, False)
    assert list(Enquiry.objects.all()) == [theirs]


def test_organisers_see_the_pictures_of_their_drafts(client, group):
    own, other = (make_picture(make_learning_page(of, published=False)) for of in (group, make_group()))

    with closing(client.get(own.get_absolute_url())) as file:
        assert (file.status_code, "no-store" in file.headers["Cache-Control"]) == (200, True)
    assert own.file.name == other.file.name


@pytest.mark.parametrize("name", ["learning_pages", "enquiries", "learning_history"])
def test_a_list_costs_the_same_for_one_and_for_three(name, client, group, django_assert_max_num_queries):
    page = make_learning_page(group)
    address = to(name, page.slug if name == "learning_history" else group.slug)

    def more(number):
        make_learning_page(group)
        Enquiry.objects.create(page=page, name="Ren", email=f"ren{number}@example.org", words="Hello")
        page.versions.create(number=number, saved_by=make_organiser(group))

    more(2)
    with django_assert_max_num_queries(99) as once:
        client.get(address)
    more(3), more(4)
    with django_assert_max_num_queries(len(once)):
        client.get(address)
