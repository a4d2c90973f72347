"""Who was at which date: noted by the door, by organisers, by the person; and who hears of it."""

from datetime import timedelta

import pytest
import time_machine

from events.actions import adding, attendance, audiences, events
from events.actions.attendance import NotNow
from events.models import Attendance, Event, Registration, RegistrationStep, Session
from events.models.attendance import counted_dates
from kit.meanwhile import NothingChanged
from people.models import Person
from tests.factories import came, come, make_event, make_organiser, register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

DOOR, ORGANISER, OWN_WORD = "door", "organiser", "own_word"


@pytest.fixture
@made_once
def world() -> tuple[Event, Registration, Registration, Person]:
    event = make_event(dates=3)
    return event, register(event, name="Amara"), register(event, name="Kit"), make_organiser(event.group)


def dates(event: Event) -> list[Session]:
    return list(event.sessions.all())


def how(person: Registration, date: Session) -> str:
    rows = Attendance.objects.there().filter(registration=person, session=date)
    return rows.values_list("noted_how", flat=True).first() or ""


def test_what_somebody_did_stands_before_what_others_noted(world):
    """By how it was noted first: what each that comes after it makes of it, and whether an organiser can take it back."""
    event, amara, _kit, ruth = world
    date = dates(event)[0]
    then = {
        "": (DOOR, ORGANISER, False),
        DOOR: (DOOR, DOOR, False),
        ORGANISER: (DOOR, ORGANISER, True),
        OWN_WORD: (DOOR, OWN_WORD, False),
    }
    for first, (after_the_door, after_an_organiser, can_be_taken_back) in then.items():
        with nothing_stays(), time_machine.travel(date.starts_at, tick=False):
            come(amara, date, first) if first else None
            with nothing_stays():
                attendance.note_arrival(amara, date)
                assert (first, how(amara, date)) == (first, after_the_door)
            with nothing_stays():
                try:
                    attendance.note(amara, date, by=ruth)
                except NothingChanged:
                    assert first
                assert (first, how(amara, date)) == (first, after_an_organiser)
            try:
                attendance.take_back(amara, date)
                assert can_be_taken_back
            except NothingChanged:
                assert not can_be_taken_back
            assert (how(amara, date) == "") == (can_be_taken_back or not first)


def test_each_date_has_one_arrival_and_one_line_of_history(world):
    event, amara, *_others = world

    for date in dates(event)[:2]:
        for minutes in (0, 5):
            with time_machine.travel(date.starts_at + timedelta(minutes=minutes), tick=False):
                attendance.note_arrival(amara, date)

    found = amara.attendances.there().values_list("session", "noted_at")
    assert sorted(found) == [(date.pk, date.starts_at) for date in dates(event)[:2]]
    assert amara.steps.filter(kind=RegistrationStep.Kind.JOINED).count() == 2


def test_it_can_be_noted_from_the_opening_of_the_door_until_a_week_after(world):
    event, amara, _kit, ruth = world
    date = dates(event)[0]
    a_minute, a_week = timedelta(minutes=1), timedelta(days=7)
    moments = {
        date.opens_at - a_minute: False,
        date.opens_at: True,
        date.ends_at + a_week - a_minute: True,
        date.ends_at + a_week: False,
    }
    for moment, can_be_noted in moments.items():
        for do in (
            lambda: attendance.note(amara, date, by=ruth),
            lambda: adding.walk_in(date, name="Noor", by=ruth),
            lambda: attendance.end_early(date, because="Fire alarm", by=ruth),
        ):
            with nothing_stays(), time_machine.travel(moment, tick=False):
                if can_be_noted:
                    do()
                else:
                    with pytest.raises(NotNow):
                        do()


def test_what_was_noted_is_not_about_a_day_to_which_the_date_moves(world):
    event, amara, _kit, ruth = world
    date = dates(event)[0]
    come(amara, date)
    later = timedelta(days=3)

    Session.objects.filter(pk=date.pk).update(starts_at=date.starts_at + later, ends_at=date.ends_at + later)

    assert (came(amara), counted_dates(event)) == (False, set())
    moved = dates(event)[0]
    with time_machine.travel(moved.starts_at, tick=False):
        attendance.note(amara, moved, by=ruth)
    assert how(amara, moved) == ORGANISER


def test_a_date_is_counted_where_not_only_somebodys_own_word_is_known(world):
    event, amara, *_others = world
    date = dates(event)[0]
    online, hall, both = Event.Format.ONLINE, Event.Format.IN_PERSON, Event.Format.BOTH
    for noted, counted_at in ((DOOR, {online}), (ORGANISER, {online, hall, both}), (OWN_WORD, set())):
        come(amara, date, noted)
        for where in (online, hall, both):
            event.format = where
            assert (noted, where, bool(counted_dates(event))) == (noted, where, where in counted_at)


def test_organisers_write_to_who_came_to_a_date_or_did_not_once_it_is_over(world):
    event, amara, kit, _ruth = world
    first, second, _third = dates(event)
    come(amara, first)
    come(kit, second, ORGANISER)
    names = {amara.pk: "Amara", kit.pk: "Kit"}

    def who(code: str) -> list[str]:
        found = audiences.people(audiences.of_event(Event.objects.get(pk=event.pk)), [code])
        return sorted(names[pk] for pk in found)

    with time_machine.travel(first.ends_at, tick=False):
        assert [who(code) for code in ("came-1", "missed-1", "came-2", "missed-2", "came")] == [
            ["Amara"],
            ["Kit"],
            [],
            [],
            [],
        ]
    with time_machine.travel(event.ends_at, tick=False):
        assert [who(code) for code in ("came-2", "missed-2", "came-3", "missed-3")] == [
            ["Kit"],
            ["Amara"],
            [],
            [],
        ]
        assert (who("came"), who("missed")) == (["Amara", "Kit"], [])


def test_somebody_who_walks_in_has_a_place_beyond_all_numbers_and_is_noted(world):
    event, *_others, ruth = world
    event.capacity = 2
    events.save(event, fields=["capacity"])
    date = dates(event)[1]

    with time_machine.travel(date.starts_at, tick=False):
        noor = adding.walk_in(date, name="Noor", by=ruth)

    assert (noor.state, noor.has_email, how(noor, date)) == ("confirmed", False, ORGANISER)
    assert how(noor, dates(event)[0]) == ""


def test_a_date_that_ended_early_is_in_everyones_history_once(world):
    event, amara, kit, ruth = world
    date = dates(event)[0]

    with time_machine.travel(date.starts_at, tick=False):
        attendance.end_early(date, because="Fire alarm", by=ruth)
        with pytest.raises(NothingChanged):
            attendance.end_early(date, because="Again", by=ruth)

    for person in (amara, kit):
        steps = person.steps.filter(kind=RegistrationStep.Kind.ENDED_EARLY)
        assert list(steps.values_list("note", flat=True)) == ["Fire alarm"]
