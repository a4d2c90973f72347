"""An event with everyone who can have to do with it, what organisers change about it, and who is told."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.utils import timezone

from breakouts.actions import helpers, host_departures, hosts, questions, review, topics
from breakouts.models import HelperRole
from events.actions import calling_off, events, leaving, venues
from events.models import Event, Session
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
from tests.worlds import made_once

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


@made_once
def everyone_at_an_event() -> Event:
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
