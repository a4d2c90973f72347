"""Telling someone in confidence: what is kept, who is told that there is something, what each opening leaves behind."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import serializers
from django.utils import timezone

from concerns.actions import codes, concerns
from concerns.actions.concerns import CannotBeAnswered, NoSuchCode
from concerns.models import Concern, ConcernMessage, ConcernReading
from kit.meanwhile import ChangedMeanwhile
from mail.models import OutgoingMail
from tests.factories import make_access_lead, make_event, make_group, make_named_contact, make_organiser

pytestmark = pytest.mark.django_db

WORDS = "Somebody mocked how I speak."


@pytest.fixture
def event():
    return make_event(title="The social")


@pytest.fixture
def vanessa(event):
    return make_named_contact(event.group, name="Vanessa", email="vanessa@example.org")


@pytest.fixture
def code(event, vanessa) -> str:
    return concerns.tell(event.group, WORDS, event=event)


@pytest.fixture
def concern(code) -> Concern:
    return concerns.with_code(code)


def lines_of(concern: Concern) -> list[tuple[str, str]]:
    return [(line.by_contact.name if line.by_contact else "", line.text) for line in concern.messages.all()]


# --- The code ---


def test_a_code_is_long_cannot_be_misread_and_is_not_kept(code):
    row = Concern.objects.get()

    assert re.fullmatch(rf"([{codes.ALPHABET}]{{4}}-){{3}}[{codes.ALPHABET}]{{4}}", code)
    assert not set(codes.ALPHABET) & set("0O1IL5S2Z8BAEU")
    assert len(codes.ALPHABET) ** codes.LENGTH > 2**60
    database = serializers.serialize("json", [row])
    assert code not in database
    assert codes.plain(code) not in database


def test_the_code_opens_it_however_it_is_typed(code, concern):
    for typed in (code.lower(), code.replace("-", ""), f"  {code.replace('-', ' ')} "):
        assert concerns.with_code(typed) == concern


def test_another_code_opens_nothing(code):
    Concern.objects.create(group=make_group(), kind=Concern.Kind.PROPOSAL, text="No code leads here.")
    last = "C" if code[-1] != "C" else "D"

    for typed in (code[:-1] + last, code[:-1], "", "-"):
        with pytest.raises(NoSuchCode):
            concerns.with_code(typed)


def test_codes_of_before_the_key_was_changed_still_open(code, concern, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, long enough to be one, for this test alone, and no other"

    assert concerns.with_code(code) == concern


def test_pressing_twice_is_one_concern_and_one_code(event, vanessa):
    first = concerns.tell(event.group, WORDS, once="pressed")
    second = concerns.tell(event.group, WORDS, once="pressed")
    other = concerns.tell(event.group, WORDS, once="on another page")

    assert (first == second, first == other) == (True, False)
    assert Concern.objects.count() == 2
    assert ConcernMessage.objects.count() == 0


def test_words_that_were_changed_before_pressing_again_are_added(event, vanessa):
    code = concerns.tell(event.group, WORDS, once="pressed")
    for _pressed in range(2):
        concerns.tell(event.group, "It happened twice.", once="pressed")

    assert lines_of(concerns.with_code(code)) == [("", "It happened twice.")]


def test_what_was_pressed_in_one_group_says_nothing_in_another(event, vanessa):
    first = concerns.tell(event.group, WORDS, once="pressed")
    second = concerns.tell(make_group(), WORDS, once="pressed")

    assert first != second


# --- What is kept ---


def test_the_day_is_kept_and_no_time_anywhere(event, vanessa):
    with time_machine.travel("2026-05-03 13:37:42.123456+00:00", tick=False):
        code = concerns.tell(event.group, WORDS, event=event, once="o")
        concerns.say_as_teller(concerns.with_code(code), "And again.")

    rows = [*Concern.objects.all(), *ConcernMessage.objects.all(), *OutgoingMail.objects.all()]
    kept = serializers.serialize("json", rows)
    assert kept.count("2026-05-03") > 2
    assert "13:37" not in kept
    # Numbers made of a time, like those of most mail programs, would tell it too.
    assert str(int(timezone.datetime.fromisoformat("2026-05-03T13:37:42+00:00").timestamp())) not in kept


def test_the_words_are_sealed(event, vanessa):
    concern = concerns.with_code(concerns.tell(event.group, WORDS, who="Amara, 01632 960 123"))
    concerns.say_as_teller(concern, "A second line.")

    kept = serializers.serialize("json", [*Concern.objects.all(), *ConcernMessage.objects.all()])
    for word in ("mocked", "Amara", "960 123", "second"):
        assert word not in kept
    assert (concern.text, concern.who) == (WORDS, "Amara, 01632 960 123")


# --- Who is told that there is something ---


def mails() -> list[str]:
    rows = OutgoingMail.objects.filter(kind="concern-news").order_by("to_email")
    return list(rows.values_list("to_email", flat=True))


def test_each_named_contact_gets_one_mail_in_ten_minutes(event, vanessa):
    make_named_contact(event.group, email="winston@example.org")
    make_organiser(event.group, email="ruth@example.org")
    make_access_lead(event.group, email="keli@example.org")

    with time_machine.travel("2026-05-03 13:01:00+00:00", tick=False) as clock:
        for _concern in range(3):
            concerns.tell(event.group, WORDS)
        assert mails() == ["vanessa@example.org", "winston@example.org"]
        clock.shift(timedelta(minutes=10))
        concerns.tell(event.group, WORDS)

    assert mails() == ["vanessa@example.org"] * 2 + ["winston@example.org"] * 2


def test_without_a_named_contact_the_access_leads_are_told(event):
    make_organiser(event.group, email="ruth@example.org")
    make_access_lead(event.group, email="keli@example.org")

    concerns.tell(event.group, WORDS)

    assert mails() == ["keli@example.org"]


def test_a_proposal_that_is_set_aside_is_kept_for_those_who_read(event, vanessa):
    concern = concerns.set_aside(event=event, text="Words that attack people", who="Sam, sam@example.org")

    assert (concern.group, concern.event, concern.kind) == (event.group, event, Concern.Kind.PROPOSAL)
    assert mails() == ["vanessa@example.org"]
    with pytest.raises(CannotBeAnswered):
        concerns.answer(concern, "Nobody could read this.", by=vanessa)


# --- Opening ---


def test_an_opening_is_noted_once_and_stands_for_ten_minutes(concern, vanessa):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert not concern.is_open_for(vanessa, timezone.now())
        for _pressed in range(2):
            concerns.open_for(concern, vanessa)
        assert ConcernReading.objects.count() == 1
        assert concern.is_open_for(vanessa, timezone.now())

        clock.shift(timedelta(minutes=10, seconds=1))
        assert not Concern.objects.get().is_open_for(vanessa, timezone.now())


def test_one_persons_opening_covers_nobody_else(concern, event, vanessa):
    winston = make_named_contact(event.group)

    concerns.open_for(concern, vanessa)

    assert not concern.is_open_for(winston, timezone.now())


def test_a_line_added_later_is_covered_for_everyone_who_had_opened_it(concern, event, vanessa):
    winston = make_named_contact(event.group)
    for reader in (vanessa, winston):
        concerns.open_for(concern, reader)

    concerns.say_as_teller(concern, "One more thing.")

    concern = Concern.objects.get()
    assert [concern.is_open_for(reader, timezone.now()) for reader in (vanessa, winston)] == [False, False]
    concerns.open_for(concern, vanessa)
    concern = Concern.objects.get()
    assert [concern.is_open_for(reader, timezone.now()) for reader in (vanessa, winston)] == [True, False]
    assert ConcernReading.objects.filter(reader=vanessa).count() == 2


def test_it_is_new_until_somebody_opens_it_and_again_when_something_is_added(concern, vanessa):
    states = [Concern.objects.get().state]
    concerns.open_for(concern, vanessa)
    states.append(Concern.objects.get().state)
    concerns.say_as_teller(concern, "One more thing.")
    states.append(Concern.objects.get().state)

    assert states == ["new", "open", "new"]


# --- Answering and closing ---


def test_they_write_to_and_fro(concern, vanessa):
    concerns.answer(concern, "Thank you. What would help?", by=vanessa)
    concerns.say_as_teller(concern, "A word with him.")

    assert lines_of(concern) == [("Vanessa", "Thank you. What would help?"), ("", "A word with him.")]


def test_the_same_words_pressed_twice_are_written_once(concern, vanessa):
    for _pressed in range(2):
        concerns.answer(concern, "Thank you.", by=vanessa)
    for _pressed in range(2):
        concerns.say_as_teller(concern, "Thank you.")

    assert lines_of(concern) == [("Vanessa", "Thank you."), ("", "Thank you.")]


def test_what_is_closed_is_not_answered_and_opens_again_when_something_is_added(concern, vanessa):
    concerns.close(concern, seen=0)
    with pytest.raises(CannotBeAnswered):
        concerns.answer(concern, "Too late.", by=vanessa)
    closed = Concern.objects.get()

    concerns.say_as_teller(concern, "It happened again.")

    again = Concern.objects.get()
    assert (closed.state, closed.closed_on) == ("closed", timezone.localdate())
    assert (again.state, again.closed_on) == ("new", None)


def test_nobody_closes_over_a_line_they_have_not_seen(concern, vanessa):
    concerns.say_as_teller(concern, "Wait, there is more.")

    with pytest.raises(ChangedMeanwhile):
        concerns.close(concern, seen=0)

    assert Concern.objects.get().state == "new"


def test_closing_twice_keeps_the_day(concern):
    with time_machine.travel("2026-05-03 12:00+00:00"):
        concerns.close(concern, seen=0)
    with time_machine.travel("2026-05-09 12:00+00:00"):
        concerns.close(concern, seen=0)

    assert f"{Concern.objects.get().closed_on}" == "2026-05-03"


def test_opening_what_is_closed_leaves_it_closed(concern, vanessa):
    concerns.close(concern, seen=0)

    concerns.open_for(concern, vanessa)

    assert Concern.objects.get().is_closed
