"""Forms that come back as fast as robots, and places for many people behind one network address."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import leaving, registrations
from events.models import Event, Registration
from kit import attempts
from tests.breakouts.factories import make_role, make_social, make_topic
from tests.events.views.test_registration import form_of, sent_of, typed
from tests.factories import make_event, make_hub, register

pytestmark = pytest.mark.django_db

ASKED = "Please send it once more: it came back as fast as robots do. All that you typed is still there"
MADE = re.compile(r'name="made" value="([^"]*)"')


def stamp_on(response: Any) -> str:
    return html.unescape(MADE.findall(response.content.decode())[0])


def post(event: Event, made: str | None, **more: Any) -> Any:
    answers = {name: value for name, value in typed(**more).items() if name != "made"}
    return Client().post(form_of(event), answers | ({} if made is None else {"made": made}))


@pytest.mark.parametrize(
    ("later", "is_asked"),
    [
        (timedelta(0), True),
        (timedelta(seconds=1), True),
        (timedelta(seconds=3), False),
        (timedelta(hours=9), False),
        (timedelta(days=40), False),
    ],
    ids=str,
)
def test_a_form_that_nobody_could_have_typed_in_is_asked_for_once_more(later: timedelta, is_asked: bool):
    event, now = make_event(starts_in=timedelta(days=60)), timezone.now().replace(microsecond=0)
    with time_machine.travel(now, tick=False):
        made = stamp_on(Client().get(form_of(event)))

    with time_machine.travel(now + later, tick=False):
        response = post(event, made, pronouns="they/them")

    assert (response.status_code == 200, Registration.objects.count() == 0) == (is_asked, is_asked)
    if is_asked:
        page = response.content.decode()
        assert ASKED in page
        assert 'value="they/them"' in page


SPOILT = "a stamp whose end was changed"


@pytest.mark.parametrize("made", [None, "", "new:1:forged", SPOILT, "a\x00b", "9" * 5000])
def test_without_a_true_stamp_a_second_press_is_enough_and_loses_nothing(made: str | None):
    event = make_event()
    # Made here: the name of a test cannot hold what is another every second.
    made = attempts.SIGNER.sign("again")[:-2] + "xx" if made == SPOILT else made
    asked = post(event, made, pronouns="they/them")

    again = post(event, stamp_on(asked), pronouns="they/them")

    assert (asked.status_code, again.status_code, again["Location"]) == (200, 302, sent_of(event))
    assert asked.content.decode().count(ASKED) == 1
    assert Registration.objects.get().pronouns == "they/them"


def test_whoever_has_to_set_something_right_is_not_asked_as_well():
    event = make_event()

    wrong = post(event, None, email="amara at example.org")
    right = post(event, stamp_on(wrong))

    assert ASKED not in wrong.content.decode()
    assert right.status_code == 302


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        ("topic_new", {"title": "Names", "why": "They matter.", "hosting": "alone", "name": "Sam"}),
        ("adoption", {"name": "Sam"}),
        ("help", {"name": "Sam", "role": "notes"}),
        ("question_new", {"text": "May I come late?"}),
    ],
)
def test_every_form_that_anybody_may_send_asks_so(form: str, answers: dict[str, str]):
    make_hub()
    event = make_social()
    topic, _role = make_topic(event), make_role(event)
    page = reverse(f"breakouts:{form}", args=[event.slug, topic.pk] if form == "adoption" else [event.slug])
    answers |= {"email": "sam@example.org"}

    asked = Client().post(page, answers)
    again = Client().post(page, answers | {"made": stamp_on(asked)})

    assert (asked.status_code, ASKED in asked.content.decode()) == (200, True)
    assert (again.status_code, stamp_on(Client().get(page))[:3]) == (302, "new")


# --- One network ---


def send(event: Event, email: str, address: str = "203.0.113.7") -> Registration:
    Client().post(form_of(event), typed(email=email), REMOTE_ADDR=address)
    return event.registrations.get(email=email)


def test_a_school_behind_one_address_is_never_refused_and_holds_few_places_at_once():
    event = make_event(places=40)

    pupils = [send(event, f"pupil{n}@school.example") for n in range(12)]
    held = [row.state == Registration.State.CONFIRMED for row in pupils]
    for pupil in pupils:
        registrations.confirm(pupil)

    assert held == [True] * registrations.HELD_FOR_ONE_NETWORK + [False] * 7
    assert event.places()[:2] == (12, 0)


@pytest.mark.parametrize(
    ("addresses", "held"),
    [
        ([f"203.0.113.{n}" for n in range(8)], 8),
        ([f"2001:db8::{n:x}" for n in range(8)], 5),  # as many as one likes, and all in one network
        ([f"2001:db8:0:{n:x}::1" for n in range(8)], 8),
    ],
)
def test_what_counts_as_one_network(addresses: list[str], held: int):
    event = make_event(places=40)

    for number, address in enumerate(addresses):
        send(event, f"p{number}@example.org", address)

    assert event.places().unconfirmed == held


def test_the_network_is_kept_as_a_digest_of_this_event_and_no_longer_than_it_counts():
    event, other = make_event(places=40), make_event(places=40)
    rows = [send(event, f"p{n}@example.org") for n in range(4)]
    elsewhere = send(other, "p0@example.org")
    kept = {row.network for row in rows}

    registrations.confirm(rows[0])
    leaving.not_me(rows[1])
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        leaving.expire(event)

    assert (len(kept), "203.0.113" in kept.pop(), elsewhere.network in kept) == (1, False, False)
    assert set(event.registrations.values_list("network", flat=True)) == {""}
    # And nothing is kept of whoever holds no place.
    full = make_event(places=1)
    register(full)
    assert send(full, "late@example.org").network == ""
