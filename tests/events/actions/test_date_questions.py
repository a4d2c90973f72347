"""A date moved, or is new: whoever has a place is asked whether they can come. What they answer, what it costs, and what
becomes of the question when the date moves again."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import access_needs, calling_off, date_questions, events, leaving, reminders
from events.actions.dates import say_dates
from events.actions.leaving import NoLongerPossible
from events.models import Attendance, Event, Registration, Session
from events.pages.date_answers import answers_by_date, lines
from events.pages.organise import to_do
from kit.meanwhile import ChangedMeanwhile
from mail.models import OutgoingMail
from tests.factories import make_access_lead, make_event, make_organiser, register
from tests.mails import composed
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

HOURS = timedelta(hours=1)
AMARA, BO, CHI, DEE = (f"{name}@example.org" for name in ("amara", "bo", "chi", "dee"))


@pytest.fixture
@made_once
def event() -> Event:
    """A programme of three dates, full with two; a third person waits, a fourth has not confirmed."""
    event = make_event(places=2, dates=3, title="Allies", starts_in=timedelta(days=9))
    for email in (AMARA, BO, CHI):
        register(event, email)
    register(event, DEE, confirmed=False)
    OutgoingMail.objects.all().delete()
    return Event.objects.get(pk=event.pk)


def of(email: str) -> Registration:
    return Registration.objects.get(email=email)


def save(event: Event, number: int, by: timedelta, *, longer: timedelta = timedelta(0)) -> Session:
    date = event.sessions.get(number=number)
    date.starts_at, date.ends_at = date.starts_at + by, date.ends_at + by + longer
    events.save_sessions(Event.objects.get(pk=event.pk), saved=[date])
    return date


def add(event: Event) -> Session:
    starts_at = event.sessions.get(number=3).starts_at + timedelta(weeks=1)
    new = Session(starts_at=starts_at, ends_at=starts_at + 2 * HOURS)
    events.save_sessions(Event.objects.get(pk=event.pk), saved=[new])
    return new


def asked(now: timedelta = timedelta(0)) -> list[tuple[str, int]]:
    rows = Attendance.objects.asked(timezone.now() + now).order_by("registration", "session__starts_at")
    return list(rows.values_list("registration__email", "session__number"))


def page(email: str, number: int = 2) -> str:
    return reverse("events:date", args=[of(email).token, number])


def test_whoever_has_a_place_is_asked_about_what_is_at_another_time_or_new(event):
    both = [(AMARA, 2), (BO, 2)]
    for change, found in (
        (lambda: save(event, 2, HOURS), both),
        (lambda: save(event, 2, -HOURS / 4), both),
        (lambda: save(event, 2, timedelta(0), longer=HOURS), both),
        # Whoever had time for it has time for less of it.
        (lambda: save(event, 2, HOURS / 2, longer=-HOURS), []),
        (lambda: save(event, 2, timedelta(0)), []),
        (lambda: add(event), [(AMARA, 4), (BO, 4)]),
        # Nobody is asked about what is over.
        (lambda: save(event, 2, -timedelta(days=30)), []),
    ):
        with nothing_stays():
            change()
            assert asked() == found


def test_what_was_said_holds_again_when_the_date_moves_back_before_the_answer(event):
    second = event.sessions.get(number=2)
    Attendance.objects.create(registration=of(AMARA), session=second, can_come=True)
    Attendance.objects.create(registration=of(CHI), session=second, can_come=False)

    save(event, 2, 3 * HOURS)
    # What those said who wait is true no more either; they are asked with their place.
    assert asked() == [(AMARA, 2), (BO, 2), (CHI, 2)]
    save(event, 2, HOURS)
    assert asked() == [(AMARA, 2), (BO, 2), (CHI, 2)]
    date_questions.answer(of(BO), second, can_come=True)
    save(event, 2, -4 * HOURS)

    said = dict(Attendance.objects.values_list("registration__email", "can_come"))
    # Bo had said yes to the other time.
    assert (said, asked()) == ({AMARA: True, CHI: False, BO: None}, [(BO, 2)])


def test_the_mail_that_tells_of_it_asks_and_only_those_with_a_place(event):
    save(event, 2, HOURS)
    date_questions.answer(of(BO), event.sessions.get(number=2), can_come=True)

    told = {email: composed("event-changed", email).text for email in (AMARA, BO, CHI)}
    assert {email: page(email) in words for email, words in told.items()} == {
        AMARA: True,
        BO: False,
        CHI: False,
    }
    assert "Until you do your place stays yours." in told[AMARA]


def test_an_answer_is_noted_and_can_be_changed(event):
    save(event, 2, HOURS)
    date = event.sessions.get(number=2)

    for can_come, state in ((False, "confirmed"), (True, "confirmed")):
        date_questions.answer(of(AMARA), date, can_come=can_come, seen=date_questions.shown(date))
        row = Attendance.objects.get(registration=of(AMARA))
        assert (row.can_come, row.was_to_start_at, of(AMARA).state) == (can_come, None, state)
    save(event, 2, HOURS)
    say_dates(of(AMARA), event.sessions.values_list("pk", flat=True))
    assert asked() == [(BO, 2)]
    assert [str(step) for step in of(AMARA).steps.all()][-2:] == [
        "You cannot come on this date:",
        "You can come on this date:",
    ]


def test_a_no_costs_the_place_by_the_rule_of_the_event_until_it_has_begun(event):
    no_others = {"session_id__in": event.sessions.exclude(number=2).values("pk")}
    for fields, before, begun, costs in (
        ({}, None, False, False),
        ({"needs_every_date": True}, None, False, True),
        ({"missed_date": Event.MissedDate.RELEASE}, None, False, True),
        ({"missed_date": Event.MissedDate.CATCH_UP}, None, False, False),
        ({}, no_others, False, True),
        ({"needs_every_date": True}, None, True, False),
    ):
        with nothing_stays():
            Event.objects.filter(pk=event.pk).update(**fields)
            if before:
                for date in event.sessions.exclude(number=2):
                    Attendance.objects.create(registration=of(AMARA), session=date, can_come=False)
            with time_machine.travel(timezone.now() + timedelta(days=10 if begun else 0)):
                date_questions.answer(of(AMARA), event.sessions.get(number=2), can_come=False)
            # Whoever waits is offered it.
            states = (of(AMARA).state, of(CHI).state)
            assert states == (("cancelled", "offered") if costs else ("confirmed", "waiting")), fields


def test_an_answer_to_what_is_no_more_is_refused(event):
    date, organiser = event.sessions.get(number=2), make_organiser(event.group)
    seen = date_questions.shown(date)

    for change, refusal in (
        (lambda: save(event, 2, HOURS), ChangedMeanwhile),
        (
            lambda: events.save_sessions(event, saved=[], removed=[event.sessions.get(number=2)]),
            ChangedMeanwhile,
        ),
        (lambda: leaving.leave(of(AMARA)), NoLongerPossible),
        (lambda: calling_off.postpone(event, reason="Ill.", by=organiser), NoLongerPossible),
    ):
        with nothing_stays():
            change()
            with pytest.raises(refusal):
                date_questions.answer(of(AMARA), date, can_come=True, seen=seen)


def test_an_event_that_was_called_off_asks_when_it_takes_place_at_another_time(event):
    organiser = make_organiser(event.group)
    with nothing_stays():
        calling_off.postpone(event, reason="Ill.", by=organiser)
        save(event, 2, HOURS)
        assert asked() == [(AMARA, 2), (BO, 2)]
    calling_off.cancel(event, reason="Ill.", by=organiser)
    save(event, 2, HOURS)
    assert "Can you still come?" not in Client().get(of(AMARA).get_absolute_url()).content.decode()
    calling_off.call_back(event, by=organiser)
    assert "Can you still come?" in Client().get(of(AMARA).get_absolute_url()).content.decode()


def test_the_page_asks_twice_before_a_place_is_given_up_and_news_can_be_asked_for(event):
    Event.objects.update(needs_every_date=True)
    save(event, 2, HOURS)
    client, amara = Client(), of(AMARA)

    own = client.get(amara.get_absolute_url()).content.decode()
    assert f'href="{page(AMARA)}"' in own
    shown = client.get(page(AMARA)).content.decode()
    assert "Before:" in shown
    assert "your place goes to somebody else" in shown
    sure = client.post(page(AMARA), {"answer": "no"}).content.decode()
    assert "Give up your place?" in sure
    assert of(AMARA).has_place
    client.post(page(AMARA), {"answer": "no", "sure": "yes", "news": "on"})
    assert (of(AMARA).ended_because, of(AMARA).news_wanted_at is None) == ("left", False)
    # The second press, and the old tab.
    again = client.post(page(AMARA), {"answer": "yes"}, follow=True).content.decode()
    assert "Nothing was changed." in again


def test_the_next_question_follows_the_answer(event):
    save(event, 2, HOURS)
    save(event, 3, HOURS)
    client = Client()

    second = client.post(page(AMARA, 2), {"answer": "yes"})
    third = client.post(page(AMARA, 3), {"answer": "no"})

    assert (second.url, third.url) == (page(AMARA, 3), of(AMARA).get_absolute_url())
    assert asked() == [(BO, 2), (BO, 3)]


def test_whoever_could_only_come_on_a_date_that_is_off_is_asked_about_the_others(event):
    dates = [*event.sessions.all()]
    for email, can_come in ((AMARA, (True, False, False)), (BO, (True, True, False))):
        for date, answer in zip(dates, can_come, strict=True):
            Attendance.objects.create(registration=of(email), session=date, can_come=answer)

    events.save_sessions(event, saved=[], removed=[dates[0]])

    assert asked() == [(AMARA, 2), (AMARA, 3)]
    assert (
        "The date on which you could come is off"
        in Client().get(of(AMARA).get_absolute_url()).content.decode()
    )


def test_whoever_arranges_access_is_told_once_where_something_is_asked_for(event):
    lead = make_access_lead(event.group)
    for needs, told in ((None, 0), ({"bsl": ""}, 1)):
        with nothing_stays():
            if needs:
                leaving.leave(of(AMARA))
                leaving.accept_offer(of(CHI))
                access_needs.record(of(CHI), access_needs.AccessAnswers(needs))
                OutgoingMail.objects.all().delete()
            for hours in (1, 2):
                save(event, 2, hours * HOURS)
            assert OutgoingMail.objects.filter(kind="access-for-leads", to_email=lead.email).count() == told


def test_whoever_has_not_answered_is_asked_once_more(event):
    save(event, 2, HOURS)
    save(event, 3, HOURS)
    date_questions.answer(of(BO), event.sessions.get(number=2), can_come=True)
    date_questions.answer(of(BO), event.sessions.get(number=3), can_come=False)

    def mails_at(**later: float) -> list[str]:
        reminders.ask_again_about_dates(timezone.now() + timedelta(**later))
        return [*OutgoingMail.objects.of_kind("still-coming").values_list("to_email", flat=True)]

    # The second date is in sixteen days: after three of them; where it is near, the next day.
    with nothing_stays():
        assert mails_at(days=2) == []
        assert mails_at(days=3.1) == mails_at(days=7) == [AMARA]
        assert composed("still-coming", AMARA).text.count("\n- ") == 2
        date_questions.answer(of(AMARA), event.sessions.get(number=2), can_come=True)
        date_questions.answer(of(AMARA), event.sessions.get(number=3), can_come=True)
        assert composed("still-coming", AMARA) is None
    Attendance.objects.update(asked_at=timezone.now() + timedelta(days=15))
    assert mails_at(days=15.4) == []
    assert mails_at(days=15.6) == [AMARA]
    # One more question, one more mail.
    Attendance.objects.filter(session__number=3).update(asked_at=timezone.now() + timedelta(days=16))
    OutgoingMail.objects.update(created_at=timezone.now() + timedelta(days=15.6))
    assert mails_at(days=20) == [AMARA, AMARA]


def test_organisers_see_what_was_answered_and_who_has_not_when_the_date_is_near(event):
    save(event, 2, HOURS)
    date_questions.answer(of(BO), event.sessions.get(number=2), can_come=False)
    second = event.sessions.get(number=2)

    assert answers_by_date(event) == {second.pk: (0, 1, 1)}
    assert [line.partition(": ")[2] for line in lines(event)] == ["1 cannot, 1 have not answered"]
    words = "1 person has not said whether they can come on"
    for days, told in ((0, False), (10, True)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            todos = to_do.for_event(Event.objects.get(pk=event.pk))
            assert any(todo.words.startswith(words) for todo in todos) == told
