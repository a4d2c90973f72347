"""From when on everyone sees an event: by the clock, with the link only, and taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from allyhub.clock import run_all
from breakouts.actions import hosts
from breakouts.models import Host
from events.actions import calling_off, events, leaving, news, publishing
from events.models import Event, Registration, Session
from kit.meanwhile import NothingChanged, NotOpen
from mail.models import OutgoingMail
from tests.breakouts.factories import make_helper, make_role, make_social, make_topic, propose
from tests.factories import make_event, make_group, make_organiser, register
from tests.mails import composed
from tests.worlds import nothing_stays

pytestmark = pytest.mark.django_db
SOON = timedelta(hours=2)


def draft(**fields: Any) -> Event:
    return make_event(state=Event.State.DRAFT, **fields)


def in_an_hour(event: Event, **fields: Any) -> Event:
    return publishing.publish_later(event, timezone.now() + SOON / 2, is_unlisted=False, **fields)


def owed(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("to_email", flat=True))


def wants_news(event: Event, *, weekly: bool = False) -> Registration:
    registration = register(make_event(group=event.group), wants_news=True)
    news.choose(registration, weekly=weekly)
    return registration


def test_the_clock_publishes_a_draft_when_its_moment_has_come_and_asks_its_hosts():
    event = make_social(state=Event.State.DRAFT)
    host = Host.objects.create(
        topic=make_topic(event), name="Sam", email="sam@example.org", state=Host.State.NAMED
    )
    reader = wants_news(event)
    in_an_hour(event)
    publishing.publish_due()
    before = Event.objects.get(pk=event.pk).state

    with time_machine.travel(timezone.now() + SOON, tick=False):
        times = [publishing.publish_due() for _worker in range(2)]

    event.refresh_from_db()
    assert (before, event.state, event.publish_at, times) == ("draft", "published", None, [1, 0])
    assert (owed("host-asked"), owed("news")) == ([host.email], [reader.email])


def test_what_is_missing_then_stays_a_draft_and_its_organisers_are_told_once():
    event = draft(summary="")
    ruth = make_organiser(event.group)
    in_an_hour(event)

    with time_machine.travel(timezone.now() + SOON, tick=False):
        times = [publishing.publish_due() for _round in range(2)]
        told = composed("not-published", ruth.email)
        Event.objects.filter(pk=event.pk).update(summary="Now there is one.")
        # Nobody chose this moment: the clock does not publish as soon as all is there.
        times.append(publishing.publish_due())
        event.refresh_from_db()
        nothing_missing = composed("not-published", ruth.email)

    assert times == [0, 0, 0]
    assert (event.state, event.publish_at, event.not_published_at is None) == ("draft", None, False)
    assert "Write a summary of one or two sentences." in told.text
    assert (owed("not-published"), nothing_missing) == ([ruth.email], None)
    assert publishing.publish(event).not_published_at is None


def test_a_moment_goes_when_the_event_is_published_by_hand_or_the_moment_is_taken_away():
    by_hand, never = in_an_hour(draft()), in_an_hour(draft())

    publishing.publish(by_hand)
    publishing.publish_later(never, None, is_unlisted=False)
    with pytest.raises(NothingChanged):
        in_an_hour(by_hand)

    with time_machine.travel(timezone.now() + SOON, tick=False):
        assert publishing.publish_due() == 0


def test_a_clock_that_stood_still_publishes_nothing_that_is_over():
    event = in_an_hour(draft(starts_in=SOON))

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        run_all()

    assert Event.objects.get(pk=event.pk).state == "draft"


def test_news_of_an_unlisted_event_are_told_when_it_is_put_on_the_calendar():
    event = draft()
    at_once, weekly = wants_news(event), wants_news(event, weekly=True)
    publishing.publish(event, is_unlisted=True)
    before = owed("news") + owed("news-weekly")

    publishing.put_on_the_calendar(event)
    with pytest.raises(NothingChanged):
        publishing.put_on_the_calendar(event)

    assert (before, owed("news"), owed("news-weekly")) == ([], [at_once.email], [weekly.email])


def test_news_are_told_once_however_often_an_event_is_taken_back_and_what_was_dropped_is_owed_again():
    event = draft()
    reader = wants_news(event)
    wants_news(event, weekly=True)
    publishing.publish(event)
    publishing.take_back(event)
    run_all()
    dropped = OutgoingMail.objects.get(kind="news").state

    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        publishing.publish(event)

    mail = OutgoingMail.objects.get(kind="news")
    assert (dropped, mail.state, mail.to_email) == ("dropped", "queued", reader.email)
    assert OutgoingMail.objects.get(kind="news-weekly").context["events"] == [event.pk]


COUNT_ON_IT: dict[str, Callable[[Event], object]] = {
    "registered": register,
    "not confirmed": lambda event: register(event, confirmed=False),
    "has left": lambda event: leaving.leave(register(event)),
    "hosts": lambda event: make_topic(event, host="Sam"),
    "is asked": lambda event: hosts.invite(
        make_topic(event), name="Sam", email="sam@example.org", as_co_host=False
    ),
    "helps": lambda event: make_helper(make_role(event)),
    "proposed": propose,
}


def test_an_event_is_taken_back_only_while_nobody_counts_on_it():
    event = make_social()
    refused = []
    for name, count_on in COUNT_ON_IT.items():
        with nothing_stays():
            count_on(event)
            with pytest.raises(publishing.NoLongerTheirs):
                publishing.take_back(event)
            refused.append(name)

    assert refused == list(COUNT_ON_IT)
    assert publishing.take_back(event).is_draft


def test_only_what_is_published_and_to_come_is_taken_back():
    organiser = make_organiser(make_group())
    over, called_off, there = make_event(starts_in=-SOON * 2), make_event(), make_event()
    calling_off.cancel(called_off, reason="Ruth is ill.", by=organiser)
    publishing.take_back(there)

    for event in (over, called_off, there):
        with pytest.raises(NothingChanged):
            publishing.take_back(event)


def test_whoever_registers_after_it_was_taken_back_is_refused():
    event = make_event()
    publishing.take_back(event)

    with pytest.raises(NotOpen):
        register(event)


def test_calendars_hear_that_it_was_taken_back_and_nothing_of_the_draft_until_it_is_published_again():
    event = make_event(title="Social", dates=2)
    feed = event.group
    client, address = Client(), f"/groups/{feed.slug}/feed.ics"

    def told() -> tuple[int, int, int]:
        text = client.get(address).content.decode()
        return text.count("STATUS:CANCELLED"), text.count("STATUS:CONFIRMED"), text.count("DTSTART;TZID")

    shown, etag = [told()], client.get(address)["ETag"]
    publishing.take_back(event)
    shells = client.get(address)
    shown.append(told())
    later = timezone.now().replace(microsecond=0) + timedelta(days=30)
    moved, dropped = event.sessions.all()
    moved.starts_at, moved.ends_at = later, later + SOON
    new = Session(starts_at=later + SOON, ends_at=later + SOON * 2)
    events.save_sessions(event, saved=[moved, new], removed=[dropped])
    still = client.get(address).content
    shown.append(told())
    publishing.publish(event)
    shown.append(told())

    assert shells["ETag"] != etag
    assert f"{later:%Y%m%d}".encode() not in still
    assert b"Social" not in still
    assert shown == [(0, 2, 2), (2, 0, 2), (2, 0, 2), (1, 2, 3)]
    assert event.sessions.order_by("pk").first().sequence == 2
