"""Whatever happens, a page that is kept is the page that would be written now."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from breakouts.models import BreakoutPlan
from events.models import Event, Quota, Series, Venue
from feedback.models import ActionTaken, Quote, Story
from kit import versions
from kit.kept_pages import pages
from learning.models import LearningPage
from people.models import Group, Hub, Page
from tests.allyhub.test_keeping import public_addresses
from tests.amounts import amount
from tests.factories import make_event
from tests.kept_histories import CHANGES, happen
from tests.permission_world import World, make_world
from tests.worlds import nothing_stays

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

FEEDS = ["/feed.ics", "/groups/socials/feed.ics", "/events/being-better-allies.ics"]
MAIN = {
    *("/", "/events/", "/events/month/", "/events/past/", "/groups/socials/", "/series/socials/", "/values/"),
    *(
        "/venues/mill/",
        "/events/with-places/",
        "/events/being-better-allies/",
        "/events/the-last-social/you-said/",
        *FEEDS,
    ),
}
MINUTES = [0, 0, 1, 60, 24 * 60, 9 * 24 * 60]
steps = st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 999), st.sampled_from(MINUTES))


@pytest.fixture
def world() -> Iterator[World]:
    world = make_world()
    make_event(group=world.group, slug="with-places", places=6)
    pages.forget()
    yield world
    pages.forget()


def asked(address: str, *, keep: bool) -> tuple[int, bytes, Any]:
    with override_settings(KEEP_PAGES=keep):
        answer = Client(raise_request_exception=False).get(address)
    return answer.status_code, answer.content, sorted(answer.headers.items())


def differing(addresses: list[str]) -> list[str]:
    return [a for a in addresses if asked(a, keep=True) != asked(a, keep=False)]


def some_of(others: list[str], which: int) -> list[str]:
    return [others[(which + step) % len(others)] for step in range(amount(0, many=3))]


@pytest.mark.many
def test_a_kept_page_is_always_the_page_that_would_be_written_now(world):
    addresses = [*public_addresses(world), "/events/with-places/", *FEEDS]
    main, others = (
        [a for a in addresses if a in MAIN],
        [a for a in addresses if a not in MAIN],
    )
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert differing(addresses) == []
    at_first = pages.kept.copy()

    # Nothing is looked for that would be shorter: each try opens many pages.
    @settings(
        suppress_health_check=list(HealthCheck),
        max_examples=amount(6, many=30),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(history=st.lists(steps, min_size=1, max_size=amount(2, many=3)), keep=st.booleans())
    def every_history(history: list[tuple[str, int, int]], *, keep: bool) -> None:
        """`keep`: with what is kept of another history, which never was."""
        if not keep:
            pages.kept = at_first.copy()
        shown = main + some_of(others, history[0][1])
        with time_machine.travel(now, tick=False) as clock, nothing_stays():
            for name, which, minutes in history:
                clock.shift(timedelta(minutes=minutes))
                for address in shown:
                    asked(address, keep=True)
                happen(name, world, which)
                assert differing(shown) == [], (name, which)

    every_history()


# A table whose triggers are taken out, what writes to it, and a page that tells of it.
BUMPS = {
    "events_event": (lambda world: Event.objects.update(summary="Another one"), "/events/"),
    "events_session": (
        lambda world: world.event.sessions.update(starts_at=timezone.now() + timedelta(days=3)),
        "/events/",
    ),
    "events_registration": (
        lambda world: world.event.registrations.filter(quota__isnull=False).update(state="cancelled"),
        "/events/being-better-allies/",
    ),
    "events_quota": (lambda world: Quota.objects.update(name="Derby"), "/events/being-better-allies/"),
    "events_venue": (lambda world: Venue.objects.update(address="2 Mill Lane"), "/venues/mill/"),
    "events_series": (lambda world: Series.objects.update(title="Quiet ones"), "/series/socials/"),
    "events_event_tags": (lambda world: world.event.tags.clear(), "/calendars/"),
    "events_accessinplace": (
        lambda world: world.event.in_place.create(code="captions", note="Live"),
        "/events/being-better-allies/",
    ),
    "people_hub": (lambda world: Hub.objects.update(name="Another hub"), "/"),
    "people_group": (lambda world: Group.objects.filter(slug="others").update(about="Tea."), "/groups/"),
    "people_page": (lambda world: Page.objects.update(title="Another page"), "/learn/"),
    "learning_learningpage": (lambda world: LearningPage.objects.update(title="Aloud"), "/learn/"),
    "breakouts_breakoutplan": (
        lambda world: BreakoutPlan.objects.update(on_the_page={}),
        "/events/being-better-allies/",
    ),
    "feedback_quote": (lambda world: Quote.objects.update(text="I laughed."), "/events/the-last-social/"),
    "feedback_story": (lambda world: Story.objects.update(title="Two years"), "/groups/socials/story/"),
    "feedback_actiontaken": (
        lambda world: ActionTaken.objects.update(words="Twenty minutes"),
        "/events/the-last-social/you-said/",
    ),
}


@pytest.mark.parametrize("table", BUMPS)
def test_a_page_goes_stale_as_soon_as_one_table_is_not_watched(world, table):
    write, address = BUMPS[table]
    # A page holds within its minute: here it is one that has just begun.
    with time_machine.travel(timezone.now().replace(second=0, microsecond=0)):
        with nothing_stays():
            asked(address, keep=True)
            write(world)
            assert differing([address]) == []
        take_out(table)
        asked(address, keep=True)

        write(world)

        assert differing([address]) == [address]


def take_out(table: str) -> None:
    """The triggers that raise the number of this table, and with them nothing else."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER {versions.TRIGGER}{table} ON {table}")
            return
        for name in (versions.TRIGGER, *versions.SQLITE_BESIDE):
            cursor.execute(f"DROP TRIGGER {name}{table}")
