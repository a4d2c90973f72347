"""Pressing again because nothing has come yet is one mail, in any ten minutes: also across the full ones of the clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from breakouts.actions import helpers, hosts, questions
from breakouts.models import HelperRole
from concerns.actions.notices import tell_readers
from events.actions import addresses, registrations
from events.models import Event
from mail.models import OutgoingMail
from tests.breakouts.factories import make_role, make_social, make_topic, propose
from tests.factories import answers, make_hub, make_named_contact, make_suggestion, register

pytestmark = pytest.mark.django_db

TEN_SHARP = datetime(2026, 5, 1, 10, tzinfo=UTC)
AMARA = "amara@example.org"


def ask(event: Event) -> None:
    registrations.register(event, answers(AMARA))


def ask_though_registered(event: Event) -> None:
    if not event.registrations.exists():
        register(event, AMARA)
    ask(event)


def lose_the_link(event: Event) -> None:
    if not event.registrations.exists():
        register(event, AMARA)
    addresses.send_link_again(event, AMARA)


def offer_to_host(event: Event) -> None:
    hosts.offer(event.topics.get(), name="Amara", email=AMARA)


def offer_to_help(event: Event) -> None:
    helpers.offer(HelperRole.objects.get(), name="Amara", email=AMARA)


def suggest(event: Event) -> None:
    propose(event, "Names", email=AMARA, confirmed=False)


def suggest_another(event: Event) -> None:
    propose(event)


def suggest_an_event(event: Event) -> None:
    starts_at = event.sessions.get().starts_at
    typed = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "email": AMARA}
    make_suggestion(event.group, confirmed=False, **typed)


def ask_a_question(event: Event) -> None:
    questions.ask(event, text=f"May I ask {OutgoingMail.objects.count()} things?")


WAYS: dict[Callable[[Event], None], str] = {
    ask: "confirm",
    ask_though_registered: "already",
    lose_the_link: "link-again",
    offer_to_host: "host-confirm",
    offer_to_help: "helper-confirm",
    suggest: "proposal-confirm",
    suggest_another: "proposals-waiting",
    suggest_an_event: "suggestion-confirm",
    ask_a_question: "question-asked",
}


def times_of(way: Callable[[Event], None], *moments: timedelta) -> list[int]:
    """How many mails of its kind are owed after each moment."""
    numbers = []
    with time_machine.travel(TEN_SHARP - timedelta(days=1), tick=False):
        event = make_social()
        make_topic(event), make_role(event)
    for moment in moments:
        with time_machine.travel(TEN_SHARP + moment, tick=False):
            way(event)
            numbers.append(OutgoingMail.objects.filter(kind=WAYS[way]).count())
    return numbers


@pytest.mark.parametrize("way", WAYS, ids=WAYS.get)
def test_a_moment_before_and_after_the_full_hour_is_one_mail(way):
    before, after, ten_minutes = timedelta(seconds=-1), timedelta(seconds=1), timedelta(minutes=10)

    numbers = times_of(way, before, after, before + ten_minutes / 2, before + ten_minutes)

    assert numbers == [1, 1, 1, 2]


def test_what_leaves_at_the_end_of_ten_minutes_leaves_ten_minutes_apart_and_hides_the_moment():
    make_hub()
    with time_machine.travel(TEN_SHARP - timedelta(days=1), tick=False):
        group = make_social().group
        make_named_contact(group)
    for seconds in (-400, -1, 1, 500):
        tell_readers(group, TEN_SHARP + timedelta(seconds=seconds), "concern-news")

    leaving = [mail.next_attempt_at for mail in OutgoingMail.objects.of_kind("concern-news").order_by("pk")]
    assert leaving == [TEN_SHARP, TEN_SHARP + timedelta(minutes=10)]
