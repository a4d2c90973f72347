"""No title makes an address that leads somewhere else: every address there is is read, none is written down here."""

from collections.abc import Iterator

import pytest
from django.urls import get_resolver, resolve, reverse

from events.actions import events, venues
from events.actions.listing import tags_named
from events.models import Venue
from kit import slugs
from people.actions import groups
from people.models import Group, Page
from people.views.pages import PAGES
from tests.factories import make_group, make_person
from tests.learning.page_factories import make_learning_page

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SLUG = "<slug:slug>"
# Not made of a title: the few parts of the hub's settings.
FIXED = {"organise/hub/<slug:slug>/"}


def routes(patterns, before="") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def words_where_a_slug_stands() -> set[tuple[str, str]]:
    """("events", "past"): what stands in some address at the place where another has the slug of a title."""
    every = [route for route in routes(get_resolver().url_patterns) if route not in FIXED]
    found = set()
    for before in {route.partition(SLUG)[0] for route in every if SLUG in route}:
        beside = {route.removeprefix(before).partition("/")[0] for route in every if route.startswith(before)}
        found |= {(before.split("/")[-2], word) for word in beside if word and "<" not in word}
    return found


def make(kind: str, title: str):
    if kind == "events":
        return events.create(make_group(), title=title, by=make_person())
    if kind == "groups":
        return groups.request(Group(name=title), by=make_person())
    if kind == "pages":
        page = Page(title=title, is_published=True)
        slugs.insert(page, title, default="page", pages=PAGES)
        return page
    if kind == "learn":
        return make_learning_page(title=title)
    return pytest.fail(f"say here how {kind} are made")


def test_there_are_words_that_stand_where_slugs_do():
    assert {("events", "past"), ("events", "month"), ("groups", "new")} <= words_where_a_slug_stands()


def test_whatever_an_address_says_already_a_title_of_these_words_has_its_pages():
    for kind, word in words_where_a_slug_stands():
        row = make(kind, word.title())

        pages = {
            "events": "organise:event",
            "groups": "organise:group",
            "learn": "organise:learning_page",
            "pages": "organise:hub_page",
        }
        for address in (row.get_absolute_url(), reverse(pages[kind], args=[row.slug])):
            assert resolve(address).kwargs == {"slug": row.slug}, address


def test_venues_and_tags_have_their_pages_too():
    venue = venues.save(Venue(group=make_group(), name="New"))
    [tag] = tags_named(["New"])

    assert resolve(reverse("events:venue", args=[venue.slug])).kwargs == {"slug": "new"}
    assert resolve(reverse("events:tag_feed", args=[tag.slug])).kwargs == {"slug": "new"}
