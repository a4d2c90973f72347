"""Who was not given the address of an unlisted event does not find it: not in any list, feed, search, sitemap or mail."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import news
from events.models import Event, Registration
from feedback.models import ActionTaken, Quote
from mail.models import OutgoingMail
from tests.breakouts.factories import make_social, make_topic
from tests.factories import make_event, register
from tests.mails import composed
from tests.permission_walk import METHODS, PARAMETERS, address_of
from tests.permission_world import World, make_world
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

TITLE, SLUG = "Behind the hedge", "behind-the-hedge"
AWAY = timedelta(days=3)
# Where everyone finds what is on the calendar.
LISTS = {
    *("events:agenda", "events:home", "events:month", "events:month_now", "events:past", "sitemap"),
    *("events:feed", "events:group", "events:group_feed", "events:series", "events:series_feed"),
    *(
        "events:tag_feed",
        "events:venue",
        "breakouts:wanted",
        "feedback:story",
        "search",
        "search in a feed",
        "a past event",
    ),
}


def make(world: World, slug: str, starts_in: timedelta) -> Event:
    listed = world.event
    fields = {"venue": listed.venue, "series": listed.series, "format": "both"}
    event = make_social(group=world.group, title=TITLE, slug=slug, starts_in=starts_in, **fields)
    event.tags.set(listed.tags.all())
    make_topic(event)
    return event


@made_once
def two_events() -> World:
    """One to come, one over of which people say something good: in every list there is."""
    world = make_world()
    make(world, SLUG, AWAY)
    past = make(world, f"{SLUG}-2", -AWAY)
    said = {"text": "I dared to speak", "on_group_page": True, "approved_at": timezone.now()}
    Quote.objects.create(event=past, **said)
    ActionTaken.objects.create(event=past, said="Too dark", words="Lamps", published_at=timezone.now())
    return world


def addresses(world: World) -> dict[str, str]:
    """Of every page that is no link's and no organiser's."""
    names = [name for name, parameters in PARAMETERS.items() if "token" not in parameters]
    public = [name for name in names if METHODS[name] == "get" and not name.startswith("organise:")]
    here = timezone.now() + AWAY
    return {name: address_of(name, world) for name in public} | {
        "events:month": reverse("events:month", args=[here.year, here.month]),
        "search": f"{reverse('events:agenda')}?q=hedge",
        "search in a feed": f"{reverse('events:feed')}?q=hedge",
        "a past event": world.past.get_absolute_url(),
    }


def found_by(client: Client, addresses: dict[str, str]) -> set[str]:
    answers = {name: client.get(address) for name, address in addresses.items()}
    pages = {name: b"".join(answer) for name, answer in answers.items()}  # type: ignore[call-overload]
    return {name for name, page in pages.items() if SLUG.encode() in page or TITLE.encode() in page}


def test_an_unlisted_event_is_in_no_list():
    asked = addresses(two_events())
    listed = found_by(Client(), {name: asked[name] for name in LISTS})

    Event.objects.filter(title=TITLE).update(is_unlisted=True)

    assert (listed, found_by(Client(), asked)) == (LISTS, set())


def test_who_has_its_address_can_do_there_what_they_can_at_any_event():
    two_events()
    Event.objects.filter(title=TITLE).update(is_unlisted=True)
    Event.objects.exclude(title=TITLE).update(series=None, venue=None)
    event = Event.objects.get(slug=SLUG)
    names = ("events:event", "events:event_ics", "events:registration_new", "events:poster", "events:card")
    answers = [Client().get(reverse(name, args=[SLUG])) for name in names]
    around = [Client().get(thing.get_absolute_url()) for thing in (event.series, event.venue)]

    page = answers[0].content.decode()
    assert {answer.status_code for answer in answers + around} == {200}
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "application/ld+json" not in page


def test_news_do_not_tell_of_an_unlisted_event():
    event = make_event(is_unlisted=True)
    asked = Registration.objects.filter(pk=register(make_event(group=event.group)).pk)
    asked.update(news_wanted_at=timezone.now())
    news.tell(event)

    assert composed("news", asked.get().email) is None
    assert OutgoingMail.objects.filter(kind="news").exists()
