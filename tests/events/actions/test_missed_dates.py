"""What follows for whoever was not at a date: told once, by the rule of the event, and never where nobody knows."""

from datetime import timedelta

import pytest
import time_machine

from events.actions import attendance, date_questions, leaving, missed_dates
from events.models import Event, Registration, RegistrationStep, Session
from events.pages.organise import attendance_to_do
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.factories import come, make_event, make_organiser, register
from tests.mails import composed
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

A_DAY, TWO_DAYS = timedelta(days=1), timedelta(days=2)


@pytest.fixture
@made_once
def amara() -> Registration:
    event = make_event(dates=3, missed_date="catch_up", catch_up_task="Read the summary.")
    register(event, "kit@example.org", name="Kit")
    return register(event, "amara@example.org", name="Amara")


def first(of: Registration) -> Session:
    return of.event.sessions.all()[0]


def rule(of: Registration, name: str) -> None:
    Event.objects.filter(pk=of.event_id).update(missed_date=name)
    of.event.refresh_from_db()


def told(kind: str = "missed-date") -> list[str]:
    return list(OutgoingMail.objects.of_kind(kind).values_list("to_email", flat=True).order_by("to_email"))


def states() -> list[str]:
    return list(OutgoingMail.objects.of_kind("missed-date").values_list("state", flat=True))


def settle_after(date: Session, passed: timedelta) -> int:
    with time_machine.travel(date.ends_at + passed, tick=False):
        return missed_dates.settle_due()


def kit_came(amara: Registration, how: str = "organiser") -> None:
    come(amara.event.registrations.get(name="Kit"), first(amara), how)


def test_a_day_after_a_date_whoever_was_not_there_is_told_once(amara):
    kit_came(amara)

    assert settle_after(first(amara), A_DAY - timedelta(minutes=1)) == 0
    assert (settle_after(first(amara), A_DAY), told()) == (1, ["amara@example.org"])
    assert (settle_after(first(amara), A_DAY + timedelta(minutes=1)), len(told())) == (0, 1)


def test_nobody_is_told_where_it_is_not_known_or_nothing_was_missed(amara):
    date = first(amara)
    ruth = make_organiser(amara.event.group)

    def ended_early() -> None:
        kit_came(amara)
        with time_machine.travel(date.starts_at, tick=False):
            attendance.end_early(date, because="Fire alarm", by=ruth)

    def said_so() -> None:
        kit_came(amara)
        come(amara, date, "own_word")

    def left() -> None:
        kit_came(amara)
        leaving.leave(amara)

    def came_later() -> None:
        kit_came(amara)
        Registration.objects.filter(pk=amara.pk).update(created_at=date.ends_at)

    def said_beforehand() -> None:
        kit_came(amara)
        rule(amara, "release")
        with time_machine.travel(date.starts_at + timedelta(minutes=1), tick=False):
            date_questions.answer(amara, date, can_come=False)

    def is_off() -> None:
        kit_came(amara)
        Event.objects.update(state="cancelled", called_off_at=date.starts_at)

    ways = (lambda: None, lambda: kit_came(amara, "own_word"), ended_early, said_so, left, came_later)
    for happens in (*ways, said_beforehand, is_off):
        with nothing_stays():
            happens()
            settle_after(date, A_DAY)
            assert (happens.__name__, told()) == (happens.__name__, [])
    # A clock that stood still for a week.
    kit_came(amara)
    assert (settle_after(date, timedelta(days=7)), told()) == (0, [])


def test_the_mail_says_what_follows_and_is_dropped_when_it_proves_wrong(amara):
    kit_came(amara)
    words = {
        "catch_up": "Read the summary.",
        "allow": "need not do anything",
        "release": "your place ends on",
    }
    for name, said in words.items():
        with nothing_stays(), time_machine.travel(first(amara).ends_at + A_DAY, tick=False):
            rule(amara, name)
            missed_dates.settle_due()
            text = " ".join(composed("missed-date", "amara@example.org").text.split())
            assert (name, said in text, "Were you there?" in text) == (name, True, True)
            attendance.say_there(amara, first(amara))
            outbox.send_due()
            assert states() == ["dropped"]


def test_by_the_strictest_rule_a_place_ends_two_days_later_unless_they_were_there(amara):
    date = first(amara)
    ruth = make_organiser(amara.event.group)
    kit_came(amara)
    rule(amara, "release")

    def stays() -> None:
        return None

    def said_there() -> None:
        attendance.say_there(amara, date)

    def noted() -> None:
        attendance.note(amara, date, by=ruth)

    def kinder_rule() -> None:
        rule(amara, "allow")

    for happens, ends in ((stays, True), (said_there, False), (noted, False), (kinder_rule, False)):
        rule(amara, "release")
        amara.refresh_from_db()
        with nothing_stays():
            settle_after(date, A_DAY)
            with time_machine.travel(date.ends_at + A_DAY, tick=False):
                happens()
            settle_after(date, A_DAY + TWO_DAYS - timedelta(minutes=1))
            amara.refresh_from_db()
            assert amara.has_place
            settle_after(date, A_DAY + TWO_DAYS)
            settle_after(date, A_DAY + TWO_DAYS + timedelta(minutes=1))
            amara.refresh_from_db()
            assert (happens.__name__, amara.is_live) == (happens.__name__, not ends)
            assert len(told("not-there")) == ends
            assert amara.steps.filter(kind=RegistrationStep.Kind.NOT_THERE).count() == ends
            if ends:
                assert "has ended" in composed("not-there", "amara@example.org").text


def test_who_chose_before_that_how_to_go_on_is_not_asked_again(amara):
    kit_came(amara)
    with time_machine.travel(first(amara).ends_at, tick=False):
        attendance.catch_up(amara, first(amara), "left_out")

    assert (settle_after(first(amara), A_DAY), told()) == (1, [])


def test_a_date_that_moved_after_it_was_settled_is_settled_again(amara):
    date = first(amara)
    kit_came(amara)
    settle_after(date, A_DAY)
    later = timedelta(days=3)
    Session.objects.filter(pk=date.pk).update(starts_at=date.starts_at + later, ends_at=date.ends_at + later)
    date.refresh_from_db()
    kit_came(amara)

    assert (settle_after(date, A_DAY), told()) == (1, ["amara@example.org"] * 2)


def test_organisers_are_asked_to_note_who_came_where_nobody_is_noted(amara):
    date, event = first(amara), amara.event

    def asked() -> list[str]:
        fresh = Event.objects.get(pk=event.pk)
        return [todo.words for todo in attendance_to_do.for_event(fresh)]

    with time_machine.travel(date.ends_at - timedelta(minutes=1), tick=False):
        assert asked() == []
    with time_machine.travel(date.ends_at, tick=False):
        assert len(asked()) == 1
        kit_came(amara)
        assert asked() == []
