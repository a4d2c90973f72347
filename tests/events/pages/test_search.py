"""What people type finds what others wrote, in the same way on both databases."""

from datetime import timedelta

import pytest
from django.urls import reverse

from breakouts.actions import recaps, take_outs
from breakouts.models.lines import lines_of
from events.actions import events, listing, venues
from events.actions.listed import Listed
from events.models import Tag
from events.pages.organise.guest_list import guests
from kit.text import is_found
from tests.breakouts.factories import make_part, make_recap, make_social, make_topic
from tests.factories import make_event, make_group, make_hub, make_organiser, make_venue, register

pytestmark = pytest.mark.django_db

WRITTEN_AND_TYPED = [
    ("ÜBER Grenzen", "über"),
    ("Über Grenzen", "uber grenzen"),
    ("Café der Vielfalt", "cafe"),
    ("Cafe of many", "café"),
    ("Straße", "STRASSE"),
    ("Niamh O’Brien", "o'brien"),
    ("Niamh O'Brien", "obrien"),
    ("How to co-host", "cohost"),
    ("How to cohost", "co-host"),
    ("How to co-host", "co host"),
    ("Smørrebrød together", "smorrebrod"),
    ("Ⅳ: ﬁrst steps", "first"),
    ("100 % allies", "100"),
    ("İstanbul", "istanbul"),
    ("Дружба", "ДРУЖБА"),
    ("Being better allies", "allies better"),
    ("Being better allies", "all"),
]
NOT_FOUND = [
    ("Being better allies", "betterallies"),
    ("Being better allies", "%"),
    ("Quilting", "_"),
    ("", "a"),
]


def found(client, search: str, page: str = "events:agenda") -> str:
    return client.get(reverse(page), {"q": search}).text


def test_words_are_found_however_they_are_typed():
    assert [pair for pair in WRITTEN_AND_TYPED if not is_found(pair[1], pair[0])] == []
    assert [pair for pair in NOT_FOUND if is_found(pair[1], pair[0])] == []


def test_the_database_finds_what_lists_find(client):
    make_hub()
    for number, (written, _typed) in enumerate(WRITTEN_AND_TYPED):
        make_event(slug=f"event-{number}", title=written)

    lost = [
        (written, typed)
        for number, (written, typed) in enumerate(WRITTEN_AND_TYPED)
        if f"/events/event-{number}/" not in found(client, typed)
    ]

    assert lost == []


def test_people_of_an_event_are_found_in_the_same_way():
    event = make_event()
    register(event, "renee@example.org", name="Renée")
    register(event, "jo@example.org", name="Jo")

    assert [row.name for row in guests(event.registrations.all(), Listed(), "RENEE")] == ["Renée"]
    assert [row.name for row in guests(event.registrations.all(), Listed(), "%")] == []


@pytest.mark.parametrize("starts_in", [timedelta(days=7), timedelta(days=-7)], ids=["to come", "over"])
@pytest.mark.parametrize("change", ["title", "tag", "venue", "group"])
def test_what_was_changed_is_found_at_once_and_the_old_words_are_not(client, change, starts_in):
    make_hub()
    group = make_group(name="Oldgroup")
    venue = make_venue(group, name="Oldhall")
    event = make_event(group=group, venue=venue, title="Oldtitle", format="in_person", starts_in=starts_in)
    events.save(event, fields=[], tags=listing.tags_named(["Oldtag"]))
    event.refresh_from_db()
    if change == "title":
        event.title = "Newword"
        events.save(event, fields=["title"])
    elif change == "tag":
        events.save(event, fields=[], tags=listing.tags_named(["Newword"]))
    elif change == "venue":
        venue.name = "Newword"
        venues.save(venue)
    else:
        client.force_login(make_organiser(group))
        typed = {"name": "Newword", "contact_email": "a@example.org", "time_zone": "Europe/London"}
        client.post(reverse("organise:group_edit", args=[group.slug]), typed)
        client.logout()

    old = {"title": "oldtitle", "tag": "oldtag", "venue": "oldhall", "group": "oldgroup"}[change]
    address = event.get_absolute_url()
    assert [address in found(client, word) for word in ("newword", old)] == [True, False]


def test_a_past_event_is_found_by_its_recap_while_everyone_can_read_it(client):
    event = make_social(starts_in=timedelta(days=-3))
    topic = make_topic(event)
    make_part(topic, text="- We want quieter rooms\n- And tea")
    address = event.get_absolute_url()
    before = address in found(client, "quieter")

    recaps.publish(event, intro="")
    published = [address in found(client, "quieter", page) for page in ("events:agenda", "events:past")]
    recaps.take_back(event)

    assert (before, published, address in found(client, "quieter")) == (False, [True, True], False)


def test_what_somebody_took_out_of_a_recap_is_not_found_either(client):
    event = make_social(starts_in=timedelta(hours=-1))
    topic = make_topic(event)
    part = make_recap(topic, "- We want quieter rooms\n- And tea")
    [(line, _words), _other] = lines_of(part.text)

    take_outs.take_lines(register(event), {topic.pk: [line]})

    event.refresh_from_db()
    assert ("quieter" in event.search_text, "tea" in event.search_text) == (False, True)


def test_tags_that_people_would_call_the_same_are_one():
    assert (
        listing.tags_named(["Über uns"])
        == listing.tags_named(["über uns"])
        == listing.tags_named(["UBER UNS"])
    )
    assert Tag.objects.count() == 1
