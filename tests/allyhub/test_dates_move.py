"""When a date moves: what hangs on it moves along, limits that were given to people become shorter, nothing is said to be
over before the event is, and nothing is accepted afterwards."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as django_mail
from django.utils import timezone

from allyhub import clock
from breakouts.actions import helpers, host_departures, hosts, note_reminders, rooms, topics
from breakouts.actions.refusals import NoLongerPossible as NoLongerPossibleInRooms
from breakouts.models import BreakoutPlan, Host
from breakouts.pages.room_pages import CHOICES, own_room
from events.actions import answers, events, leaving, registrations, timetable
from events.models import Closed, Event, Registration, Session
from events.pages.organise import to_do
from kit.meanwhile import NotOpen
from mail.models import OutgoingMail
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_role,
    make_social,
    make_topic,
    offer_to_host,
    propose,
)
from tests.factories import make_event, make_hub, make_session, register
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
REFUSED = (registrations.NoLongerPossible, NoLongerPossibleInRooms, NotOpen)


@pytest.fixture(autouse=True)
def clock_of_tests() -> Iterator[Any]:
    with time_machine.travel("2030-04-15 11:00Z", tick=False) as moved:
        yield moved


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


def social(**fields: Any) -> Event:
    """On a Sunday from 3pm to 5pm, with rooms."""
    event = make_social(dates=0, **fields)
    make_session(event, london(2030, 5, 5, 15))
    return event


def typed_times(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(
        registration_opens_at=london(2030, 4, 1, 9),
        registration_closes_at=london(2030, 4, 30, 17),
        interpreters_by=date(2030, 4, 21),
    )
    BreakoutPlan.objects.filter(event=event).update(
        topics_until=london(2030, 5, 3, 12),
        choices_until=london(2030, 5, 5, 15),
        rooms_start_at=london(2030, 5, 5, 15, 30),
        rooms_end_at=london(2030, 5, 5, 16, 30),
    )


def times_of(event: Event) -> dict[str, Any]:
    """As clocks in the event's zone show them."""
    rows = [Event.objects.get(pk=event.pk), BreakoutPlan.objects.get(event=event)]
    zone = ZoneInfo(rows[0].time_zone)
    kept = {
        name: getattr(row, name)
        for row in rows
        for name in (*NAMES_OF_EVENT, *NAMES_OF_PLAN)
        if hasattr(row, name)
    }
    return {
        name: f"{at.astimezone(zone):%d.%m. %H:%M}" if isinstance(at, datetime) else f"{at:%d.%m.}"
        for name, at in kept.items()
    }


NAMES_OF_EVENT = ("registration_opens_at", "registration_closes_at", "interpreters_by")
NAMES_OF_PLAN = ("topics_until", "choices_until", "rooms_start_at", "rooms_end_at")


def move(
    event: Event, start: datetime | None = None, *, hours: float = 2, zone: str = "", removed: Any = ()
) -> None:
    sessions = [session for session in event.sessions.all() if session not in removed]
    if start:
        sessions[0].starts_at, sessions[0].ends_at = start, start + timedelta(hours=hours)
    events.save_sessions(Event.objects.get(pk=event.pk), saved=sessions, removed=removed, time_zone=zone)


MOVES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    # What had been opened stays open; the others keep their distance in days, what lies in the date its hours too.
    "twenty days later": (
        {"start": london(2030, 5, 25, 15)},
        (
            "01.04. 09:00",
            "20.05. 17:00",
            "11.05.",
            "23.05. 12:00",
            "25.05. 15:00",
            "25.05. 15:30",
            "25.05. 16:30",
        ),
    ),
    "another time of day": (
        {"start": london(2030, 5, 5, 18)},
        (
            "01.04. 09:00",
            "30.04. 17:00",
            "21.04.",
            "03.05. 12:00",
            "05.05. 18:00",
            "05.05. 18:30",
            "05.05. 19:30",
        ),
    ),
    # On the day after tomorrow: what would be over at once is open until the date begins, or today.
    "so near that it would be over": (
        {"start": london(2030, 4, 17, 10)},
        (
            "01.04. 09:00",
            "17.04. 10:00",
            "15.04.",
            "17.04. 10:00",
            "17.04. 10:00",
            "17.04. 10:30",
            "17.04. 11:30",
        ),
    ),
    "shorter than its rooms": (
        {"start": london(2030, 5, 5, 15), "hours": 0.5},
        (
            "01.04. 09:00",
            "30.04. 17:00",
            "21.04.",
            "03.05. 12:00",
            "05.05. 15:00",
            "05.05. 15:00",
            "05.05. 15:30",
        ),
    ),
}


@pytest.mark.parametrize("moved", MOVES)
def test_what_hangs_on_a_date_moves_along(moved):
    event = social()
    typed_times(event)
    how, expected = MOVES[moved]

    move(event, **how)

    assert tuple(times_of(event).values()) == expected
    assert timetable.senseless(Event.objects.get(pk=event.pk)) == []


def test_in_another_zone_each_time_keeps_its_time_of_day():
    event = social()
    typed_times(event)
    before = times_of(event)
    opened = Event.objects.get(pk=event.pk).registration_opens_at

    session = event.sessions.get()
    session.starts_at += timedelta(hours=5)  # 3pm there, as the form reads it
    session.ends_at += timedelta(hours=5)
    events.save_sessions(event, saved=[session], time_zone="America/New_York")

    after = times_of(event)
    assert Event.objects.get(pk=event.pk).registration_opens_at == opened  # it has been open since then
    assert {**after, "registration_opens_at": before["registration_opens_at"]} == before


def test_a_time_that_the_clocks_there_skip_moves_past_the_jump():
    event = make_event(dates=0, registration_closes_at=london(2031, 3, 24, 1, 30))
    make_session(event, london(2031, 3, 29, 15))

    move(event, london(2031, 4, 4, 15))  # by six days, to the Sunday on which half past one does not come

    assert Event.objects.get(pk=event.pk).registration_closes_at == london(2031, 3, 30, 2, 30)


def test_of_several_dates_each_time_goes_with_its_own():
    event = social()
    second = make_session(event, london(2030, 5, 12, 15))
    typed_times(event)
    BreakoutPlan.objects.update(rooms_start_at=london(2030, 5, 12, 16), rooms_end_at=london(2030, 5, 12, 17))
    before = times_of(event)
    second.starts_at, second.ends_at = london(2030, 5, 13, 18), london(2030, 5, 13, 20)

    events.save_sessions(event, saved=[*event.sessions.exclude(pk=second.pk), second])

    rooms_only = {"rooms_start_at": "13.05. 19:00", "rooms_end_at": "13.05. 20:00"}
    assert times_of(event) == before | rooms_only


def test_of_a_date_that_is_taken_out_the_times_go_with_the_next():
    event = social()
    make_session(event, london(2030, 5, 12, 18))
    typed_times(event)

    move(event, removed=[event.sessions.first()])

    assert tuple(times_of(event).values()) == (
        *("01.04. 09:00", "07.05. 17:00", "28.04.", "10.05. 12:00"),
        *("12.05. 18:00", "12.05. 18:30", "12.05. 19:30"),
    )


def test_an_earlier_date_that_is_added_ends_what_must_be_over_before_it():
    event = social()
    typed_times(event)
    earlier = Session(event=event, starts_at=london(2030, 5, 1, 15), ends_at=london(2030, 5, 1, 17))

    events.save_sessions(event, saved=[*event.sessions.all(), earlier])

    assert times_of(event)["topics_until"] == "01.05. 15:00"


def test_a_draft_that_loses_its_last_date_keeps_its_times_and_organisers_read_what_is_wrong():
    event = social(state=Event.State.DRAFT)
    typed_times(event)
    before = times_of(event)

    move(event, removed=[*event.sessions.all()])

    assert times_of(event) == before
    assert "Rooms begin: Give the event a date first, or leave the times of the rooms empty" in lines(event)


WRONG = {
    "registration_opens_at": (
        london(2030, 5, 5, 17),
        "Registration opens: Enter a time before the event ends",
    ),
    "registration_closes_at": (
        london(2030, 5, 5, 17, 1),
        "Registration closes: Enter a time before the event ends",
    ),
    "interpreters_by": (
        date(2030, 5, 6),
        "Ask for interpreters by: Enter a date before the event starts",
    ),
    "topics_until": (
        london(2030, 5, 5, 15, 1),
        "Topics may be proposed until: Enter a time before the event begins",
    ),
    "choices_until": (
        london(2030, 5, 5, 17, 1),
        "Rooms can be changed until: Enter a time before the event ends",
    ),
    "rooms_end_at": (
        london(2030, 5, 5, 17, 1),
        "Rooms begin: The rooms must lie within the event: Sunday 5 May 2030, 3pm to 5pm (UK time)",
    ),
}


def lines(event: Event) -> list[str]:
    fresh = Event.objects.get(pk=event.pk)
    return [todo.words for todo in to_do.for_event(fresh)]


@pytest.mark.parametrize("name", WRONG)
def test_what_makes_no_sense_whichever_was_changed_last_is_a_line_for_organisers(name):
    event = social()
    typed_times(event)
    Event.objects.update(registration_closes_at=None)  # it would close before it opens
    at, words = WRONG[name]
    before = lines(event)

    (Event.objects if name in NAMES_OF_EVENT else BreakoutPlan.objects).update(**{name: at})
    wrong = lines(event)
    Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)

    assert [line for line in wrong if line not in before] == [words]
    assert words not in lines(event)


def test_nothing_of_an_event_to_come_is_over_though_its_rooms_stayed_behind():
    make_hub()
    event = social()
    typed_times(event)
    registration, topic = register(event), make_topic(event, host="Sam")
    make_helper(make_role(event), topic=topic)
    Session.objects.filter(event=event).update(
        starts_at=london(2030, 5, 24, 15), ends_at=london(2030, 5, 24, 17)
    )

    with time_machine.travel(london(2030, 5, 5, 16, 28), tick=False):  # as the rooms would end
        fresh = Registration.objects.get(pk=registration.pk)
        own = own_room(fresh, BreakoutPlan.of(fresh.event), timezone.now())
        assert note_reminders.send_due() == 0
    with time_machine.travel(london(2030, 5, 24, 16, 58), tick=False):
        assert note_reminders.send_due() == 1

    assert own.reason is Closed.TOO_LATE
    assert str(CHOICES[Closed.OVER]) not in own.closed_words


def test_between_the_end_of_its_rooms_and_its_own_an_event_is_not_over():
    event = social()
    BreakoutPlan.objects.update(
        rooms_start_at=london(2030, 5, 5, 15, 30), rooms_end_at=london(2030, 5, 5, 16, 30)
    )
    plan = BreakoutPlan.objects.get(event=event)

    reasons = {
        at: plan.choices_closed_because(london(2030, 5, 5, *at)) for at in ((16, 29), (16, 30), (17, 0))
    }

    assert reasons == {(16, 29): None, (16, 30): Closed.TOO_LATE, (17, 0): Closed.OVER}


# Limits


def offered(event: Event) -> Registration:
    """One place; who had it leaves, and who waits is offered it."""
    first, second = register(event, "a@example.org"), register(event, "b@example.org")
    leaving.leave(first)
    second.refresh_from_db()
    assert second.is_offered
    return second


def unconfirmed(event: Event) -> Registration:
    return register(event, "c@example.org", confirmed=False)


def asked(event: Event) -> Host:
    return hosts.invite(make_topic(event), name="Sam", email="sam@example.org", as_co_host=False)


def asked_as_co_host(event: Event) -> Host:
    topic = make_topic(event, host="Keli")
    return hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True, by=topic.hosts.get())


LIMITS: dict[str, tuple[Callable[[Event], Any], str]] = {
    "offer": (offered, "offer_ends_at"),
    "address": (unconfirmed, "confirm_by"),
    "host": (asked, "answer_by"),
    "co-host": (asked_as_co_host, "answer_by"),
}
# At an event with one place; a place is held for an address that nobody confirmed only where there are two.
GIVEN = {
    kind: made_once(lambda make=make: make(social(places=2 if make is unconfirmed else 1)))
    for kind, (make, _name) in LIMITS.items()
}
NEARER, SOON = london(2030, 4, 15, 18), london(2030, 4, 15, 12, 10)  # in six hours, in ten minutes
AWAY, OVER = london(2030, 6, 5, 15), london(2030, 4, 10, 15)


def given(kind: str) -> tuple[Event, Any, str]:
    """An event, who was given a limit of this kind, and the name of the limit."""
    row = GIVEN[kind]()
    return Event.objects.get(), row, LIMITS[kind][1]


def limit(row: Any, name: str) -> datetime:
    return getattr(type(row)._base_manager.get(pk=row.pk), name)


@pytest.mark.parametrize("kind", LIMITS)
@pytest.mark.parametrize("start", [NEARER, SOON])
def test_a_limit_is_shortened_when_the_date_comes_nearer_and_they_are_told_once(kind, start):
    event, row, name = given(kind)
    before, mails = limit(row, name), mails_to(row)

    move(event, start)

    after = limit(row, name)
    assert timezone.now() < after <= start + timedelta(minutes=10) < before
    assert len(mails_to(row)) == len(mails) + 1
    move(event, start, hours=3)  # and not again by what changes nothing for them
    assert limit(row, name) == after


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("offer", "Please answer by Monday 15 April 2030, 3pm."),
        ("address", "We hold it for you until Monday 15 April 2030, 3pm."),
        ("host", "Please answer by Monday 15 April 2030, 3pm."),
    ],
)
def test_the_mail_that_tells_them_says_by_when(kind, words):
    event, row, _name = given(kind)
    make_hub()
    clock.run_all()

    move(event, NEARER)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        clock.run_all()

    *_earlier, last = (" ".join(mail.body.split()) for mail in django_mail.outbox if mail.to == [row.email])
    assert words in last
    assert kind == "offer" or "The date came nearer, so there is less time than we wrote before." in last


@pytest.mark.parametrize("kind", LIMITS)
@pytest.mark.parametrize(
    "how", [{"start": AWAY}, {"zone": "Europe/Paris"}, {"start": london(2030, 5, 5, 15), "hours": 1}]
)
def test_a_limit_that_was_promised_is_never_changed_for_less(kind, how):
    event, row, name = given(kind)
    before = limit(row, name)

    move(event, **how)

    assert limit(row, name) == before


@pytest.mark.parametrize("kind", LIMITS)
def test_a_limit_ends_with_an_event_that_turns_out_to_be_over(kind):
    event, row, _name = given(kind)

    move(event, OVER)
    clock.run_all()

    now = type(row)._base_manager.get(pk=row.pk)
    assert not now.is_live


@pytest.mark.parametrize("kind", LIMITS)
def test_a_limit_stays_where_no_date_is_left(kind):
    event, row, name = given(kind)
    before = limit(row, name)
    Event.objects.update(state=Event.State.DRAFT)

    move(event, removed=[*event.sessions.all()])

    assert limit(row, name) == before


def test_an_earlier_date_shortens_limits_and_tells_everyone_of_the_new_date():
    event = social(places=1)
    row = offered(event)
    earlier = Session(event=event, starts_at=NEARER, ends_at=NEARER + timedelta(hours=2))

    events.save_sessions(event, saved=[*event.sessions.all(), earlier])

    assert limit(row, "offer_ends_at") == timezone.now() + (NEARER - timezone.now()) / 2
    assert mails_to(row)[-1] == "event-changed"


def test_no_limit_given_at_the_last_minute_outlives_the_sense_of_it():
    """Nobody is offered a place once the last date has begun; who comes late confirms, and hosts, until its end."""
    event, before, late = social(), london(2030, 5, 5, 14, 55), london(2030, 5, 5, 16, 50)
    programme = social()
    make_session(programme, london(2030, 5, 12, 15))

    assert event.offer_ends_at(before) == london(2030, 5, 5, 15)
    assert programme.offer_ends_at(before) == london(2030, 5, 5, 15, 25)
    assert [event.confirm_by(before), event.confirm_by(late)] == [
        london(2030, 5, 5, 15, 15),
        london(2030, 5, 5, 17),
    ]
    assert [hosts.answer_by(event, at) for at in (before, late)] == [
        london(2030, 5, 5, 15, 10),
        london(2030, 5, 5, 17),
    ]


def mails_to(row: Any) -> list[str]:
    found = OutgoingMail.objects.filter(to_email=row.email).order_by("pk")
    return list(found.values_list("kind", flat=True))


def test_nobody_takes_a_place_at_an_event_that_is_over(clock_of_tests):
    """One place; A leaves; B is offered it until a day that comes after the event, once that has been moved."""
    event = social(places=1)
    row, third = offered(event), register(event, "c@example.org")
    move(event, london(2030, 4, 15, 14), hours=2)
    Registration.objects.filter(pk=row.pk).update(
        offer_ends_at=london(2030, 4, 17, 9)
    )  # however it came about
    clock_of_tests.move_to(london(2030, 4, 15, 16, 20))
    mails = OutgoingMail.objects.count()

    with pytest.raises(registrations.NoLongerPossible):
        leaving.accept_offer(row)

    third.refresh_from_db()
    assert (row.state, OutgoingMail.objects.count()) == ("offered", mails)


def _left(row: Registration) -> Registration:
    return leaving.leave(row)


TOO_LATE: dict[str, Callable[[Event], Callable[[], object]]] = {
    "accept an offer": lambda event: _with(offered(event), leaving.accept_offer),
    "decline an offer": lambda event: _with(offered(event), leaving.decline_offer),
    "confirm an address": lambda event: _with(unconfirmed(event), registrations.confirm),
    "leave": lambda event: _with(register(event), leaving.leave),
    "come back": lambda event: _with(_left(register(event)), registrations.rejoin),
    "agree to the values": lambda event: _with(
        register(event), lambda row: answers.agree_to_values(row, version_id="1")
    ),
    "host": lambda event: _with(asked(event), lambda host: hosts.agree(host, values=None)),
    "not host": lambda event: _with(asked(event), host_departures.step_down),
    "step down as host": lambda event: _with(make_host(make_topic(event)), host_departures.step_down),
    "confirm to host": lambda event: _with(
        offer_to_host(make_topic(event)), lambda host: hosts.confirm(host, values=None)
    ),
    "offer to host": lambda event: _with(make_topic(event), offer_to_host),
    "ask a co-host": lambda event: _with(
        make_topic(event, host="Keli"),
        lambda topic: hosts.invite(
            topic, name="Sam", email="s@example.org", as_co_host=True, by=topic.hosts.get()
        ),
    ),
    "confirm to help": lambda event: _with(
        make_helper_offer(event), lambda helper: helpers.confirm(helper, values=None)
    ),
    "offer to help": lambda event: _with(make_role(event), make_offer),
    "step down as helper": lambda event: _with(make_helper(make_role(event)), helpers.step_down),
    "propose": lambda event: _with(event, propose),
    "confirm a proposal": lambda event: _with(propose(event, confirmed=False), topics.confirm),
    "change a proposal": lambda event: _with(
        propose(event), lambda one: topics.change(one, title="T", why="W", content_note="", support="")
    ),
    "choose a room": lambda event: _with_two(register(event), make_topic(event), rooms.choose),
}


def _with(row: Any, act: Callable[[Any], object]) -> Callable[[], object]:
    return lambda: act(row)


def _with_two(one: Any, other: Any, act: Callable[[Any, Any], object]) -> Callable[[], object]:
    return lambda: act(one, other)


def make_offer(role: Any) -> Any:
    return helpers.offer(role, name="Noor", email="noor@example.org")


def make_helper_offer(event: Event) -> Any:
    return make_offer(make_role(event))


@pytest.mark.parametrize("what", TOO_LATE)
def test_what_the_end_has_made_senseless_is_not_accepted(what, clock_of_tests):
    make_hub(guiding_values="- Listen")
    event = social(places=1)
    act = TOO_LATE[what](event)
    clock_of_tests.move_to(london(2030, 5, 5, 17))
    # However long they had: it is the event that is over.
    Registration.objects.filter(state="offered").update(offer_ends_at=london(2030, 5, 6, 15))
    mails = OutgoingMail.objects.count()

    with pytest.raises(REFUSED):
        act()

    assert OutgoingMail.objects.count() == mails
