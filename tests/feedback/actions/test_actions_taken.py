""" "You said, we did": in order, published and taken back, mailed once to those who came."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.utils import timezone

from events.actions import leaving, retention
from events.models import Closed, Event
from events.pages.organise.messages import mails_of_event, mails_of_groups
from feedback.actions import actions_taken
from feedback.actions.refusals import NothingToPublish, NotMailed
from feedback.models import ActionTaken
from kit.meanwhile import ChangedMeanwhile, NothingChanged
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.factories import make_event, make_hub, make_organiser
from tests.feedback.factories import make_past_event
from tests.mails import said_in_subject

pytestmark = pytest.mark.django_db

WORDS = {"said": "Longer breaks", "answer": "did", "words": "Ten minutes now", "by_when": None}


@pytest.fixture
def event() -> Event:
    make_hub()
    event = make_past_event(3, ago=timedelta(hours=3), title="The *social*")
    outbox.send_due()
    django_mail.outbox.clear()
    return event


def add(event: Event, theme: str = "Breaks", **more) -> ActionTaken:
    return actions_taken.add(event, by=make_organiser(event.group), theme=theme, **WORDS | more)


def themes(event: Event) -> list[str]:
    return [row.theme for row in event.actions_taken.all()]


def test_a_new_one_stands_at_the_end_and_can_be_moved(event):
    rows = [add(event, theme) for theme in ("Breaks", "Sound", "Chairs")]

    assert actions_taken.move(rows[2], up=True) == 2
    with pytest.raises(NothingChanged):
        actions_taken.move(rows[0], up=True)
    assert themes(event) == ["Breaks", "Chairs", "Sound"]

    actions_taken.remove(rows[0])
    add(event, "Light")

    with pytest.raises(NothingChanged):
        actions_taken.move(rows[0], up=True)
    assert themes(event) == ["Chairs", "Sound", "Light"]


def test_an_old_page_does_not_overwrite_what_was_saved_since(event):
    row, by = add(event), make_organiser(event.group)
    opened = row.edition
    actions_taken.change(row, opened=opened, by=by, said="More breaks")

    with pytest.raises(ChangedMeanwhile) as refused:
        actions_taken.change(row, opened=opened, by=by, said="No breaks")

    assert refused.value.now.said == "More breaks"
    assert ActionTaken.objects.get().said == "More breaks"


def test_publishing_shows_all_and_one_can_be_taken_back(event):
    row = add(event)
    add(event, "Sound")

    assert actions_taken.publish(event) == 2
    with pytest.raises(NothingToPublish):
        actions_taken.publish(event)
    actions_taken.take_back(row)

    assert [row.theme for row in event.actions_taken.published()] == ["Sound"]


def test_it_is_mailed_once_to_everyone_with_a_confirmed_place(event):
    add(event)
    actions_taken.publish(event)
    gone, unconfirmed = event.registrations.all()[:2]
    with time_machine.travel(event.ends_at - timedelta(hours=1), tick=False):
        leaving.leave(gone)
    type(gone).objects.filter(pk=unconfirmed.pk).update(email_confirmed_at=None)
    OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED).delete()

    numbers = [actions_taken.mail(event), actions_taken.mail(event)]
    outbox.send_due()

    assert numbers == [1, 0]
    [mail] = django_mail.outbox
    assert said_in_subject(mail) == "you said, we did"
    assert f"/events/{event.slug}/you-said/" in mail.body
    assert "because you had a place there" in mail.body
    assert "Breaks" in mail.body
    assert "Longer breaks" not in mail.body
    for listed in (mails_of_groups([event.group]), mails_of_event(event)):
        assert [mail.kind for mail in listed if mail.kind == "you-said"] == ["you-said"]


def test_nobody_who_was_erased_gets_it(event):
    add(event)
    actions_taken.publish(event)
    erased = event.registrations.all()[0]
    type(erased).objects.filter(pk=erased.pk).update(email="1@erased.invalid")

    assert actions_taken.to_be_mailed(event).count() == 2


def test_a_mail_that_waits_is_dropped_when_all_is_taken_back(event):
    row = add(event)
    actions_taken.publish(event)
    actions_taken.mail(event)
    actions_taken.take_back(row)

    outbox.send_due()

    assert django_mail.outbox == []


def test_it_is_not_mailed_before_it_is_published_before_the_end_or_long_after(event):
    add(event)
    assert actions_taken.mail_closed_because(event, timezone.now()) is Closed.NOT_PUBLISHED
    with pytest.raises(NotMailed):
        actions_taken.mail(event)

    actions_taken.publish(event)
    assert actions_taken.mail_closed_because(event, timezone.now()) is None
    with (
        time_machine.travel(timezone.now() + timedelta(days=90), tick=False),
        pytest.raises(NotMailed),
    ):
        actions_taken.mail(event)

    coming = make_event(group=event.group)
    add(coming)
    actions_taken.publish(coming)
    assert actions_taken.mail_closed_because(coming, timezone.now()) is Closed.NOT_YET


def test_who_has_had_it_is_known_for_as_long_as_it_can_be_mailed(event):
    """Mailed at the first moment, and pressed again at the last: the outbox has not forgotten yet."""
    add(event)
    actions_taken.publish(event)
    someone = event.registrations.all()[0]
    actions_taken.mail(event)
    outbox.send_due()
    assert event.ends_at is not None
    last = event.ends_at + actions_taken.mail_within() - timedelta(minutes=1)

    with time_machine.travel(last, tick=False):
        retention.forget_what_is_over()
        assert OutgoingMail.objects.filter(kind="you-said", about=someone.pk).exists()
        assert actions_taken.mail(event) == 0
