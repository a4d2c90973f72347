import threading
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as SignIn
from django.db import connection
from django.utils import timezone

from events.actions import access_needs, leaving, retention
from events.models import AccessCount, AccessNeed, AccessRequest, Event, PersonalFeed, Registration
from mail.actions.outbox import queue
from mail.models import OutgoingMail
from people.models import AuditLine, Invitation, Person, SecondStepReset
from tests.factories import (
    make_access_lead,
    make_event,
    make_group,
    make_organiser,
    make_person,
    make_quota,
    register,
)

pytestmark = pytest.mark.django_db


def days_after(event: Event, days: float) -> datetime:
    assert event.ends_at
    return event.ends_at + timedelta(days=days)


def forget_at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return retention.forget_what_is_over()


def names(event: Event) -> list[str]:
    return list(event.registrations.order_by("pk").values_list("name", flat=True))


def test_access_needs_go_thirty_days_after_the_last_date_and_counts_stay():
    event = make_event(dates=2)
    arranged = register(event, needs={"bsl": "with a lipspeaker"}).access_request
    register(event, needs={"bsl": "", "captions": ""})
    lead = make_access_lead(event.group)
    access_needs.move(arranged.needs.get(), AccessNeed.State.ARRANGED, by=lead)

    forget_at(days_after(event, 29))
    assert AccessRequest.objects.count() == 2

    forget_at(days_after(event, 30))
    assert (AccessRequest.objects.count(), AccessNeed.objects.count()) == (0, 0)
    assert sorted(AccessCount.objects.values_list("event", "code", "outcome", "number")) == [
        (event.pk, "bsl", "arranged", 1),
        (event.pk, "bsl", "received", 1),
        (event.pk, "captions", "received", 1),
    ]


def test_the_needs_of_someone_who_left_do_not_wait_for_the_event():
    event = make_event(starts_in=timedelta(days=200))
    gone = register(event, needs={"bsl": ""})
    register(event, needs={"captions": ""})
    leaving.leave(gone)

    forget_at(timezone.now() + timedelta(days=29))
    assert AccessRequest.objects.count() == 2

    forget_at(timezone.now() + timedelta(days=31))
    assert not AccessRequest.objects.filter(registration=gone).exists()
    assert AccessRequest.objects.count() == 1


def test_needs_whose_key_is_lost_are_forgotten_too(settings):
    event = make_event()
    register(event, needs={"bsl": ""})
    settings.SEALING_KEYS = {"other": b"0" * 32}

    forget_at(days_after(event, 31))

    assert (AccessRequest.objects.count(), AccessCount.objects.count()) == (0, 0)


def test_who_came_is_forgotten_twelve_months_after_the_last_date():
    event = make_event(dates=3)
    registration = register(event, "amara@example.org", name="Amara", pronouns="she/her")

    forget_at(days_after(event, 364))
    assert names(event) == ["Amara"]

    forget_at(days_after(event, 365))
    registration.refresh_from_db()
    assert (registration.name, registration.pronouns, registration.person) == ("", "", None)
    assert "amara" not in registration.email
    assert registration.state == Registration.State.CONFIRMED, "the numbers stay right"


def test_who_never_confirmed_is_forgotten_thirty_days_after_the_event():
    event = make_event(starts_in=timedelta(hours=1))
    register(event, name="Sage", confirmed=False)
    register(event, name="Amara")

    forget_at(days_after(event, 29))
    assert names(event) == ["Sage", "Amara"]

    forget_at(days_after(event, 31))
    assert names(event) == ["", "Amara"]


def test_who_left_is_forgotten_ninety_days_later_when_the_event_is_far_away():
    event = make_event(starts_in=timedelta(days=300))
    leaving.leave(register(event, name="Sage"))
    register(event, name="Amara")

    forget_at(timezone.now() + timedelta(days=89))
    assert names(event) == ["Sage", "Amara"]

    forget_at(timezone.now() + timedelta(days=91))
    assert names(event) == ["", "Amara"]


def test_an_event_that_lost_its_dates_is_forgotten_by_its_last_change():
    event = make_event()
    register(event, name="Amara")
    event.sessions.all().delete()

    forget_at(timezone.now() + timedelta(days=364))
    assert names(event) == ["Amara"]

    forget_at(timezone.now() + timedelta(days=366))
    assert names(event) == [""]


def test_mails_that_are_settled_go_after_ninety_days_and_owed_ones_stay():
    sent = queue(kind="test-mail", key="sent", to_email="a@example.org")
    OutgoingMail.objects.filter(pk=sent.pk).update(state="sent", settled_at=timezone.now())
    queue(kind="test-mail", key="owed", to_email="a@example.org")

    forget_at(timezone.now() + timedelta(days=89))
    assert OutgoingMail.objects.count() == 2

    forget_at(timezone.now() + timedelta(days=91))
    assert OutgoingMail.objects.get().key == "owed"


def test_a_sign_in_that_has_ended_is_deleted():
    SessionStore().create()
    ended = SessionStore()
    ended.set_expiry(-60)
    ended.save()

    retention.forget_what_is_over()

    assert SignIn.objects.filter(session_key=ended.session_key).exists() is False
    assert SignIn.objects.count() == 1


def test_invitations_and_notes_of_changes_have_an_end():
    group = make_group()
    organiser = make_organiser(group)
    Invitation.objects.create(group=group, email="new@example.org", role="organiser")
    make_quota(make_event(group=group), "Kent").organisers.create(email="new@example.org")
    LogEntry.objects.create(user=organiser, action_flag=ADDITION, object_repr="Amara")
    AuditLine.objects.create(group=group, by=organiser, what="invited")
    SecondStepReset.objects.create(person=organiser, ended_at=timezone.now(), was_stopped=True)

    assert forget_at(timezone.now() + timedelta(days=89)) == 0
    assert forget_at(timezone.now() + timedelta(days=91)) == 2
    assert forget_at(timezone.now() + timedelta(days=366)) == 3
    assert not SecondStepReset.objects.exists()
    assert (Invitation.objects.count(), LogEntry.objects.count(), AuditLine.objects.count()) == (0, 0, 0)


def test_a_person_goes_when_nothing_of_theirs_is_left_and_they_have_been_away_for_a_year():
    make_person("long-gone@example.org")
    PersonalFeed.objects.create(person=Person.objects.get())
    make_person("signed-in@example.org", last_login=timezone.now() + timedelta(days=200))
    make_person("admin@example.org", is_staff=True)
    make_organiser(make_group(), email="ruth@example.org")
    register(make_event(starts_in=timedelta(days=700)), "comes@example.org")

    forget_at(timezone.now() + timedelta(days=364))
    assert Person.objects.count() == 5

    forget_at(timezone.now() + timedelta(days=366))
    left = Person.objects.order_by("email").values_list("email", flat=True)
    assert list(left) == [
        "admin@example.org",
        "comes@example.org",
        "ruth@example.org",
        "signed-in@example.org",
    ]
    assert PersonalFeed.objects.count() == 0


def test_a_person_goes_in_the_round_that_forgets_their_last_registration():
    event = make_event()
    register(event, "amara@example.org")

    forget_at(days_after(event, 366))

    assert Person.objects.filter(email="amara@example.org").exists() is False


def test_forgetting_twice_changes_nothing_more():
    event = make_event()
    register(event, needs={"bsl": ""})
    moment = days_after(event, 31)

    assert [forget_at(moment), forget_at(moment)] == [1, 0]
    forget_at(days_after(event, 400))
    assert forget_at(days_after(event, 400)) == 0


def test_a_round_takes_a_part_and_the_next_round_goes_on(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    event = make_event()
    for number in range(3):
        register(event, name=f"Guest {number}", confirmed=False)
    moment = days_after(event, 31)

    assert [forget_at(moment), forget_at(moment), forget_at(moment)] == [2, 1, 0]
    assert names(event) == ["", "", ""]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_count_every_need_once():
    event = make_event()
    for _ in range(12):
        register(event, needs={"bsl": ""})
    Event.objects.get(pk=event.pk).sessions.update(
        starts_at=timezone.now() - timedelta(days=41), ends_at=timezone.now() - timedelta(days=40)
    )
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        retention.forget_what_is_over()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert AccessRequest.objects.count() == 0
    assert AccessCount.objects.get().number == 12
