"""Several people press in the same instant for what only one can have, on the real database: one gets it, the others are
told, and stand in the order in which they came. The twins take the lock out and must come to another result."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction

from breakouts.actions import helpers, host_departures, hosts, review, rooms
from breakouts.actions.rooms import RoomFull
from breakouts.models import Helper, Host, Placement
from concerns.actions import concerns
from concerns.actions import notices as concern_notices
from concerns.models import Concern
from events.models import Event
from mail.models import OutgoingMail
from tests.breakouts.factories import make_role, make_social, make_topic, offer_to_host, organiser_of, propose
from tests.crowds import at_once
from tests.factories import register

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 8


def mails(kind: str) -> int:
    return OutgoingMail.objects.filter(kind=kind).count()


def unlocked(monkeypatch: pytest.MonkeyPatch, module: Any, question: str) -> None:
    """Nobody locks, and nobody writes before everyone has asked `question`: the worst timing there is, every time.
    On SQLite some wait in vain for those who cannot ask while another writes, and then meet what was written."""
    everyone_has_asked = threading.Barrier(PEOPLE)
    ask = getattr(module, question)
    patience = 10 if connection.vendor == "postgresql" else 1

    def ask_together(*of: Any) -> Any:
        answer = ask(*of)
        with suppress(threading.BrokenBarrierError):
            everyone_has_asked.wait(timeout=patience)
        return answer

    monkeypatch.setattr(Event, "locked", lambda event: Event.objects.get(pk=event.pk))
    monkeypatch.setattr(module, question, ask_together)


def in_deferred_transactions(work: Callable[[int], object]) -> Callable[[int], object]:
    def unprotected(n: int) -> object:
        connection.transaction_mode = "DEFERRED"
        return work(n)

    return unprotected


def failures(answers: list[Any]) -> list[Exception]:
    return [answer for answer in answers if isinstance(answer, Exception)]


def test_a_topic_is_adopted_once_and_the_others_are_next_in_line_and_told():
    event = make_social()
    topic = make_topic(event)
    offers = [offer_to_host(topic) for _ in range(PEOPLE)]

    answers = at_once(lambda n: hosts.confirm(offers[n], values=None), PEOPLE)

    assert failures(answers) == []
    assert Counter(topic.hosts.values_list("state", flat=True)) == {"hosting": 1, "willing": PEOPLE - 1}
    assert (mails("host-welcome"), mails("host-next")) == (1, PEOPLE - 1)
    assert event.registrations.count() == 1
    in_line = list(topic.hosts.willing().values_list("queued_at", flat=True))
    assert in_line == sorted(in_line)


def test_without_the_lock_a_topic_is_adopted_by_several(monkeypatch):
    topic = make_topic(make_social())
    offers = [offer_to_host(topic) for _ in range(PEOPLE)]
    unlocked(monkeypatch, hosts, "is_free")

    answers = at_once(in_deferred_transactions(lambda n: hosts.confirm(offers[n], values=None)), PEOPLE)

    assert topic.hosts.hosting().count() > 1 or failures(answers)
    rooms.rewrite_summary(topic.event)  # nor was the page written in turns


def test_the_last_slot_goes_to_one_helper_and_the_others_are_in_reserve_and_told():
    event = make_social()
    role = make_role(event, "tech", wanted=2)
    offers = [helpers.offer(role, name=f"Helper {n}", email=f"h{n}@example.org") for n in range(PEOPLE)]

    answers = at_once(lambda n: helpers.confirm(offers[n], values=None), PEOPLE)

    assert failures(answers) == []
    assert Counter(role.helpers.values_list("state", flat=True)) == {"helping": 2, "reserve": PEOPLE - 2}
    assert (mails("helper-welcome"), mails("helper-reserve")) == (2, PEOPLE - 2)
    event.breakout_plan.refresh_from_db()
    assert event.breakout_plan.on_the_page["roles"] == [{"kind": "tech", "wanted": 2, "filled": 2}]


def test_without_the_lock_more_help_than_there_are_slots(monkeypatch):
    role = make_role(make_social(), "tech", wanted=2)
    offers = [helpers.offer(role, name=f"Helper {n}", email=f"h{n}@example.org") for n in range(PEOPLE)]
    unlocked(monkeypatch, helpers, "_free")

    answers = at_once(in_deferred_transactions(lambda n: helpers.confirm(offers[n], values=None)), PEOPLE)

    assert role.helpers.helping().count() > 2 or failures(answers)
    rooms.rewrite_summary(role.event)  # nor was the page written in turns


def test_two_note_takers_in_one_instant_have_a_room_each():
    event = make_social()
    for _ in range(2):
        make_topic(event)
    role = make_role(event, "notes", wanted=2)
    offers = [helpers.offer(role, name=f"Helper {n}", email=f"h{n}@example.org") for n in range(2)]

    at_once(lambda n: helpers.confirm(offers[n], values=None), 2)

    assert sorted(Helper.objects.values_list("topic__number", flat=True)) == [1, 2]


def test_the_last_seats_of_a_room_are_taken_once_and_the_others_are_told():
    event = make_social()
    topic = make_topic(event, seats=3)
    people = [register(event) for _ in range(PEOPLE)]

    answers = at_once(lambda n: rooms.choose(people[n], topic), PEOPLE)

    assert Counter(type(answer) for answer in answers) == {Placement: 3, RoomFull: PEOPLE - 3}
    assert Placement.objects.that_count().filter(topic=topic).count() == 3


def test_without_the_lock_a_room_is_overfull(monkeypatch):
    event = make_social()
    topic = make_topic(event, seats=3)
    people = [register(event) for _ in range(PEOPLE)]
    unlocked(monkeypatch, rooms, "has_seat_for")

    answers = at_once(in_deferred_transactions(lambda n: rooms.choose(people[n], topic)), PEOPLE)

    overfull = Placement.objects.that_count().filter(topic=topic).count() > 3
    turned_away = [error for error in failures(answers) if not isinstance(error, RoomFull)]
    assert overfull or turned_away


def test_a_host_who_leaves_and_offers_that_come_in_the_same_instant_end_with_one_host():
    topic = make_topic(make_social())
    host = hosts.confirm(offer_to_host(topic), values=None)
    offers = [offer_to_host(topic) for _ in range(PEOPLE - 1)]

    def work(n: int) -> object:
        return host_departures.step_down(host) if n == 0 else hosts.confirm(offers[n - 1], values=None)

    answers = at_once(work, PEOPLE)

    assert failures(answers) == []
    assert topic.hosts.holding_the_room().count() == 1
    host.refresh_from_db()
    assert host.state == Host.State.ENDED


def test_proposals_accepted_in_one_instant_have_numbers_of_their_own():
    event = make_social()
    by = organiser_of(event)
    proposed = [propose(event).topic for _ in range(PEOPLE)]

    answers = at_once(lambda n: review.accept(proposed[n], by=by), PEOPLE)

    assert failures(answers) == []
    assert list(event.topics.accepted().values_list("number", flat=True)) == list(range(1, PEOPLE + 1))


def test_telling_someone_and_an_organiser_at_the_same_event_never_wait_for_one_another(monkeypatch):
    """One has locked the event and writes about its group, the other has locked the group and writes about its event."""
    event = make_social()
    both_have_locked = threading.Barrier(2)

    def wait_for_the_other(*_of: Any, **_more: Any) -> None:
        with suppress(threading.BrokenBarrierError):  # where only one can write at all
            both_have_locked.wait(timeout=1)

    def set_aside(_n: int) -> object:
        with transaction.atomic():
            return concerns.set_aside(event=event.locked(), text="It attacks people.", who="")

    def tell(_n: int) -> object:
        return concerns.tell(event.group, "Somebody mocked me.", event=event)

    monkeypatch.setattr(concern_notices, "tell_readers", wait_for_the_other)
    answers = at_once(lambda n: (set_aside, tell)[n](n), 2)

    assert failures(answers) == []
    assert Concern.objects.count() == 2
