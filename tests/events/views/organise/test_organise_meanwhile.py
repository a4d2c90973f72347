"""Two organisers at once: the second sees what changed, keeps the own text, and chooses."""

import pytest

from events.models import Event, Tag
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def page_of(event: Event, page: str) -> str:
    return f"/organise/events/{event.slug}/{page}/"


def opened(signed_in, event: Event, page: str) -> str:
    """What the page carries when it is opened now."""
    return signed_in.get(page_of(event, page)).context["form"].opened()


def typed(**more: object) -> dict[str, object]:
    return {"title": "Title", "kind": "social", "summary": ""} | more


@pytest.fixture
def event(group) -> Event:
    return make_event(group=group, title="Title", summary="Before", facilitators="Ruth")


def test_the_second_sees_what_changed_and_keeps_the_own_text(signed_in, event):
    page, first = page_of(event, "basics"), opened(signed_in, event, "basics")
    signed_in.post(page, typed(summary="Theirs", facilitators="Ruth", opened=first))

    response = signed_in.post(page, typed(summary="Mine", facilitators="Ruth", opened=first))

    event.refresh_from_db()
    changes = [(change.label, change.before, change.now) for change in response.context["changes"]]
    assert changes == [("Summary", "Before", "Theirs")]
    assert event.summary == "Theirs"
    assert "Mine</textarea>" in response.content.decode()


def test_pressing_again_saves_the_own_text(signed_in, event):
    page, first = page_of(event, "basics"), opened(signed_in, event, "basics")
    signed_in.post(page, typed(summary="Theirs", opened=first))
    asked = signed_in.post(page, typed(summary="Mine", opened=first))

    signed_in.post(page, typed(summary="Mine", opened=asked.context["form"].opened()))

    event.refresh_from_db()
    assert event.summary == "Mine"


def test_a_page_with_mistakes_does_not_forget_when_it_was_opened(signed_in, event):
    page, first = page_of(event, "basics"), opened(signed_in, event, "basics")
    signed_in.post(page, typed(summary="Theirs", opened=first))
    mistaken = signed_in.post(page, typed(title="", summary="Mine", opened=first))

    response = signed_in.post(page, typed(summary="Mine", opened=mistaken.context["form"].opened()))

    assert [change.now for change in response.context["changes"]] == ["Theirs"]


def test_somebody_elses_work_on_another_page_is_no_reason_to_ask(signed_in, event):
    first = opened(signed_in, event, "basics")
    signed_in.post(
        page_of(event, "words"), {"description": "Theirs", "opened": opened(signed_in, event, "words")}
    )

    signed_in.post(page_of(event, "basics"), typed(summary="Mine", opened=first))

    event.refresh_from_db()
    assert (event.description, event.summary) == ("Theirs", "Mine")


def test_the_same_change_twice_is_no_reason_to_ask(signed_in, event):
    page, first = page_of(event, "basics"), opened(signed_in, event, "basics")

    statuses = [signed_in.post(page, typed(summary="Mine", opened=first)).status_code for _press in range(2)]

    assert statuses == [302, 302]


def test_tags_count_as_a_part_of_the_page(signed_in, event):
    tag = Tag.objects.create(name="Listening", slug="listening")
    page, first = page_of(event, "basics"), opened(signed_in, event, "basics")
    signed_in.post(page, typed(summary="Before", facilitators="Ruth", tags=[tag.pk], opened=first))

    response = signed_in.post(page, typed(summary="Before", facilitators="Ruth", opened=first))

    assert [(c.label, c.before, c.now) for c in response.context["changes"]] == [("Tags", "", "Listening")]


def test_what_is_in_place_counts_as_a_part_of_its_page(signed_in, event):
    page, first = page_of(event, "access-in-place"), opened(signed_in, event, "access-in-place")
    signed_in.post(page, {"has_captions": "on", "opened": first})

    response = signed_in.post(page, {"has_quiet": "on", "opened": first})

    assert [(change.label, change.now) for change in response.context["changes"]] == [
        ("In place", "captions")
    ]
    assert [line.code for line in event.in_place.all()] == ["captions"]


@pytest.mark.parametrize("nonsense", ["", "[1]", "{", '{"summary": 3}', '{"summary": null}', "9" * 5000])
def test_nonsense_in_the_hidden_field_is_no_trouble(signed_in, event, nonsense):
    response = signed_in.post(page_of(event, "basics"), typed(summary="Mine", opened=nonsense))

    assert response.status_code == 302


def test_half_a_character_in_the_hidden_field_is_no_trouble(signed_in, event):
    response = signed_in.post(
        page_of(event, "basics"), typed(summary="Mine", opened='{"summary": "\\ud800"}')
    )

    assert [change.before for change in response.context["changes"]] == ["?"]


@pytest.mark.parametrize("page", ["basics", "dates"])
def test_a_page_bent_by_a_stranger_counts_as_opened_anew(signed_in, event, page):
    response = signed_in.post(page_of(event, page), typed(title="", opened="[" * 100_000))

    assert response.status_code == 200
