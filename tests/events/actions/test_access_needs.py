import threading
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from events.actions import access_needs
from events.actions.access_needs import AccessAnswers, NotTheirNeed, Withdrawn
from events.models import AccessNeed, AccessRequest, Registration
from kit.meanwhile import ChangedMeanwhile, NothingChanged
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import make_access_lead, make_event, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration() -> Registration:
    return register(make_event(), needs={"bsl": "with slides", "captions": ""})


@pytest.fixture
def lead(registration) -> Person:
    return make_access_lead(registration.event.group)


@pytest.fixture
def asked(registration) -> AccessRequest:
    return registration.access_request


def needs(asked: AccessRequest) -> dict[str, tuple[str, str]]:
    return {need.code: (need.detail, need.state) for need in AccessNeed.objects.filter(request=asked)}


def need_of(asked: AccessRequest, code: str) -> AccessNeed:
    return next(need for need in asked.needs.all() if need.code == code)


def kinds(kind: str) -> int:
    return OutgoingMail.objects.filter(kind=kind).count()


# --- what the person asks for ---


def test_whoever_would_rather_talk_first_waits_for_words(lead):
    """Their request is one like others; words to them, wherever a lead writes them, begin the conversation."""
    asked = register(make_event(), needs={"contact": "", "bsl": ""}).access_request
    assert needs(asked) == {"contact": ("", "to_write"), "bsl": ("", "received")}
    assert not asked.is_read_since_last_word()

    access_needs.change(asked.registration, AccessAnswers({"contact": "", "bsl": ""}))
    assert needs(asked)["contact"] == ("", "to_write")

    access_needs.move(need_of(asked, "bsl"), "arranging", by=lead)
    assert needs(asked)["contact"] == ("", "to_write")

    access_needs.say_as_lead(asked, "How are you?", by=lead)
    assert needs(asked) == {"contact": ("", "talking"), "bsl": ("", "arranging")}


def test_what_stays_asked_keeps_its_state_what_changes_is_new_again_and_the_rest_goes(asked, lead):
    access_needs.move(need_of(asked, "bsl"), "arranging", by=lead)
    access_needs.move(need_of(asked, "captions"), "arranged", by=lead)

    access_needs.change(
        asked.registration, AccessAnswers({"bsl": "with slides", "captions": "in Polish", "plan": ""})
    )
    assert needs(asked) == {
        "bsl": ("with slides", "arranging"),
        "captions": ("in Polish", "received"),
        "plan": ("", "received"),
    }

    access_needs.change(asked.registration, AccessAnswers({"plan": ""}))
    assert needs(asked) == {"plan": ("", "received")}


def test_asking_for_nothing_more_takes_it_all_back(asked):
    access_needs.change(asked.registration, AccessAnswers({}))

    asked.refresh_from_db()
    assert (asked.is_withdrawn, needs(asked)) == (True, {})


def test_after_taking_it_back_one_may_ask_again_with_a_new_consent(asked):
    first_consent = asked.consent_given_at
    access_needs.withdraw(asked.registration)

    access_needs.change(asked.registration, AccessAnswers({"quiet": ""}))

    asked.refresh_from_db()
    assert (asked.is_withdrawn, needs(asked)) == (False, {"quiet": ("", "received")})
    assert asked.consent_given_at > first_consent


def test_a_code_that_is_not_on_the_list_is_not_kept(asked):
    access_needs.change(asked.registration, AccessAnswers({"bsl": "", "no_such_code": "x"}))

    assert set(needs(asked)) == {"bsl"}


def test_taking_it_back_leaves_no_text_and_the_names_of_those_who_read_it(asked, lead):
    access_needs.open_for(asked, reader=lead)
    access_needs.say_as_person(asked, "Hello")

    access_needs.withdraw(asked.registration)

    assert (needs(asked), asked.messages.count(), asked.readings.count()) == ({}, 0, 1)


def test_needs_that_cannot_be_read_any_more_are_replaced_by_what_is_asked_now(asked, settings):
    settings.SEALING_KEYS = {"new": b"0" * 32}

    access_needs.change(asked.registration, AccessAnswers({"bsl": "again"}))

    assert needs(asked) == {"bsl": ("again", "received")}


# --- what the access leads answer ---


def test_a_move_with_words_tells_the_person_once_in_ten_minutes(asked, lead):
    moment = timezone.now().replace(minute=1, second=0)
    with time_machine.travel(moment, tick=False):
        access_needs.move(need_of(asked, "bsl"), "arranging", by=lead, message="We are asking the agency.")
        access_needs.move(need_of(asked, "captions"), "arranged", by=lead)

    assert asked.messages.get().text == "We are asking the agency."
    assert kinds("access-news") == 1


def test_a_move_to_where_it_stands_already_says_nothing(asked, lead):
    with pytest.raises(NothingChanged):
        access_needs.move(need_of(asked, "bsl"), "received", by=lead)

    assert kinds("access-news") == 0


def test_what_changed_since_the_lead_saw_it_is_not_written_over(asked, lead):
    seen = need_of(asked, "bsl").edition
    access_needs.change(asked.registration, AccessAnswers({"bsl": "with a lipspeaker too"}))

    with pytest.raises(ChangedMeanwhile):
        access_needs.move(need_of(asked, "bsl"), "arranged", by=lead, seen=seen)

    assert needs(asked)["bsl"] == ("with a lipspeaker too", "received")


def test_what_was_taken_back_is_not_answered_or_written_again(asked, lead):
    stale = need_of(asked, "bsl")
    access_needs.withdraw(asked.registration)

    for attempt in (
        lambda: access_needs.move(stale, "arranged", by=lead, message="Done"),
        lambda: access_needs.say_as_lead(asked, "Done", by=lead),
        lambda: access_needs.say_as_person(asked, "Hello"),
        lambda: access_needs.agree(asked, stale.pk),
    ):
        with pytest.raises(Withdrawn):
            attempt()
    assert (needs(asked), asked.messages.count()) == ({}, 0)


def test_a_need_that_is_no_longer_asked_for_is_not_written_again(asked, lead):
    stale = need_of(asked, "bsl")
    access_needs.change(asked.registration, AccessAnswers({"captions": ""}))

    with pytest.raises(NotTheirNeed):
        access_needs.move(stale, "arranged", by=lead)

    assert set(needs(asked)) == {"captions"}


def test_only_what_was_offered_can_be_agreed_to(asked, lead):
    need = need_of(asked, "bsl")
    with pytest.raises(NotTheirNeed):
        access_needs.agree(asked, need.pk)

    access_needs.move(need, "something_else", by=lead, message="Captions?")
    access_needs.agree(asked, need.pk)

    assert needs(asked)["bsl"][1] == "confirmed"


def test_the_need_of_another_cannot_be_agreed_to(asked, lead):
    other = register(asked.registration.event, needs={"bsl": ""}).access_request
    access_needs.move(other.needs.get(), "arranged", by=lead)

    with pytest.raises(NotTheirNeed):
        access_needs.agree(asked, other.needs.get().pk)


# --- readings ---


def test_a_reading_stands_for_ten_minutes_and_for_what_was_written_until_then(asked, lead):
    now = timezone.now() + timedelta(hours=1)

    def is_open_after(minutes: float) -> bool:
        fresh = AccessRequest.objects.get(pk=asked.pk)
        return fresh.is_open_for(lead, now + timedelta(minutes=minutes))

    assert is_open_after(0) is False
    with time_machine.travel(now, tick=False):
        access_needs.open_for(asked, reader=lead)
    assert [is_open_after(1), is_open_after(9.9), is_open_after(10.1)] == [True, True, False]

    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        access_needs.change(asked.registration, AccessAnswers({"bsl": "changed"}))
    assert is_open_after(3) is False


def test_agreeing_is_a_word_of_the_person_too(asked, lead):
    access_needs.move(need_of(asked, "bsl"), "arranged", by=lead)
    access_needs.open_for(asked, reader=lead)

    access_needs.agree(asked, need_of(asked, "bsl").pk)

    assert AccessRequest.objects.get(pk=asked.pk).is_open_for(lead, timezone.now()) is False


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_withdrawal_at_once_leave_nothing_behind():
    event = make_event()
    lead = make_access_lead(event.group)
    for _ in range(8):
        asked = register(event, needs={"bsl": "with slides"}).access_request
        need, together = asked.needs.get(), threading.Barrier(2)

        def withdraw(asked=asked, together=together) -> None:
            together.wait()
            access_needs.withdraw(asked.registration)
            connection.close()

        def answer(need=need, together=together) -> None:
            together.wait()
            with suppress(Withdrawn, NotTheirNeed):
                access_needs.move(need, "arranged", by=lead, message="It is booked")
            connection.close()

        threads = [threading.Thread(target=withdraw), threading.Thread(target=answer)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert (asked.needs.count(), asked.messages.count()) == (0, 0)
