"""Calling an event off, for good or for now, and calling it back: everything is as it was, and nothing is said to be over
that was not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.actions import (
    calling_off,
    events,
    leaving,
    my_data,
    new_address,
    registrations,
    reminders,
    retention,
)
from events.actions.leaving import NoLongerPossible
from events.actions.readiness import NotReady
from events.actions.registrations import RegistrationClosed
from events.models import Closed, Event, Registration
from kit.meanwhile import NotOpen
from mail.actions import outbox
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import answers, make_event, make_organiser, register

pytestmark = pytest.mark.django_db

CallOff = Callable[..., Event]
BOTH = pytest.mark.parametrize("call_off", [calling_off.cancel, calling_off.postpone])


@pytest.fixture
def event() -> Event:
    return make_event(places=2, dates=2, starts_in=timedelta(days=8))


@pytest.fixture
def ruth(event: Event) -> Person:
    return make_organiser(event.group)


def states(event: Event) -> list[str]:
    return list(event.registrations.order_by("pk").values_list("state", flat=True))


def line(event: Event) -> list[int]:
    return [row.pk for row in event.registrations.in_the_queue()]


def fresh(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


@BOTH
def test_everyone_has_what_they_had_when_it_is_called_back(event, ruth, call_off):
    register(event, confirmed=False)
    first, second, third = (register(event) for _ in range(3))
    leaving.leave(first)
    before, queue = states(event), line(event)

    call_off(event, reason="Snow", by=ruth)
    while_off = states(event)
    calling_off.call_back(event, by=ruth)

    assert before == ["confirmed", "cancelled", "offered", "waiting"]
    assert (while_off, states(event)) == (before, before)
    assert (line(event), fresh(event).state) == (queue, "published") == ([third.pk], "published")
    assert second.steps.filter(kind="event_back", by=ruth).count() == 1


@BOTH
def test_who_is_asked_something_has_fresh_time_to_answer(event, ruth, call_off):
    register(event, confirmed=False)
    holder, offered = register(event), register(event)
    leaving.leave(holder)
    call_off(event, reason="Snow", by=ruth)

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        leaving.expire_due()
        while_off = states(event)
        calling_off.call_back(event, by=ruth)
        now = timezone.now()
        leaving.expire_due()

    limits = event.registrations.order_by("pk").values_list("confirm_by", "offer_ends_at")
    assert while_off == states(event) == ["confirmed", "cancelled", "offered"]
    assert limits[0][0] == now + timedelta(hours=24)
    assert limits[2][1] == fresh(event).offer_ends_at(now)
    assert leaving.accept_offer(offered).state == "confirmed"


@BOTH
def test_who_left_meanwhile_stays_away_and_their_place_goes_to_the_next(event, ruth, call_off):
    leaver, erased, waiting, next_one = (register(event) for _ in range(4))
    call_off(event, reason="Snow", by=ruth)

    leaving.leave(leaver)
    leaving.erase(erased)
    while_off = states(event)
    calling_off.call_back(event, by=ruth)

    assert while_off == ["cancelled", "cancelled", "waiting", "waiting"]
    assert states(event) == ["cancelled", "cancelled", "offered", "offered"]
    assert not OutgoingMail.objects.filter(to_email=leaver.email, kind="event-changed", state="sent").exists()


@BOTH
def test_who_forgets_everything_meanwhile_is_not_in_the_way(event, ruth, call_off):
    amara = register(event, "amara@example.org")
    call_off(event, reason="Snow", by=ruth)

    my_data.erase_everything(amara.email)
    calling_off.call_back(event, by=ruth)

    assert states(event) == ["cancelled"]


@BOTH
def test_while_it_is_off_nothing_is_offered_reminded_of_or_taken(event, ruth, call_off):
    register(event)
    leaver, offered, waiting = (register(event) for _ in range(3))
    leaving.leave(leaver)
    call_off(event, reason="Snow", by=ruth)
    OutgoingMail.objects.all().delete()
    reason = Closed(fresh(event).state)

    with pytest.raises(NoLongerPossible):
        leaving.accept_offer(offered)
    with pytest.raises(RegistrationClosed, match=reason):
        registrations.register(event, answers("new@example.org"))
    with time_machine.travel(event.starts_at - timedelta(hours=12), tick=False):
        leaving.expire_due()
        reminders.send_due()

    assert states(event)[2:] == ["offered", "waiting"]
    assert not OutgoingMail.objects.exists()


def test_an_address_is_confirmed_while_there_is_no_date_but_not_when_there_will_be_none(event, ruth):
    first, second = register(event, confirmed=False), register(event, confirmed=False)
    calling_off.postpone(event, reason="Snow", by=ruth)
    assert registrations.confirm(first).has_place

    calling_off.cancel(event, reason="Much snow", by=ruth)
    with pytest.raises(RegistrationClosed, match="cancelled"):
        registrations.confirm(second)


@BOTH
def test_a_mail_that_nobody_wrote_meanwhile_is_owed_again(event, ruth, call_off):
    """Somebody was offered a place a moment before, and neither of the two mails about the event left."""
    leaver = register(event)
    register(event), register(event, "offered@example.org")
    outbox.send_due()
    leaving.leave(leaver)
    call_off(event, reason="Snow", by=ruth)
    outbox.send_due()
    calling_off.call_back(event, by=ruth)

    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        outbox.send_due()
    sent = OutgoingMail.objects.filter(to_email="offered@example.org", state="sent").order_by("pk")
    assert list(sent.values_list("kind", flat=True)) == ["waiting", "offer"]


@BOTH
def test_what_is_over_is_not_called_off(event, ruth, call_off):
    register(event)
    with (
        time_machine.travel(event.ends_at + timedelta(days=2), tick=False),
        pytest.raises(NotOpen, match="over"),
    ):
        call_off(event, reason="Snow", by=ruth)

    assert (fresh(event).state, OutgoingMail.objects.filter(kind="event-changed").count()) == ("published", 0)


@BOTH
def test_pressed_twice_is_once(event, ruth, call_off):
    amara = register(event)
    for _press in range(2):
        call_off(event, reason="Snow", by=ruth)
    for _press in range(2):
        calling_off.call_back(event, by=ruth)

    kinds = [step.kind for step in amara.steps.all()]
    assert kinds[2:] == [
        f"event_{'cancelled' if call_off is calling_off.cancel else 'postponed'}",
        "event_back",
    ]


@BOTH
def test_an_event_that_would_have_begun_is_not_called_back(event, ruth, call_off):
    call_off(event, reason="Snow", by=ruth)

    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False), pytest.raises(NotReady):
        calling_off.call_back(event, by=ruth)


@BOTH
def test_a_programme_of_which_a_date_took_place_keeps_that_one(event, ruth, call_off):
    first, second = event.sessions.all()
    with time_machine.travel(first.ends_at + timedelta(days=1), tick=False):
        call_off(event, reason="Snow", by=ruth)
        texts = [session.vevent for session in event.sessions.all()]
        calling_off.call_back(event, by=ruth)

    assert ["STATUS:CANCELLED" in text for text in texts] == [False, True]
    assert [session.sequence for session in event.sessions.all()] == [0, 2]
    assert all("STATUS:CONFIRMED" in session.vevent for session in event.sessions.all())


def test_calendars_say_that_it_is_off_and_then_that_it_is_on(event, ruth):
    seen = []
    for change in (calling_off.postpone, calling_off.cancel):
        change(event, reason="Snow", by=ruth)
        seen.append(event.sessions.first().vevent)
    calling_off.call_back(event, by=ruth)
    seen.append(event.sessions.first().vevent)

    assert [
        next(text for text in ("Postponed: ", "Cancelled: ", "") if f"SUMMARY:{text}" in one) for one in seen
    ] == [
        "Postponed: ",
        "Cancelled: ",
        "",
    ]
    assert [
        number in one for number, one in zip(("SEQUENCE:1", "SEQUENCE:2", "SEQUENCE:3"), seen, strict=True)
    ] == [True] * 3
    assert ["STATUS:CANCELLED" in one for one in seen] == [True, True, False]


def test_a_postponed_event_takes_place_as_soon_as_it_has_new_dates(event, ruth):
    amara = register(event)
    calling_off.postpone(event, reason="Snow", by=ruth)
    sessions = list(event.sessions.all())
    with time_machine.travel(event.ends_at + timedelta(days=1), tick=False):
        is_past = fresh(event).is_past()
        moved = sessions[:1]
        _move(moved, timedelta(days=30))
        with pytest.raises(NotReady):
            events.save_sessions(fresh(event), saved=moved)
        still = fresh(event).state
        _move(sessions[1:], timedelta(days=30))
        events.save_sessions(fresh(event), saved=sessions)

    assert (is_past, still, fresh(event).state) == (False, "postponed", "published")
    assert [session.sequence for session in event.sessions.all()] == [2, 2]
    assert amara.steps.last().kind == "event_back"


def test_other_words_of_a_postponed_date_bring_nothing_back(event, ruth):
    calling_off.postpone(event, reason="Snow", by=ruth)
    session = event.sessions.first()
    session.title = "Another title"

    events.save_sessions(fresh(event), saved=[session])

    assert fresh(event).state == "postponed"


def test_what_people_told_a_postponed_event_waits_with_it(event, ruth):
    amara = register(event, "amara@example.org", needs={"bsl": "With a note"})
    calling_off.postpone(event, reason="Snow", by=ruth)

    with time_machine.travel(event.ends_at + timedelta(days=60), tick=False):
        retention.forget_what_is_over()
        kept = Registration.objects.get(pk=amara.pk)
        has_needs = hasattr(kept, "access_request")
    with time_machine.travel(timezone.now() + timedelta(days=365 + 366), tick=False):
        retention.forget_what_is_over()

    assert (kept.email, has_needs) == ("amara@example.org", True)
    assert not Registration.objects.not_erased().exists()


def test_who_registered_for_a_cancelled_event_is_forgotten_like_whoever_never_came(event, ruth):
    register(event)
    calling_off.cancel(event, reason="Snow", by=ruth)

    with time_machine.travel(event.ends_at + timedelta(days=31), tick=False):
        retention.forget_what_is_over()

    assert not Registration.objects.not_erased().exists()


def _move(sessions: list, by: timedelta) -> None:
    for session in sessions:
        session.starts_at, session.ends_at = session.starts_at + by, session.ends_at + by


def test_the_mail_about_a_change_follows_somebody_to_a_new_address(event, ruth):
    """Also when another registration, which happens to have the number of the event, stays behind."""
    amara = register(event, "old@example.org")
    elsewhere = make_event()
    staying = register(elsewhere, "old@example.org")
    register(elsewhere, "new@example.org")
    Registration.objects.filter(pk=staying.pk).update(person=amara.person)
    OutgoingMail.objects.all().delete()
    for called_off in (event, elsewhere):
        calling_off.cancel(called_off, reason="Snow", by=ruth)

    new_address.follow(amara.person, old="old@example.org", new="new@example.org")

    mails = OutgoingMail.objects.order_by("about", "to_email").values_list("about", "to_email")
    assert list(mails) == [
        (event.pk, "new@example.org"),
        (elsewhere.pk, "new@example.org"),
        (elsewhere.pk, "old@example.org"),
    ]
