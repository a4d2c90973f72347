"""A group tells what it did and what became of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from feedback.actions import quotes
from feedback.models import Story
from people.models import Group
from tests.factories import make_group, make_hub, make_organiser
from tests.feedback.factories import make_past_event

pytestmark = pytest.mark.django_db

TEXTS = {
    "title": "A year of listening",
    "summary": "Twelve socials.",
    "beginning": "With **tea**.",
    "what_we_did": "",
    "what_changed": "People came back.",
    "what_we_learned": "",
}


def make_story(group, **fields) -> Story:
    return Story.objects.create(group=group, **TEXTS | {"published_at": timezone.now()} | fields)


def edit(client, group, action="save", **fields):
    address = reverse("organise:story_edit", args=[group.slug])
    return client.post(address, TEXTS | {"opened": "", "action": action} | fields, follow=True)


@pytest.fixture
def group(client) -> Group:
    group = make_group("Derby Allies")
    client.force_login(make_organiser(group))
    return group


# --- For everyone ---


def test_everyone_reads_what_is_published(client):
    story = make_story(make_group("Derby Allies"))

    page = client.get(story.get_absolute_url())

    assertContains(page, "<h1>A year of listening</h1>", html=True)
    assertContains(page, "<p>With <strong>tea</strong>.</p>", html=True)
    assertContains(page, "People came back.")
    assertNotContains(page, "What we did")
    assert "public" in page.headers["Cache-Control"]


def test_what_is_not_published_is_not_there(client):
    draft, of_draft = make_story(make_group(), published_at=None), make_group()
    declined = make_story(make_group(state=Group.State.DECLINED))

    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(declined.get_absolute_url()).status_code == 404
    assert client.get(reverse("feedback:story", args=[of_draft.slug])).status_code == 404
    assertNotContains(client.get(draft.group.get_absolute_url()), draft.title)


def test_the_group_s_page_leads_to_it(client):
    story = make_story(make_group())

    assertContains(client.get(story.group.get_absolute_url()), f'href="{story.get_absolute_url()}"')


def test_quotes_stand_in_it_only_while_their_people_allow(client):
    make_hub()
    event = make_past_event()
    story, organiser = make_story(event.group), make_organiser(event.group)
    given = [
        quotes.give(event, text=f"Words {n}", signed="role", name="A teacher", places=["on_group_page"])
        for n in range(3)
    ]
    quotes.give(event, text="Not here.", signed="nobody", name="", places=["on_event_page"])
    for quote in event.quotes.all():
        quotes.approve(event, quote.pk, by=organiser)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(story.get_absolute_url())
    quotes.withdraw(given[0])
    after = client.get(story.get_absolute_url())

    assert len(queries) <= 3
    assertContains(page, "Words 0")
    assertContains(page, "A teacher")
    assertNotContains(page, "Not here.")
    assertNotContains(after, "Words 0")
    assertContains(after, "Words 1")


def test_what_organisers_wrote_is_cleaned(client):
    story = make_story(make_group(), title="<script>alert(1)</script>", beginning="<script>alert(2)</script>")

    assertNotContains(client.get(story.get_absolute_url()), "<script>alert")


# --- Organisers ---


def test_saving_shows_it_to_nobody_publishing_to_everyone_and_taking_back_to_nobody_again(client, group):
    edit(client, group)
    story = Story.objects.get()
    saved = client.get(story.get_absolute_url()).status_code
    edit(client, group, "publish", opened=story.edition)
    published = client.get(story.get_absolute_url()).status_code
    edit(client, group, "take_back", opened=Story.objects.get().edition)

    assert (saved, published) == (404, 200)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert Story.objects.get().beginning == "With **tea**."


def test_an_empty_story_is_saved_and_not_published(client, group):
    page = edit(client, group, "publish", beginning="", what_changed="")

    assertContains(page, "Write at least one of the four parts")
    assert Story.objects.get().published_at is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Enter a title"),
        ({"title": "a" * 141}, "Shorten this to 140 characters or fewer"),
        ({"summary": "a" * 301}, "Shorten this to 300 characters or fewer"),
        ({"beginning": "a" * 6001}, "Shorten this to 6000 characters or fewer"),
    ],
)
def test_what_cannot_be_saved_is_said_and_what_was_typed_stays(client, group, fields, words):
    page = edit(client, group, **{"what_changed": "My words stay."} | fields)

    assertContains(page, words)
    assertContains(page, "My words stay.")
    assert not Story.objects.exists()


def test_two_who_write_at_once_never_lose_words_in_silence(client, group):
    edit(client, group)

    late = edit(client, group, title="Another title")
    kept = Story.objects.get().title
    edit(client, group, title="Another title", opened=late.context["form"]["opened"].value())

    assertContains(late, "Somebody else saved this story meanwhile")
    assertContains(late, "Another title")
    assert kept == "A year of listening"
    assert Story.objects.get().title == "Another title"
