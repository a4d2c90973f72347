"""News once a week: nothing is lost and nothing comes twice, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.urls import reverse

from events.actions import news, publishing
from events.models import Event, Registration
from mail.actions import outbox
from mail.models import OutgoingMail
from tests import mails
from tests.factories import make_event, make_group, register

pytestmark = pytest.mark.django_db

AMARA = "amara@example.org"
# A Wednesday in summer time; the next issue is Monday 9am there, an hour earlier in UTC.
WEDNESDAY = datetime(2027, 5, 5, 12, tzinfo=UTC)
MONDAY = datetime(2027, 5, 10, 8, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def group():
    with time_machine.travel(WEDNESDAY, tick=False):
        return make_group(time_zone="Europe/London")


@pytest.fixture
def reader(group) -> Registration:
    with time_machine.travel(WEDNESDAY, tick=False):
        registration = register(make_event(group=group), AMARA, wants_news=True)
        news.choose(registration, weekly=True)
        OutgoingMail.objects.all().delete()
        return registration


def publish(group, title: str, at: datetime) -> Event:
    with time_machine.travel(at, tick=False):
        draft = make_event(
            group=group, title=title, state="draft", published_at=None, starts_in=timedelta(days=60)
        )
        return publishing.publish(draft)


def arrived(at: datetime) -> list[str]:
    """The titles in what leaves when the clock shows this."""
    django_mail.outbox.clear()
    with time_machine.travel(at, tick=False):
        outbox.send_due()
    texts = [mail.body for mail in django_mail.outbox if mail.to == [AMARA]]
    return [title for text in texts for title in ("Fire", "Water", "Earth") if f"\n{title}\n" in text]


@pytest.mark.parametrize(
    ("now", "issue"),
    [
        (WEDNESDAY, MONDAY),
        (MONDAY - timedelta(seconds=1), MONDAY),
        (MONDAY, MONDAY + WEEK),
        # When the clocks go back it is an hour later in UTC.
        (datetime(2027, 10, 30, tzinfo=UTC), datetime(2027, 11, 1, 9, tzinfo=UTC)),
    ],
)
def test_an_issue_leaves_on_monday_morning(now, issue):
    assert news.next_issue(now, "Europe/London") == issue


def test_what_a_week_brings_is_one_mail(group, reader):
    publish(group, "Fire", WEDNESDAY), publish(group, "Water", WEDNESDAY + DAY)
    before, on_monday = arrived(MONDAY - timedelta(minutes=1)), arrived(MONDAY)
    publish(group, "Earth", MONDAY + DAY)
    then = [arrived(MONDAY + after) for after in (DAY, WEEK, 2 * WEEK)]

    assert (before, on_monday, then) == ([], ["Fire", "Water"], [[], ["Earth"], []])


@pytest.mark.parametrize(
    "clock",
    [
        # Stood still for a month; ran a month ahead and was set back; was set back while a mail waited.
        [30 * DAY],
        [30 * DAY, DAY, 40 * DAY],
        [-30 * DAY, 6 * DAY, 40 * DAY],
    ],
)
def test_a_clock_that_is_wrong_loses_and_repeats_nothing(group, reader, clock):
    publish(group, "Fire", WEDNESDAY)
    read = [title for moved in clock for title in arrived(WEDNESDAY + moved)]
    publish(group, "Water", WEDNESDAY + timedelta(hours=1))
    read += arrived(WEDNESDAY + 2 * DAY) + arrived(WEDNESDAY + 50 * DAY)

    assert sorted(read) == ["Fire", "Water"]


def test_it_says_what_is_still_to_come_and_how_to_stop_it(group, reader):
    fire, water = publish(group, "Fire", WEDNESDAY), publish(group, "Water", WEDNESDAY)
    with time_machine.travel(MONDAY, tick=False):
        Event.objects.filter(pk=fire.pk).update(state="cancelled")
        mail = mails.composed("news-weekly", AMARA)
        Event.objects.filter(pk=water.pk).update(state="cancelled")
        nothing = mails.composed("news-weekly", AMARA)

    assert mail.subject == f"{group.name}: new this week"
    assert ("Water" in mail.text, "Fire" in mail.text, nothing) == (True, False, None)
    assert mail.unsubscribe_url in mail.text
    assert mail.list_name == f"{group.slug}.news"


def test_how_often_is_said_for_the_whole_group(client, group, reader):
    with time_machine.travel(WEDNESDAY, tick=False):
        other = register(make_event(group=group), AMARA, wants_news=True)
        page = reverse("events:no_news", args=[reader.news_token])
        weekly = client.get(page).content.decode()
        publish(group, "Fire", WEDNESDAY)
        said = [client.post(page, {"often": "at-once"}, follow=True).content.decode() for _time in range(2)]
    publish(group, "Water", WEDNESDAY)

    assert ("An email for each event" in weekly, "One email a week" in said[0]) == (True, True)
    assert ["Nothing was changed" in words for words in said] == [False, True]
    assert not news.is_weekly(other)
    # One of each, although they asked for news twice.
    assert sorted(OutgoingMail.objects.filter(kind__startswith="news").values_list("kind", flat=True)) == [
        "news",
        "news-weekly",
    ]


def test_whoever_stops_news_gets_none_that_waited(group, reader):
    publish(group, "Fire", WEDNESDAY)
    news.stop(reader)

    assert arrived(MONDAY) == []
    assert OutgoingMail.objects.get(kind="news-weekly").state == "dropped"
