"""Many people press "Save my place" in the same instant, for five places, on the real database, and then the button in
their mail.

The twin takes the lock out and must come to another result: it proves that this test can fail.
"""

import threading
from collections import Counter
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import fresh_links, giving_back, leaving, publishing, registrations
from events.actions.leaving import NoLongerPossible
from events.fresh_links import FreshLink, Goal, Wanted
from events.models import Event, Registration
from events.models.places import Pair
from mail.models import OutgoingMail
from tests.amounts import amount
from tests.crowds import at_once
from tests.factories import answers, by_hand, make_event, make_group, make_organiser, make_quota, register

PEOPLE = amount(12, many=128)
PLACES = 5
HELD = 2  # at most half of them, while nobody has confirmed

pytestmark = pytest.mark.django_db(transaction=True)


def post_registration(event: Event, n: int) -> int:
    typed = {"name": f"Person {n}", "email": f"person{n}@example.org", "accepts_values": "on"} | by_hand()
    return (
        Client(raise_request_exception=False).post(f"/events/{event.slug}/registration/", typed).status_code
    )


def outcome(event: Event) -> Counter[str]:
    return Counter(event.registrations.values_list("state", flat=True))


@pytest.mark.many
def test_many_at_once_for_five_places():
    event = make_event(places=PLACES)

    statuses = at_once(lambda n: post_registration(event, n), PEOPLE)

    assert Counter(statuses) == {302: PEOPLE}
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

    statuses = at_once(press, PEOPLE + 1)

    assert Counter(statuses) == {302: PEOPLE + 1}
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

    def decide_together(event: Event, pair: Pair) -> bool:
        has_place = decide(event, pair)
        # Nobody writes before everyone has counted: the worst timing there is, every time.
        everyone_has_counted.wait(timeout=10)
        return has_place

    monkeypatch.setattr(Event, "locked", without_lock)
    monkeypatch.setattr(Event, "holds_place_for_newcomer", decide_together)

    def unprotected(n: int) -> int:
        connection.transaction_mode = "DEFERRED"
        return post_registration(event, n)

    statuses = at_once(unprotected, PEOPLE)

    # Postgres sells places twice; SQLite turns people away because others hold the file.
    sold, turned_away = outcome(event)["confirmed"], sum(status >= 500 for status in statuses)
    assert sold > HELD or turned_away > 0


# Three institutions and what is held back: of 40 places for 55 people, as in source 003, or of as many for fewer.
SHARES = {"Kent": amount(3, many=15), "Liverpool": amount(2, many=10), "City": amount(3, many=12)}
APPLICANTS = amount(12, many=55)


def a_programme() -> Event:
    event = make_event(places=sum(SHARES.values()) + amount(1, many=3), dates=4)
    for name, places in SHARES.items():
        make_quota(event, name, places)
    return event


def apply_at_once(event: Event) -> list[Any]:
    """Everyone asks for a place of one of the three, and presses the button of their mail as soon as it is there."""
    pairs = [quota.pair for quota in event.quotas.all()]

    def apply(n: int) -> int:
        asked = answers(f"person{n}@example.org", pair=pairs[n % len(pairs)])
        registration = registrations.register(event, asked)
        registrations.confirm(registration)
        return registration.pk

    return at_once(apply, APPLICANTS)


@pytest.mark.many
def test_many_at_once_for_the_places_of_three_quotas():
    event = a_programme()

    acknowledged = apply_at_once(event)

    assert [answer for answer in acknowledged if isinstance(answer, Exception)] == []
    for quota in event.quotas.all():
        asked = len(range(list(SHARES).index(quota.name), APPLICANTS, len(SHARES)))
        has_place = min(quota.places or 0, asked)
        states = quota.registrations.values_list("state", flat=True)
        assert Counter(states) == Counter(confirmed=has_place, waiting=asked - has_place)
        # For some a place is held from their asking; the others have theirs in the turn in which they confirmed.
        in_turn = list(states.filter(steps__kind="queued").order_by("email_confirmed_at", "pk"))
        assert in_turn == sorted(in_turn)
        waiting = quota.registrations.in_the_queue()
        assert [row.position() for row in waiting] == [*range(1, len(waiting) + 1)]
    told = OutgoingMail.objects.filter(kind__in=["place", "waiting"]).values_list("about", flat=True)
    assert sorted(told) == sorted(acknowledged)


@pytest.mark.many
def test_the_same_without_the_lock_goes_wrong(monkeypatch):
    event = a_programme()
    everyone_has_counted = threading.Barrier(APPLICANTS)
    decide = Event.holds_place_for_newcomer

    def decide_together(event: Event, pair: Pair) -> bool:
        has_place = decide(event, pair)
        with suppress(threading.BrokenBarrierError):
            everyone_has_counted.wait(timeout=10)
        return has_place

    monkeypatch.setattr(Event, "locked", lambda event: Event.objects.get(pk=event.pk))
    monkeypatch.setattr(Event, "holds_place_for_newcomer", decide_together)
    pairs = [quota.pair for quota in event.quotas.all()]

    def unprotected(n: int) -> int:
        connection.transaction_mode = "DEFERRED"
        asked = answers(f"person{n}@example.org", pair=pairs[n % len(pairs)])
        return registrations.register(event, asked).pk

    acknowledged = at_once(unprotected, APPLICANTS)

    # Postgres holds more than half for addresses that nobody has confirmed; SQLite turns people away.
    held = Counter(event.registrations.filter(state="confirmed").values_list("quota__name", flat=True))
    too_many = [name for name, places in SHARES.items() if 2 * held[name] > places + 1]
    assert too_many or any(isinstance(answer, Exception) for answer in acknowledged)


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
    address = FreshLink(registration, timezone.now()).address(Goal(Wanted.DATA))

    asked = at_once(lambda n: fresh_links.send(registration, Goal(Wanted.DATA)), 8)
    pressed = at_once(lambda n: Client().post(address).headers["Location"], 8)

    assert {type(answer) for answer in asked} == {datetime}
    assert OutgoingMail.objects.of_kind("fresh-link").count() == 1
    assert Counter(pressed) == {Goal(Wanted.DATA).address(registration): 1, address: 7}


def test_two_workers_publish_an_event_once():
    event = make_event(state=Event.State.DRAFT, publish_at=timezone.now())
    register(make_event(group=event.group), wants_news=True)

    statuses = at_once(lambda _n: publishing.publish_due(), 2)

    assert sorted(statuses) == [0, 1]
    assert OutgoingMail.objects.filter(kind="news").count() == 1


def test_whoever_registers_while_it_is_taken_back_has_an_event_or_no_registration():
    event = make_event()

    at_once(lambda n: publishing.take_back(event) if n else post_registration(event, n), 2)

    event.refresh_from_db()
    assert (event.state, event.registrations.count()) in {("draft", 0), ("published", 1)}
