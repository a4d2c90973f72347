"""What organisers write to people: who gets it, who does not any more, and what takes it back."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.utils import timezone

from breakouts.actions import rooms
from breakouts.models import Topic
from concerns.actions import keeping_out
from events.actions import address_changes, audiences, calling_off, leaving, letters, my_data
from events.models import AddressChange, Event, Letter, LetterCopy, Registration
from mail.actions import outbox
from mail.models import OutgoingMail
from people.models import Person
from tests.amounts import amount
from tests.breakouts.factories import make_helper, make_role, make_social, make_topic, sit
from tests.factories import come, make_group, make_hub, make_organiser, register, write_letter
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

State = OutgoingMail.State
CAME, MISSED, WAITS, HOST, HELPER = (
    f"{who}@example.org" for who in ("came", "missed", "waits", "host", "helper")
)


@dataclass
class World:
    event: Event
    ruth: Person
    topic: Topic
    other: Topic
    came: Registration
    missed: Registration
    waits: Registration


@pytest.fixture
@made_once
def world() -> World:
    make_hub()
    group = make_group("Solidarity Socials", contact_email="socials@example.org")
    ruth = make_organiser(group, name="Ruth", email="ruth@example.org")
    event = make_social(group=group, places=2, title="Being better allies")
    topic, other = make_topic(event, "How to listen", host="Keli"), make_topic(event, "Where we stand")
    came, missed = sit(event, topic, email=CAME, name="Amara"), sit(event, topic, email=MISSED, name="Kit")
    make_helper(make_role(event, "notes", wanted=1), name="Sage")
    waits = register(event, WAITS)
    register(event, "nobody@example.org", confirmed=False)
    OutgoingMail.objects.all().delete()
    return World(event, ruth, topic, other, came, missed, waits)


def draft(world: World, *codes: str, words: str = "Please bring a pen.", **more) -> Letter:
    return write_letter(world.event, "Bring a pen", *codes, words=words, by=world.ruth, **more)


def sent(world: World, *codes: str, **more) -> Letter:
    letter = draft(world, *codes, **more)
    letters.send(letter, by=world.ruth)
    letter.refresh_from_db()
    return letter


def leave(letter: Letter) -> list[str]:
    """Let it leave; who got it."""
    django_mail.outbox.clear()
    with time_machine.travel(letter.leaves_at + timedelta(seconds=1), tick=False):
        outbox.send_due(limit=1000)
    ours = [mail for mail in django_mail.outbox if letter.subject in mail.subject]
    return sorted(mail.to[0] for mail in ours)


def test_each_audience_is_who_does_that_and_nobody_twice(world):
    host, helper = (world.event.registrations.get(name=name).email for name in ("Keli", "Sage"))
    room = f"room-{world.topic.pk}"
    cases = {
        ("coming",): {CAME, MISSED, host, helper},
        ("waiting",): {WAITS},
        ("team",): {host, helper},
        (room,): {CAME, MISSED, host, helper},
        (f"room-{world.other.pk}", "waiting"): {WAITS},
        ("coming", "team", room): {CAME, MISSED, host, helper},
    }
    for codes, whom in cases.items():
        with nothing_stays():
            letter = sent(world, *codes)
            owed = OutgoingMail.objects.filter(letter_copy__letter=letter).values_list("to_email", flat=True)
            assert (codes, sorted(owed)) == (codes, sorted(whom))


def test_who_came_is_known_of_a_meeting_online_once_it_is_over(world):
    def who(code: str, **changes: object) -> list[str]:
        Event.objects.filter(pk=world.event.pk).update(**changes)
        event = Event.objects.get(pk=world.event.pk)
        people = audiences.people(audiences.of_event(event), [code])
        return sorted(event.registrations.filter(pk__in=people).values_list("name", flat=True))

    assert (who("came"), who("missed")) == ([], [])
    come(world.came)
    with time_machine.travel(world.event.ends_at + timedelta(minutes=1), tick=False):
        assert (who("came"), who("missed")) == (["Amara"], ["Keli", "Kit", "Sage"])
        # In a hall nobody counts at the door.
        assert who("came", format="both") == []


def test_a_letter_is_held_for_ten_minutes_and_then_leaves_once(world):
    letter = sent(world)

    assert (outbox.send_due(), len(leave(letter)), leave(letter)) == (0, 4, [])


def test_what_was_taken_back_reaches_nobody_and_is_a_draft_again(world):
    letter = letters.take_back(sent(world))

    letter.leaves_at = timezone.now() + letters.HELD_FOR
    assert leave(letter) == []
    assert (LetterCopy.objects.count(), OutgoingMail.objects.of_kind("letter").count()) == (0, 0)
    assert letters.send(letter, by=world.ruth)[0] == 4


def test_nothing_is_taken_back_once_one_may_have_left(world):
    """All of it or nothing: also where a worker has one in hand, and where the ten minutes have just passed."""
    letter = sent(world)
    moment = letter.leaves_at
    in_hand = OutgoingMail.objects.of_kind("letter").first()

    with nothing_stays():
        OutgoingMail.objects.filter(pk=in_hand.pk).update(next_attempt_at=moment + outbox.LEASE)
        with pytest.raises(letters.NoLongerPossible):
            letters.take_back(letter)
        assert OutgoingMail.objects.of_kind("letter").waiting().count() == 4
    with time_machine.travel(moment, tick=False), pytest.raises(letters.NoLongerPossible):
        letters.take_back(letter)
    letters.let_go(letter)
    for again in (letters.take_back, letters.let_go, letters.throw_away):
        with pytest.raises(letters.NoLongerPossible):
            again(letter)


def test_let_go_it_leaves_now(world):
    letter = sent(world)
    letters.let_go(letter)
    letter.refresh_from_db()

    assert letter.leaves_at < timezone.now()
    assert len(leave(letter)) == 4


def test_pressed_twice_it_is_one_letter(world):
    """On one page, and in an old tab of the draft."""
    letter = draft(world)
    letters.send(letter, by=world.ruth)

    again = letters.begin(world.event, key=letter.key)
    with pytest.raises(letters.NoLongerPossible):
        letters.send(again, by=world.ruth)
    with pytest.raises(letters.NoLongerPossible):
        letters.save(again, subject="x", words="x", audience=["coming"], opened="", by=world.ruth)

    assert (Letter.objects.count(), OutgoingMail.objects.of_kind("letter").count()) == (1, 4)


def moves_room(world: World) -> None:
    rooms.choose(world.came, world.other)


def is_kept_out(world: World) -> None:
    keeping_out.keep_out(world.event.group, CAME, reason="", by=world.ruth, event=world.event)


def leaves(world: World) -> None:
    leaving.leave(world.came)


def is_erased(world: World) -> None:
    my_data.erase_everything(CAME)


def is_removed(world: World) -> None:
    leaving.remove(world.came, by=world.ruth)


PARTINGS: list[Callable[[World], None]] = [leaves, is_removed, is_kept_out, is_erased, moves_room]


def test_whoever_left_meanwhile_gets_none_and_finds_none(world):
    for parting in PARTINGS:
        with nothing_stays():
            letter = sent(world, f"room-{world.topic.pk}")
            parting(world)
            got = leave(letter)
            with time_machine.travel(letter.leaves_at + timedelta(seconds=1), tick=False):
                shown = letters.received(world.came, timezone.now())
            assert (parting.__name__, CAME in got, MISSED in got, shown) == (
                parting.__name__,
                False,
                True,
                [],
            )
            letters.forget_what_never_left()
            assert not LetterCopy.objects.filter(registration=world.came).exists()


def test_whoever_has_another_address_by_then_gets_it_there(world):
    letter = sent(world)
    change = address_changes.ask(world.came, "new@example.org")
    address_changes.agree(AddressChange.objects.get(pk=change.pk), as_old=True)
    address_changes.agree(AddressChange.objects.get(pk=change.pk), as_old=False)

    assert {"new@example.org", CAME} & {*leave(letter)} == {"new@example.org"}


def test_a_letter_of_before_is_not_sent_when_the_event_was_called_off(world):
    letter = sent(world)
    calling_off.cancel(world.event, reason="Ruth is ill.", by=world.ruth)
    assert leave(letter) == []

    assert len(leave(sent(world, words="We are sorry."))) == 4


def test_a_correction_reaches_exactly_those_who_got_the_letter(world):
    """Not who came to the audience since, nor who left; and whoever changed rooms got it, so they read what was wrong."""
    letter = sent(world, f"room-{world.topic.pk}")
    got = leave(letter)
    leaving.leave(Registration.objects.get(email=MISSED))
    rooms.choose(world.came, world.other)

    with time_machine.travel(letter.leaves_at + timedelta(minutes=1), tick=False):
        leaving.accept_offer(Registration.objects.get(email=WAITS))
        rooms.choose(Registration.objects.get(email=WAITS), world.topic)
        correction = sent(world, corrects=letter)
        corrected = leave(correction)

    assert corrected == sorted({*got} - {MISSED})


def test_fields_are_filled_for_each_and_what_was_typed_stays_as_it_is(world):
    Registration.objects.filter(pk=world.came.pk).update(name="Amara *A* [x](http://bad.example)")
    letter = sent(world, words="To {name}:\n\n- {event} on {date}, {place}\n- your room: {room}\n\n{ name }")

    leave(letter)

    body = next(mail.body for mail in django_mail.outbox if mail.to == [CAME] and "pen" in mail.subject)
    assert "To Amara *A* [x](http://bad.example):\n\n- Being better allies on " in body
    assert "- your room: 1. How to listen\n" in body
    assert {tuple(mail.reply_to) for mail in django_mail.outbox} == {("socials@example.org",)}


def test_a_test_goes_to_whoever_writes_it_alone_and_once(world):
    letter = draft(world, words="Dear {name}")

    letters.test(letter, by=world.ruth)
    letters.test(letter, by=world.ruth)
    django_mail.outbox.clear()
    outbox.send_due()

    (mail,) = (mail for mail in django_mail.outbox if "pen" in mail.subject)
    assert (mail.to, "This is a test" in mail.body, "Dear Ruth" in mail.body) == (
        ["ruth@example.org"],
        True,
        True,
    )


def test_all_of_them_are_owed_in_one_transaction_and_soon(world):
    """What 500 people are written to takes less than a second."""
    number = amount(40, many=500)
    Event.objects.filter(pk=world.event.pk).update(capacity=None)
    Registration.objects.bulk_create(
        Registration(
            event=world.event,
            name="Guest",
            email=f"g{n}@example.org",
            state="confirmed",
            email_confirmed_at=timezone.now(),
        )
        for n in range(number)
    )
    letter = draft(world)

    began = time.perf_counter()
    owed, _leaves_at = letters.send(letter, by=world.ruth)
    took = time.perf_counter() - began

    assert (owed, OutgoingMail.objects.of_kind("letter").count()) == (number + 4, number + 4)
    print(f"{owed} owed in {took:.3f} s")
    assert took < 1


def test_nothing_is_owed_where_one_cannot_be(world, monkeypatch):
    letter = draft(world)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(LetterCopy.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        letters.send(letter, by=world.ruth)

    letter.refresh_from_db()
    assert (letter.is_draft, OutgoingMail.objects.of_kind("letter").count()) == (True, 0)
