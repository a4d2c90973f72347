"""Our events in a frame on another website: nothing to press, nothing that follows anybody. That no other page may stand
there is in tests/test_permissions.py."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event, Tag
from tests.factories import make_event, make_group, make_hub, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    make_hub()
    tag = Tag.objects.create(name="Listening", slug="listening")
    event = make_event(
        group=make_group("Allies & friends", slug="allies"), slug="talk", title="A talk", dates=3
    )
    event.tags.add(tag)
    make_event(title="Of another group")
    return event


def get(address: str, **more: str):
    return Client(enforce_csrf_checks=True).get(address, **more)


def shown(address: str) -> list[str]:
    return re.findall(r'<h3>\s*<a href="[^"]*">([^<]*)</a>', get(address).content.decode())


def test_a_list_shows_what_its_filter_leaves(event):
    assert shown("/embedded/") == ["A talk", "Of another group"]
    assert shown("/embedded/groups/allies/") == shown("/embedded/tags/listening/") == ["A talk"]
    assert shown("/embedded/?tag=listening") == shown("/embedded/?q=talk") == ["A talk"]
    assert shown("/embedded/?group=nobody") == []


def test_an_event_is_shown_by_its_next_date_and_still_when_it_is_over(event):
    assert shown("/embedded/events/talk/") == ["A talk"]
    make_event(
        slug="past",
        title="Long ago",
        starts_in=-30 * event.sessions.all()[0].ends_at.resolution * 86_400_000_000,
    )

    assert shown("/embedded/events/past/") == ["Long ago"]


def test_a_draft_is_shown_to_nobody(event):
    Event.objects.filter(pk=event.pk).update(state=Event.State.DRAFT)

    assert get("/embedded/events/talk/").status_code == 404
    assert shown("/embedded/groups/allies/") == []


@pytest.mark.parametrize("address", ["/embedded/", "/embedded/groups/allies/", "/embedded/events/talk/"])
def test_nothing_is_left_with_its_reader_and_nothing_can_be_pressed(event, address):
    client = Client()
    client.force_login(make_person(), backend="allauth.account.auth_backends.AuthenticationBackend")

    answer, own = get(address), client.get(address)

    body = answer.content.decode()
    assert (answer.cookies, own.cookies, own.content) == ({}, {}, answer.content)
    assert re.findall(r"<(?:script|form|button|input)", body) == []
    assert '<base target="_top">' in body


def test_such_a_page_is_kept_whole_and_stays_one_for_frames(event, settings):
    """How it is kept, and when it is written anew, is tried with all others in tests/allyhub/test_keeping.py."""
    settings.KEEP_PAGES = True

    first, kept = get("/embedded/groups/allies/"), get("/embedded/groups/allies/")

    assert (kept.content, kept["ETag"]) == (first.content, first["ETag"])
    assert "frame-ancestors *" in kept["Content-Security-Policy"]
    assert get("/embedded/groups/allies/", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_the_code_to_paste_leads_to_what_was_chosen(event, settings):
    page = get(reverse("events:subscribe") + "?group=allies").content.decode()
    site = settings.SITE_URL

    assert f"&lt;iframe src=&quot;{site}/embedded/groups/allies/&quot; title=&quot;" in page
    assert "Allies &amp;amp; friends" in page
