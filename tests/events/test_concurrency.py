"""Many people press "Save my place" in the same instant, for five places, on the real database, and then the button in
their mail.

The twin takes the lock out and must come to another result: it proves that this test can fail.
"""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import fresh_links, giving_back, leaving, publishing
from events.actions.leaving import NoLongerPossible
from events.fresh_links import FreshLink, Wanted
from events.models import Event, Registration
from mail.models import OutgoingMail
from tests.amounts import amount
from tests.factories import by_hand, make_event, make_group, make_organiser, register

PEOPLE = amount(12, many=128)
PLACES = 5
HELD = 2  # at most half of them, while nobody has confirmed

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: Any, number: int) -> list[Any]:
    """Run `work(n)` in `number` threads that all start together, each with its own connection."""
    together = threading.Barrier(number)

    def one(n: int) -> Any:
        connection.ensure_connection()
        together.wait()
        try:
            return work(n)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def post_registration(event: Event, n: int) -> int:
    answers = {"name": f"Person {n}", "email": f"person{n}@example.org", "accepts_values": "on"} | by_hand()
    return (
        Client(raise_request_exception=False).post(f"/events/{event.slug}/registration/", answers).status_code
    )


def outcome(event: Event) -> Counter[str]:
    return Counter(event.registrations.values_list("state", flat=True))


@pytest.mark.many
def test_many_at_once_for_five_places():
    event = make_event(places=PLACES)

    answers = at_once(lambda n: post_registration(event, n), PEOPLE)

    assert Counter(answers) == {302: PEOPLE}
    assert outcome(event) == {"confirmed": HELD, "waiting": PEOPLE - HELD}
    assert OutgoingMail.objects.filter(kind="confirm").count() == PEOPLE
    in_order = event.registrations.order_by("queued_at", "pk").values_list("state", flat=True)
    assert list(in_order) == ["confirmed"] * HELD + ["waiting"] * (PEOPLE - HELD)


@pytest.mark.many
def test_many_confirm_at_once_while_what_nobody_confirmed_is_given_back():
    event, organiser = make_event(places=PLACES), make_organiser(make_group())
    tokens = [register(event, confirmed=False).token for _ in range(PEOPLE)]

    def press(n: int) -> int:
        if n == PEOPLE:
            with suppress(NoLongerPossible):
                giving_back.give_back(event, by=organiser)
            return 302
        confirm = reverse("events:confirmation", args=[tokens[n]])
        return Client(raise_request_exception=False).post(confirm).status_code

    answers = at_once(press, PEOPLE + 1)

    assert Counter(answers) == {302: PEOPLE + 1}
    assert event.places()[:2] == (PLACES, PEOPLE - PLACES)
    told = OutgoingMail.objects.filter(kind__in=["place", "waiting", "offer"]).values("about").distinct()
    assert told.count() == PEOPLE


@pytest.mark.many
def test_the_same_burst_without_the_lock_goes_wrong(monkeypatch):
    event = make_event(places=PLACES)
    everyone_has_counted = threading.Barrier(PEOPLE)
    decide = Event.holds_place_for_newcomer

    def without_lock(event: Event) -> Event:
        return Event.objects.get(pk=event.pk)

    def decide_together(event: Event) -> bool:
        has_place = decide(event)
        # Nobody writes before everyone has counted: the worst timing there is, every time.
        everyone_has_counted.wait(timeout=10)
        return has_place

    monkeypatch.setattr(Event, "locked", without_lock)
    monkeypatch.setattr(Event, "holds_place_for_newcomer", decide_together)

    def unprotected(n: int) -> int:
        connection.transaction_mode = "DEFERRED"
        return post_registration(event, n)

    answers = at_once(unprotected, PEOPLE)

    # Postgres sells places twice; SQLite turns people away because others hold the file.
    sold, turned_away = outcome(event)["confirmed"], sum(status >= 500 for status in answers)
    assert sold > HELD or turned_away > 0


def test_the_same_person_in_two_tabs_is_registered_once():
    event = make_event(places=PLACES)

    at_once(lambda n: post_registration(event, 1), 8)

    assert event.registrations.count() == 1
    assert OutgoingMail.objects.filter(kind="confirm").count() == 1


def test_one_free_place_is_offered_to_one_person_however_many_leave_and_expire_at_once():
    event = make_event(places=2)
    holders = [register(event) for _ in range(2)]
    waiting = [register(event) for _ in range(4)]

    def work(n: int) -> None:
        if n < 2:
            leaving.leave(holders[n])
        else:
            leaving.expire(event)

    results = at_once(work, 6)

    assert [r for r in results if isinstance(r, Exception)] == []
    states = list(
        Registration.objects.filter(pk__in=[w.pk for w in waiting])
        .order_by("pk")
        .values_list("state", flat=True)
    )
    assert states == ["offered", "offered", "waiting", "waiting"]


def test_an_offer_is_taken_or_ended_but_not_both():
    event = make_event(places=1)
    holder, first = register(event), register(event)
    leaving.leave(holder)

    results = at_once(lambda n: leaving.accept_offer(first) if n % 2 else leaving.decline_offer(first), 6)

    first.refresh_from_db()
    assert first.state in {"confirmed", "cancelled"}
    assert event.places().taken == (1 if first.state == "confirmed" else 0)
    assert not any(isinstance(r, OperationalError) for r in results)


def test_a_fresh_link_asked_for_eight_times_at_once_is_one_mail_and_pressed_as_often_opens_one_browser():
    registration = register(make_event())
    address = FreshLink(registration, timezone.now()).address(Wanted.DATA)

    asked = at_once(lambda n: fresh_links.send(registration, Wanted.DATA), 8)
    pressed = at_once(lambda n: Client().post(address).headers["Location"], 8)

    assert {type(answer) for answer in asked} == {datetime}
    assert OutgoingMail.objects.of_kind("fresh-link").count() == 1
    assert Counter(pressed) == {Wanted.DATA.address(registration): 1, address: 7}


def test_two_workers_publish_an_event_once():
    event = make_event(state=Event.State.DRAFT, publish_at=timezone.now())
    register(make_event(group=event.group), wants_news=True)

    answers = at_once(lambda _n: publishing.publish_due(), 2)

    assert sorted(answers) == [0, 1]
    assert OutgoingMail.objects.filter(kind="news").count() == 1


def test_whoever_registers_while_it_is_taken_back_has_an_event_or_no_registration():
    event = make_event()

    at_once(lambda n: publishing.take_back(event) if n else post_registration(event, n), 2)

    event.refresh_from_db()
    assert (event.state, event.registrations.count()) in {("draft", 0), ("published", 1)}
