"""Telling someone, and coming back with the private code: nobody has to be known, and nothing is left behind."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerns.actions import codes, concerns
from concerns.models import Concern, ConcernMessage
from tests.factories import (
    make_access_lead,
    make_event,
    make_group,
    make_hub,
    make_named_contact,
    make_organiser,
    make_person,
)

pytestmark = pytest.mark.django_db

WORDS = "Somebody mocked how I speak."
TOLD = "/concerns/"


@pytest.fixture
def event():
    make_hub(contact_email="hello@example.org")
    return make_event(title="The social")


@pytest.fixture
def vanessa(event):
    return make_named_contact(event.group, name="Vanessa", email="vanessa@example.org")


@pytest.fixture
def page(event, vanessa) -> str:
    return reverse("concerns:tell", args=[event.group.slug])


def words_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def code_on(answer) -> str:
    found = re.search(rf"([{codes.ALPHABET}]{{4}}-){{3}}[{codes.ALPHABET}]{{4}}", answer.content.decode())
    assert found
    return found[0]


# --- Before writing ---


def test_who_reads_it_is_said_by_name_before_anything_is_written(client, page, event):
    make_organiser(event.group, name="Ruth")
    make_access_lead(event.group, name="Keli")

    words = words_of(client.get(page))

    assert "Vanessa" in words
    assert "Ruth" not in words
    assert "Keli" not in words
    for said in ("call 999", "No internet address, no time of the day", "private code", "You need not say"):
        assert said in words


def test_where_there_is_no_named_contact_the_access_leads_are_named(client, event):
    make_access_lead(event.group, name="Keli")

    words = words_of(client.get(reverse("concerns:tell", args=[event.group.slug])))

    assert "Keli" in words
    assert "which has no named contact yet" in words


def test_where_nobody_reads_nothing_can_be_told_and_another_way_is_named(client, event):
    make_organiser(event.group)
    page = reverse("concerns:tell", args=[event.group.slug])

    asked, sent = client.get(page), client.post(page, {"text": WORDS})

    for answer in (asked, sent):
        assert "hello@example.org" in words_of(answer)
        assert "<textarea" not in answer.content.decode()
    assert Concern.objects.count() == 0


def test_groups_that_are_not_there_yet_have_no_such_page(client):
    group = make_group(state="requested")

    for slug in (group.slug, "no-such-group"):
        assert client.get(reverse("concerns:tell", args=[slug])).status_code == 404


def test_which_event_it_is_about_comes_along_and_can_be_left_out(client, page, event):
    client.post(page, {"text": WORDS, "event": event.slug})
    client.post(page, {"text": WORDS})

    assert "This is about The social" in words_of(client.get(page, {"event": event.slug}))
    assert {concern.event for concern in Concern.objects.all()} == {event, None}


@pytest.mark.parametrize("slug", ["no-such-event", "\x00", "x" * 1000, "'; --", "1"])
def test_any_other_event_in_the_address_is_none(client, page, slug):
    make_event(slug="1")
    draft = make_event(slug="d", state="draft")

    for asked in (slug, draft.slug):
        assert "This is about" not in words_of(client.get(page, {"event": asked}))
        assert client.post(page, {"text": WORDS, "event": asked}).status_code == 200

    assert {concern.event for concern in Concern.objects.all()} == {None}


# --- Telling ---


def test_the_code_is_shown_once_and_opens_what_was_told(client, page):
    answer = client.post(page, {"text": WORDS, "who": "Amara, amara@example.org", "once": "o"})

    concern = concerns.with_code(code_on(answer))
    assert (concern.text, concern.who) == (WORDS, "Amara, amara@example.org")


def test_the_code_is_in_no_address_no_cookie_and_no_header(client, page):
    answer = client.post(page, {"text": WORDS})
    opened = client.post(TOLD, {"code": code_on(answer)})

    for response in (answer, opened):
        elsewhere = f"{response.headers}{response.cookies}{response.request['PATH_INFO']}"
        assert codes.plain(code_on(answer)) not in codes.plain(elsewhere)
        assert response.cookies == {}
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]


def test_loading_the_page_with_the_code_again_tells_nothing_twice(client, page):
    once = re.search(r'name="once" value="([^"]+)"', client.get(page).content.decode())
    assert once

    shown = {code_on(client.post(page, {"text": WORDS, "once": once[1]})) for _again in range(2)}

    assert (len(shown), Concern.objects.count()) == (1, 1)


def test_each_form_is_another_one(client, page):
    def once() -> str:
        found = re.search(r'name="once" value="([^"]+)"', client.get(page).content.decode())
        assert found
        return found[1]

    assert once() != once()


def test_being_logged_in_is_not_noted(client, page):
    person = make_person("amara@example.org", name="Amara Okafor")
    client.force_login(person)

    client.post(page, {"text": WORDS})

    concern = Concern.objects.get()
    assert concern.who == ""
    assert not concern.messages.exists()
    assert not concern.readings.exists()


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"text": " \n"}, "Write what happened"),
        ({"text": "x" * 5001}, "Shorten this to 5000 characters"),
        ({"text": WORDS, "who": "x" * 301}, "Shorten this to 300 characters"),
        ({}, "Write what happened"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(client, page, typed, error):
    answer = client.post(page, {"who": "Amara", "once": "o", **typed})

    assert error in words_of(answer)
    assert f'value="{typed.get("who", "Amara")}"' in answer.content.decode()
    assert 'name="once" value="o"' in answer.content.decode()
    assert Concern.objects.count() == 0


@pytest.mark.parametrize("once", ["\x00", "x" * 65, "'; --", "🪡" * 64])
def test_a_hidden_field_somebody_played_with_breaks_nothing(client, page, once):
    answer = client.post(page, {"text": f"A\x00 line 🪡\r\n{WORDS}", "once": once})

    assert answer.status_code == 200


# --- Coming back ---


@pytest.fixture
def code(event, vanessa) -> str:
    return concerns.tell(event.group, WORDS, event=event)


def test_whoever_has_the_code_sees_who_opened_it_and_what_was_answered(client, code, vanessa):
    before = words_of(client.post(TOLD, {"code": code}))
    concern = concerns.with_code(code)
    for _opening in range(2):
        concerns.open_for(concern, vanessa)
    concerns.answer(concern, "What would help you?", by=vanessa)

    after = words_of(client.post(TOLD, {"code": code.lower()}))

    assert "Nobody has opened it yet" in before
    assert WORDS in after
    assert "What would help you?" in after
    assert "It is being looked after" in after
    opened = after.partition("Who has opened it")[2].partition("Can open it")[0]
    assert re.search(r"Vanessa \w+day \d+ \w+ \d{4}", opened)
    assert not re.search(r"\d(\.\d\d)?[ap]m", after)


def test_somebody_who_opened_it_twice_on_one_day_is_named_once(client, code, vanessa):
    concern = concerns.with_code(code)
    with time_machine.travel("2026-05-03 10:00+00:00", tick=False) as clock:
        for _opening in range(3):
            concerns.open_for(concern, vanessa)
            clock.shift(timedelta(hours=1))
        clock.shift(timedelta(days=1))
        concerns.open_for(concern, vanessa)

    openings = client.post(TOLD, {"code": code}).context["openings"]

    assert concern.readings.count() == 4
    assert [f"{reading.at:%d.%m.}" for reading in openings] == ["04.05.", "03.05."]


def test_a_line_is_added_and_said_to_be(client, code):
    answer = client.post(TOLD, {"code": code, "text": "One more thing."})

    assert "Added." in words_of(answer)
    assert "One more thing." in words_of(answer)
    assert [line.text for line in ConcernMessage.objects.all()] == ["One more thing."]


def test_a_line_that_is_too_long_comes_back_whole(client, code):
    long = "x" * 5001

    answer = client.post(TOLD, {"code": code, "text": long})

    assert "Shorten this to 5000 characters" in words_of(answer)
    assert long in answer.content.decode()
    assert ConcernMessage.objects.count() == 0


def test_an_empty_line_is_asked_for(client, code):
    answer = client.post(TOLD, {"code": code, "text": " "})

    assert "Write what you would like to add" in words_of(answer)


@pytest.mark.parametrize("typed", ["", "CCCC", "x" * 200, "\x00", "ÄÖÜ"])
def test_what_is_no_code_is_said_to_be_none(client, code, typed):
    answer = client.post(TOLD, {"code": typed})

    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]
    assert WORDS not in words_of(answer)


def test_opening_the_address_without_a_code_shows_a_form(client, code):
    assert WORDS not in words_of(client.get(TOLD, {"code": code}))


def test_after_ten_wrong_codes_there_is_a_pause_even_for_the_right_one(client, code):
    wrong = "CCCC-CCCC-CCCC-CCCC"
    for _try in range(10):
        assert "Nothing is kept under this code" in words_of(client.post(TOLD, {"code": wrong}))

    paused = words_of(client.post(TOLD, {"code": code}))
    elsewhere = words_of(client.post(TOLD, {"code": code}, REMOTE_ADDR="192.0.2.7"))

    assert "That was a little often" in paused
    assert WORDS not in paused
    assert WORDS in elsewhere


def test_the_right_code_may_be_typed_as_often_as_one_likes(client, code):
    for _try in range(15):
        assert WORDS in words_of(client.post(TOLD, {"code": code}))


def test_no_address_towards_the_internet_stands_in_the_cache(client, code):
    client.post(TOLD, {"code": "CCCC-CCCC-CCCC-CCCC"}, REMOTE_ADDR="192.0.2.7")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        rows = str(cursor.fetchall())
    assert "concern_code" in rows
    # Nor what anybody could make from all addresses there are.
    for trace in ("192.0.2.7", sha256(b"192.0.2.7").hexdigest()):
        assert trace not in rows


def test_what_cannot_be_read_is_said_in_words(client, code, settings):
    settings.SEALING_KEYS = {"other": b"0" * 32}

    answer = client.post(TOLD, {"code": code})

    assert "This cannot be read at the moment" in words_of(answer)
    assert "ALLYHUB_KEYS" not in words_of(answer)


def test_a_longer_conversation_asks_no_more_questions(client, code, vanessa):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.post(TOLD, {"code": code})
        return len(asked)

    concern = concerns.with_code(code)
    concerns.open_for(concern, vanessa)
    concerns.answer(concern, "One.", by=vanessa)
    few = queries()
    for number in range(3):
        concerns.say_as_teller(concern, f"Line {number}.")
        concerns.open_for(concern, vanessa)
        concerns.answer(concern, f"Answer {number}.", by=vanessa)

    assert queries() == few


# --- Where it is linked ---


def test_group_and_event_lead_there(client, event, page):
    shown = client.get(event.get_absolute_url()).content.decode()
    group = client.get(event.group.get_absolute_url()).content.decode()

    assert f'href="{page}?event={event.slug}"' in shown
    assert f'href="{page}"' in group
