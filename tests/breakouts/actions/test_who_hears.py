"""Who hears of a change: everyone who has something to do with the event, one mail each, whatever they are."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from breakouts.actions import helpers, host_departures, hosts, questions, review, topics
from breakouts.models import HelperRole
from events.actions import calling_off, events, leaving, venues
from events.models import Event, Session
from mail.actions import outbox
from mail.models import OutgoingMail
from tests import mails
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_role,
    make_social,
    make_topic,
    offer_to_host,
    organiser_of,
    propose,
)
from tests.factories import make_venue, register

pytestmark = pytest.mark.django_db

EVERYTHING = "everything@example.org"
# Everyone at the event, and why they hear of a change, or do not.
HEAR = {
    "holds a place": "holder@example.org",
    "is offered one": "offered@example.org",
    "waits": "waiting@example.org",
    "hosts": "hosts@example.org",
    "would host": "willing@example.org",
    "was just asked to host": "asked@example.org",
    "helps": "helps@example.org",
    "is in reserve": "reserve@example.org",
    "proposed, waiting": "proposed@example.org",
    "proposed, waiting too": "proposed-too@example.org",
    "proposed, a change is wanted": "change-wanted@example.org",
    "proposed, accepted": "accepted@example.org",
    "asked a question": "asks@example.org",
    "does all of it": EVERYTHING,
}
DO_NOT = {
    "gave up the place": "left@example.org",
    "never confirmed": "unconfirmed@example.org",
    "offered to host, unconfirmed": "host-unconfirmed@example.org",
    "stepped down as a host": "host-left@example.org",
    "offered help, unconfirmed": "helper-unconfirmed@example.org",
    "stepped down as a helper": "helper-left@example.org",
    "proposed, unconfirmed": "proposer-unconfirmed@example.org",
    "proposed, declined": "declined@example.org",
    "proposed, taken back": "taken-back@example.org",
}


@pytest.fixture
def event() -> Event:
    everyone = HEAR | DO_NOT
    event = make_social(places=2, dates=3, title="Allies", starts_in=timedelta(days=9))
    ruth = organiser_of(event)
    register(event, everyone["holds a place"])
    leaver = register(event, everyone["gave up the place"])
    register(event, everyone["is offered one"])
    register(event, everyone["waits"])
    register(event, everyone["never confirmed"], confirmed=False)
    leaving.leave(leaver)
    room, other = make_topic(event, "Listening"), make_topic(event, "Speaking")
    make_host(room, everyone["hosts"])
    make_host(room, everyone["would host"])
    hosts.invite(other, name="Asked", email=everyone["was just asked to host"], as_co_host=False)
    offer_to_host(room, everyone["offered to host, unconfirmed"])
    host_departures.step_down(make_host(room, everyone["stepped down as a host"]))
    role = make_role(event, HelperRole.Kind.WELCOME)
    make_helper(role, everyone["helps"])
    make_helper(role, everyone["is in reserve"])
    helpers.step_down(make_helper(role, everyone["stepped down as a helper"]))
    helpers.offer(role, name="Nobody yet", email=everyone["offered help, unconfirmed"])
    propose(event, email=everyone["proposed, waiting"])
    propose(event, email=everyone["proposed, waiting too"])
    change = propose(event, email=everyone["proposed, a change is wanted"]).topic
    review.ask_for_change(change, by=ruth, words="Shorter, please.")
    review.accept(propose(event, email=everyone["proposed, accepted"]).topic, by=ruth)
    propose(event, email=everyone["proposed, unconfirmed"], confirmed=False)
    review.decline(propose(event, email=everyone["proposed, declined"]).topic, by=ruth, words="No.")
    topics.withdraw(propose(event, email=everyone["proposed, taken back"]))
    questions.ask(event, text="Is there a lift?", email=everyone["asked a question"])
    _does_everything(event, room, role)
    OutgoingMail.objects.all().delete()
    return Event.objects.get(pk=event.pk)


def _does_everything(event, room, role) -> None:
    register(event, EVERYTHING)
    make_host(room, EVERYTHING)
    make_helper(role, EVERYTHING)
    propose(event, email=EVERYTHING)
    questions.ask(event, text="May I bring tea?", email=EVERYTHING)


def cancel(event: Event) -> None:
    calling_off.cancel(event, reason="Ruth is ill.", by=organiser_of(event))


def postpone(event: Event) -> None:
    calling_off.postpone(event, reason="Ruth is ill.", by=organiser_of(event))


def call_back(event: Event) -> None:
    calling_off.call_back(event, by=organiser_of(event))


def move(event: Event, number: int = 2, by: timedelta = timedelta(minutes=90)) -> None:
    session = event.sessions.get(number=number)
    session.starts_at, session.ends_at = session.starts_at + by, session.ends_at + by
    events.save_sessions(event, saved=[session])


def drop(event: Event) -> None:
    events.save_sessions(event, saved=[], removed=[event.sessions.get(number=3)])


def add(event: Event) -> None:
    start = event.sessions.get(number=3).starts_at + timedelta(weeks=1)
    events.save_sessions(event, saved=[Session(starts_at=start, ends_at=start + timedelta(hours=2))])


def meet_in_a_room_too(event: Event) -> None:
    event.format, event.venue = "both", make_venue(event.group, name="The Old Mill")
    events.save(event, fields=["format", "venue"])


def the_hall_moves(event: Event) -> None:
    hall = make_venue(event.group, name="The Old Mill")
    Event.objects.filter(pk=event.pk).update(format="in_person", venue=hall)
    hall.address = "2 Low Street\nDerby"
    venues.save(hall)


def another_zone(event: Event) -> None:
    events.save_sessions(event, saved=[], time_zone="America/New_York")


CHANGES: tuple[Callable[[Event], None], ...] = (
    cancel,
    postpone,
    move,
    drop,
    add,
    meet_in_a_room_too,
    the_hall_moves,
    another_zone,
)


def owed() -> Counter[str]:
    return Counter(OutgoingMail.objects.filter(kind="event-changed").values_list("to_email", flat=True))


def arrived() -> Counter[str]:
    return Counter(
        OutgoingMail.objects.filter(kind="event-changed", state="sent").values_list("to_email", flat=True)
    )


def words_to(email: str) -> str:
    mail = mails.composed("event-changed", email)
    assert mail
    return mail.text


def later(**time: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_everyone_who_has_to_do_with_it_hears_once_and_nobody_else(event, change):
    change(event)

    outbox.send_due()
    before = arrived()
    with later(minutes=10, seconds=1):
        outbox.send_due()
    assert (before, arrived()) == (Counter(), Counter(HEAR.values()))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_people_are_not_told_what_does_not_fit_them(event, change):
    change(event)

    for role in ("waits", "would host", "is in reserve", "asked a question", "proposed, waiting"):
        assert "give it up" not in words_to(HEAR[role]), role
    for role in ("is offered one", "was just asked to host"):
        assert ("Please answer by" in words_to(HEAR[role])) == (change not in (cancel, postpone)), role


def test_what_is_taken_back_within_ten_minutes_is_never_told(event):
    for change in (cancel, postpone):
        change(event)
        call_back(event)
    move(event)
    move(event, by=timedelta(minutes=-90))

    with later(hours=1):
        outbox.send_due()
    assert arrived() == Counter()


def test_who_has_less_time_to_answer_hears_of_it_although_the_date_moved_back(event):
    nearer = event.starts_at - timezone.now() - timedelta(hours=20)
    move(event, number=1, by=-nearer)
    move(Event.objects.get(pk=event.pk), number=1, by=nearer)

    with later(minutes=11):
        outbox.send_due()
        words = words_to(HEAR["is offered one"])
    assert arrived() == Counter([HEAR["is offered one"], HEAR["was just asked to host"]])
    assert "Please answer by" in words


def test_several_changes_within_ten_minutes_are_one_mail_from_the_oldest_to_the_newest(event):
    move(event)
    move(event, by=timedelta(days=1))
    meet_in_a_room_too(event)

    words = words_to(HEAR["hosts"])
    assert owed() == Counter(HEAR.values())
    assert words.count("moves from") == 1
    assert "The Old Mill" in words


def test_those_who_were_told_that_it_is_off_are_told_that_it_is_on_again_and_nobody_else(event):
    left, not_reached = HEAR["holds a place"], HEAR["hosts"]
    cancel(event)
    with later(minutes=11):
        outbox.send_due()
        leaving.leave(event.registrations.get(email=left))
        OutgoingMail.objects.filter(kind="event-changed", to_email=not_reached).update(state="failed")
        call_back(event)

    with later(minutes=30):
        outbox.send_due()
    twice = {email: 2 for email in HEAR.values() if email not in (left, not_reached)}
    assert arrived() == Counter(twice | {left: 1})
    assert "takes place after all" in words_to(HEAR["helps"])


def test_a_cancellation_that_never_left_is_not_taken_back_by_mail(event):
    """The mail server was away: what waits to be tried again makes no sense by then."""
    cancel(event)
    OutgoingMail.objects.update(attempts=2, next_attempt_at=timezone.now() + timedelta(hours=1))
    with later(minutes=20):
        call_back(event)

    with later(hours=3):
        outbox.send_due()
    assert arrived() == Counter()


@pytest.mark.parametrize(
    ("starts_in", "leaves_at_once"), [(timedelta(hours=2), True), (timedelta(hours=4), False)]
)
def test_a_cancellation_is_held_unless_people_may_be_about_to_set_out(starts_in, leaves_at_once):
    event = make_social(starts_in=starts_in)
    amara = register(event)

    cancel(event)

    outbox.send_due()
    assert arrived() == (Counter([amara.email]) if leaves_at_once else Counter())


def test_a_move_that_waits_is_hurried_along_by_a_cancellation_that_cannot():
    event = make_social(starts_in=timedelta(hours=3, minutes=5))
    register(event)
    move(event, number=1, by=timedelta(minutes=1))

    with later(minutes=8):
        cancel(Event.objects.get(pk=event.pk))
        outbox.send_due()

    assert sum(arrived().values()) == 1
    assert "will not take place" in mails.composed("event-changed").text


def test_a_mail_that_a_worker_has_in_hand_does_not_swallow_the_next_change(event, monkeypatch):
    """It was written before the second change: that one is told by a mail of its own."""
    move(event)
    with later(minutes=10, seconds=1):
        first = OutgoingMail.objects.filter(kind="event-changed").order_by("pk").first()
        assert outbox._lease(first.pk)
        move(event, by=timedelta(minutes=15))

    assert owed()[first.to_email] == 2
    assert set(owed().values()) == {1, 2}


def test_a_date_that_moves_says_which_of_how_many_from_when_to_when(event):
    session = event.sessions.get(number=2)
    session.title = "Inclusive language"
    start = session.starts_at.replace(hour=14, minute=30)
    session.starts_at, session.ends_at = start, start + timedelta(hours=2)
    events.save_sessions(event, saved=[session])
    OutgoingMail.objects.all().delete()

    move(event)

    words = " ".join(words_to(HEAR["waits"]).split())
    assert "Session 2 of 3, “Inclusive language”, moves from 2.30pm to 4pm" in words
    assert "The other dates stay as they are." in words


def test_what_is_over_is_not_told_again(event):
    """Of four dates two are over: a move of one of those, or their place, is nobody's news."""
    with time_machine.travel(event.sessions.get(number=1).ends_at + timedelta(days=1)):
        OutgoingMail.objects.all().delete()
        move(event, number=1, by=timedelta(minutes=-5))
        assert owed() == Counter()
        cancel(Event.objects.get(pk=event.pk))

        words = words_to(HEAR["waits"])
    assert words.count("UK time") == 2
