"""Somebody's own calendar address: made, replaced, taken back."""

from django.db.models import F
from django.utils import timezone

from events.models import PersonalFeed
from kit.meanwhile import NothingChanged
from people.models import Person


def feed_for(person: Person) -> PersonalFeed:
    """Somebody's calendar address; the same one however often they ask."""
    return PersonalFeed.objects.get_or_create(person=person)[0]


def replace(feed: PersonalFeed) -> PersonalFeed:
    """Give somebody a new address; the old one is dead from now on."""
    PersonalFeed.objects.filter(pk=feed.pk).update(link_version=F("link_version") + 1, last_used_on=None)
    feed.refresh_from_db()
    return feed


def remind(feed: PersonalFeed, minutes_before: int | None) -> None:
    """Let somebody's calendar remind them before each date, or not at all. Raises NothingChanged when it does so
    already."""
    if feed.reminds_minutes_before == minutes_before:
        raise NothingChanged
    PersonalFeed.objects.filter(pk=feed.pk).update(reminds_minutes_before=minutes_before)


def take_back(person: Person) -> None:
    """Leave somebody without an address. Raises NothingChanged when they have none."""
    if not PersonalFeed.objects.filter(person=person).delete()[0]:
        raise NothingChanged


def note_use(feed: PersonalFeed) -> None:
    """Note that a program fetched the address, so that its owner sees whether anybody still uses it. At most once a
    day."""
    today = timezone.now().date()
    if feed.last_used_on != today:
        PersonalFeed.objects.filter(pk=feed.pk).exclude(last_used_on=today).update(last_used_on=today)
