"""The pages an event is edited on, one after the other."""

import re

import pytest
from django.test import Client

from events.models import Event
from events.pages.organise.steps import steps_of
from people.models import Group
from tests.factories import make_event

pytestmark = pytest.mark.django_db

BASICS = {"title": "Being better allies", "kind": "social", "summary": "Two hours, together."}
PAGES = ("basics", "dates", "place", "join", "places", "rooms", "access", "words", "picture", "papers")
OF_A_PROGRAMME = (*PAGES[:2], "several-dates", *PAGES[2:5], "places/for", *PAGES[5:])
ADDRESSES = {"join": "join-door", "access": "access-in-place", "rooms": "breakouts"}


def page_of(event: Event, name: str) -> str:
    return f"/organise/events/{event.slug}/{ADDRESSES.get(name, name)}/"


def words_after(page: str, label: str) -> str:
    """What stands beside the label of a field."""
    found = re.search(rf">{label}(.*?)</label>", page, re.DOTALL)
    assert found
    return " ".join(re.sub("<[^>]*>", "", found[1]).split())


def test_a_draft_is_gone_through_page_by_page(signed_in: Client, group: Group) -> None:
    draft = make_event(group=group, state="draft", published_at=None, summary="")
    page = signed_in.get(page_of(draft, "basics")).content.decode()

    on = signed_in.post(page_of(draft, "basics"), BASICS | {"next": "1"})
    back = signed_in.post(page_of(draft, "basics"), BASICS)

    assert "<strong>1 of 10</strong>: four are done, six are left." in page
    assert "Save and next: Dates and how they run" in page
    assert words_after(page, "Summary") == "(can wait)"
    assert (on["Location"], back["Location"]) == (page_of(draft, "dates"), f"/organise/events/{draft.slug}/")
    dates = signed_in.get(page_of(draft, "dates")).content.decode()
    assert "<strong>2 of 10</strong>: five are done, five are left." in dates
    assert "Back: Title, kind and summary" in dates
    assert "London (change)" in dates
    assert "It has all it needs." in dates


@pytest.mark.parametrize("kind", ["social", "programme"])
def test_every_page_is_one_step_and_says_which(signed_in: Client, group: Group, kind: str) -> None:
    """Of a programme with two dates two pages more: its rules, and who its places are for."""
    is_programme = kind == "programme"
    draft = make_event(
        group=group, state="draft", published_at=None, kind=kind, dates=2 if is_programme else 1
    )
    pages = OF_A_PROGRAMME if is_programme else PAGES

    for number, name in enumerate(pages, start=1):
        page = signed_in.get(page_of(draft, name)).content.decode()
        assert f"<strong>{number} of {len(pages)}</strong>" in page, name
        assert page.count('aria-current="step"') == 1, name
        assert page.count("Save and next") == (0 if name in ("rooms", "papers") else 1), name


def test_a_published_event_is_saved_page_by_page(signed_in: Client, group: Group) -> None:
    event = make_event(group=group, join_address="https://meeting.example/j/1")
    event.in_place.create(code="captions")

    page = signed_in.get(page_of(event, "basics")).content.decode()

    assert "Save and next" not in page
    assert (words_after(page, "Summary"), words_after(page, "Who it is for")) == ("", "(optional)")


def test_in_person_there_is_no_door_among_the_steps(group: Group) -> None:
    event = make_event(group=group, format="in_person")

    places = steps_of(event, "places")

    assert steps_of(event, "join") is None
    assert places is not None
    assert (places.number, len(places.steps), places.back and places.back.page) == (4, 9, "place")
    papers = steps_of(event, "papers")
    assert papers is not None
    assert papers.next is None
