"""A situation in a room: its pages on phones and on the screen."""

import pytest
from django.test import Client

from learning.actions import live_scenarios
from learning.models import LearningPage, LiveScenario
from tests.factories import make_hub
from tests.learning.situations import at, make_situation, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> LearningPage:
    return make_situation()


@pytest.fixture
def live(page) -> LiveScenario:
    return live_scenarios.open_at(page.events.get().sessions.get(), page, minutes=3)


def phones(live: LiveScenario, *options: int) -> list[Client]:
    found = []
    for option in options:
        phone = Client()
        phone.get(at("live", live.code))
        phone.post(at("live", live.code), {"near": str(option)})
        found.append(phone)
    return found


def act(live: LiveScenario, do: str) -> None:
    Client().post(at("screen_act", live.token), {"do": do})


def test_a_room_reads_answers_and_sees_how_it_answered(live):
    here, phone = at("live", live.code.upper()), Client()
    reading = words(phone.get(here))
    act(live, "begin")
    answering = words(phone.get(here))
    phone.post(here, {"near": "1"})
    answered = words(phone.get(here))
    phones(live, 0, 0, 0, 0)
    screen = words(Client().get(at("screen", live.token)))
    act(live, "close")
    closed, shown = words(phone.get(here)), words(Client().get(at("screen", live.token)))

    assert "Read it first." in reading
    assert "I go to Ellis" not in reading
    assert "I go to Ellis" in answering
    assert "Your answer is in. How people answered comes at the end." in answered
    assert "5 answers or more are in." in screen
    assert "min" in screen
    assert "How 5 people answered" in closed
    assert "How 5 people answered" in shown


def test_below_five_the_screen_and_the_end_are_the_same_for_none_and_for_four(page):
    seen = set()
    for people in range(5):
        live = live_scenarios.open_at(page.events.get().sessions.get(), page, minutes=3)
        act(live, "begin")
        phones(live, *([0] * people))
        during = words(Client().get(at("screen_state", live.token))).rpartition(" ")[2]
        act(live, "close")
        seen.add((during, words(Client().get(at("live", live.code)))))

    assert len(seen) == 1


def test_a_browser_answers_once_and_without_its_cookie_not_at_all(live):
    act(live, "begin")
    [phone] = phones(live, 0)

    again = words(phone.post(at("live", live.code), {"near": "1"}, follow=True))
    without = words(Client().post(at("live", live.code), {"near": "1"}, follow=True))

    assert "Your answer is in already" in again
    assert "No answer arrived." in without


def test_what_phones_ask_again_and_again_changes_only_with_the_room(live):
    def state() -> str:
        return Client().get(at("live_state", live.code)).content.decode()

    reading = state()
    act(live, "begin")
    answering = state()
    phones(live, 0, 1, 2)
    assert state() == answering
    act(live, "more")
    extended = state()
    act(live, "close")

    assert [one.split("\n")[0] for one in (reading, answering, extended, state())] == [
        "reading",
        "answering",
        "answering",
        "closed",
    ]
    assert extended != answering


def test_a_phone_that_knows_how_it_stands_is_told_so_in_304_until_something_changes(live, settings):
    settings.KEEP_PAGES = True
    here = at("live_state", live.code)
    first = Client().get(here)

    same = Client().get(here, headers={"If-None-Match": first["ETag"]})
    act(live, "begin")
    changed = Client().get(here, headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)
    assert changed["ETag"] != first["ETag"]
    assert "s-maxage" not in changed["Cache-Control"]


def test_no_code_no_room():
    make_hub()

    assert Client().get(at("live", "nope")).status_code == 404
    assert Client().get(at("live_state", "nope")).status_code == 404
    assert Client().get(at("screen", "nope")).status_code == 404
