"""Every form of the workspace meets what should never be typed: a clear page, never a 500, nothing broken kept."""

import pytest

from events.models import Event
from people.models import Group
from tests.amounts import amount
from tests.factories import make_event, make_group, make_hub, make_venue, register
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

HOSTILE = {
    "empty": "",
    "nul": "a\x00b",
    "override": "\u202egnp.exe",
    "emoji": "👩🏾‍🦽🏳️‍🌈",
    "markup": "<script>alert(1)</script>",
    "template": "{{ hub }}{% url 'x' %}",
    "number": "9" * 5000,
    "long": "long " * 10_000,
    "negative": "-1",
    "list": "[]",
}
SHARPEST = ("nul", "emoji", "number", "list")
# Each field by itself meets one of these, its neighbour the next; of many each meets all.
IN_TURN = amount(len(SHARPEST), many=1)
PAGES = {
    "basics": "title kind summary for_whom facilitators tags new_tags series new_series meeting_address opened",
    "words": "description content_note meeting_address opened",
    "place": "format venue opened",
    "places": "capacity takes_registrations opens_on opens opens_which closes_on closes closes_which offers_agreed",
    "places/for": "for-TOTAL_FORMS for-INITIAL_FORMS for-0-key for-0-name for-0-places for-0-domains for-0-code "
    "for-0-new_code for-0-asks for-0-DELETE pool_on pool pool_which held_back_agreed opened add",
    "several-dates": "needs_every_date missed_date catch_up_task dates_to_complete catching_up_counts show opened",
    "access-in-place": "access_note interpreters_by has_captions words_captions meeting_address",
    "join-door": "join_address join_help opened",
    "picture": "picture_alt upload opened",
    "dates": "time_zone dates-TOTAL_FORMS dates-INITIAL_FORMS dates-0-date dates-0-start dates-0-end dates-0-number "
    "dates-0-title dates-0-agenda dates-0-venue dates-0-last_day dates-0-start_which dates-0-DELETE weeks opened",
    "cancellation": "reason",
    "publication": "no_mail_agreed",
    "registrations/new": "name email pronouns taking_part beyond_capacity",
}
# In each page of rows there is one.
TYPED = {
    "for-TOTAL_FORMS": "1",
    "for-INITIAL_FORMS": "0",
    "title": "Title",
    "kind": "social",
    "format": "online",
    "summary": "A summary.",
}


@pytest.fixture
@made_once
def event() -> Event:
    make_hub()
    group = make_group("Solidarity Socials", slug="socials")
    event = make_event(group=group, slug="social", places=1)
    group.series.create(title="Socials", slug="socials-series")
    register(event), register(event)
    make_venue(group)
    return event


@pytest.fixture
def group(event: Event) -> Group:
    return event.group


@pytest.mark.many
@pytest.mark.parametrize("kind", SHARPEST)
@pytest.mark.parametrize("page", PAGES)
def test_no_field_can_break_a_page(signed_in, event, page, kind):
    names = PAGES[page].split()[SHARPEST.index(kind) % IN_TURN :: IN_TURN]

    statuses = {
        signed_in.post(f"/organise/events/social/{page}/", TYPED | {name: HOSTILE[kind]}).status_code
        for name in names
    }

    assert statuses <= {200, 302}


@pytest.mark.postgres  # which refuses texts and numbers that SQLite takes
@pytest.mark.parametrize("kind", HOSTILE)
def test_all_fields_at_once_neither(signed_in, event, kind):
    for page, names in PAGES.items():
        response = signed_in.post(
            f"/organise/events/social/{page}/", dict.fromkeys(names.split(), HOSTILE[kind])
        )
        assert response.status_code in {200, 302}


@pytest.mark.postgres
@pytest.mark.parametrize("kind", HOSTILE)
def test_nor_the_forms_of_the_group(signed_in, group, kind):
    names = ("title", "copy_of", "name", "address", "directions", "step_free", "meeting_address")

    statuses = {
        signed_in.post(
            f"/organise/groups/socials/{page}/new/", dict.fromkeys(names, HOSTILE[kind])
        ).status_code
        for page in ("events", "venues")
    }

    assert statuses <= {200, 302}


@pytest.mark.postgres
@pytest.mark.parametrize("body", [b"title=%ED%A0%80", b"title=%00", b"%FF=%FF", b"&&&=", b"opened=%7B%22"])
def test_bytes_that_are_no_text_are_no_trouble(signed_in, event, body):
    form = "application/x-www-form-urlencoded"

    statuses = {
        signed_in.post(f"/organise/events/social/{page}/", body, content_type=form).status_code
        for page in PAGES
    }

    assert statuses <= {200, 302}


def test_signs_nobody_can_see_are_not_kept(signed_in, event):
    signed_in.post(
        "/organise/events/social/basics/",
        TYPED | {"title": "Being\x00 better\u202e allies", "summary": " a "},
    )

    event.refresh_from_db()
    assert (event.title, event.summary) == ("Being better allies", "a")


def test_what_looks_like_markup_is_shown_as_it_was_typed(signed_in, event):
    signed_in.post("/organise/events/social/basics/", TYPED | {"title": "<b>Allies</b>"})

    page = signed_in.get("/organise/events/social/").content.decode()

    assert ("&lt;b&gt;Allies&lt;/b&gt;" in page, "<b>Allies" in page) == (True, False)
