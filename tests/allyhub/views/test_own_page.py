"""Somebody's own page at each moment: one card first, with what is asked of them then, and never two filled buttons."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from breakouts.actions import rooms
from breakouts.models import Helper, Host
from events.actions import access_needs, leaving
from events.models import AccessNeed, Event, Registration
from events.pages.nothing_to_do import shown_in_line
from feedback.actions import rounds
from tests.breakouts.factories import make_host, make_note_taker, make_social, make_topic, organiser_of
from tests.factories import make_access_lead, make_event, make_hub, make_venue, register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

World = tuple[Event, dict[str, Registration]]
# Tone of the card, its heading, and every filled button of the page.
Seen = tuple[str, str, list[str]]

OFFER: Seen = ("wait", "Do you still want the place?", ["Answer: yes or no"])
DOOR: Seen = ("open", "We start at", ["Go in"])
BEGUN: Seen = ("open", "We have begun, until", ["Go in"])
ASKED: Seen = ("wait", "The people who arrange access have written to you", ["Read it and answer"])
FEEDBACK: Seen = ("after", "How was it for you?", ["Tell us"])
ROOM: Seen = ("saved", "Choose a room, if you like", ["Choose a room"])
SAVED: Seen = ("saved", "We look forward to meeting you", [])
LINE: Seen = ("wait", "We ask you as soon as it is your turn", [])
HELD: Seen = ("wait", "You do not have to do anything", [])
OVER: Seen = ("after", "Thank you for taking part", ["What else is on"])
NO_MORE: Seen = ("wait", "You do not have to do anything", ["What else is on"])
IN_VAIN: Seen = ("after", "You do not have to do anything", ["What else is on"])


def again(button: str) -> Seen:
    return ("wait", "Would you like to come after all?", [button])


ASK = "Ask for a place again"
IN_LINE = "Join the end of the waiting list"
STAY = ("wait", "Would you like to stay on the list?", ["Stay on the list, at the end"])
MOMENTS = ("before", "door", "begun", "over", "later")
TABLE: dict[str, tuple[Seen, ...]] = {
    "no room": (ROOM, DOOR, BEGUN, FEEDBACK, OVER),
    "in a room": (SAVED, DOOR, BEGUN, FEEDBACK, OVER),
    "on the day": (SAVED, DOOR, BEGUN, FEEDBACK, OVER),
    "asked about access": (ASKED, DOOR, BEGUN, FEEDBACK, OVER),
    "something else": (ASKED, DOOR, BEGUN, FEEDBACK, OVER),
    "hosts": (SAVED, DOOR, BEGUN, FEEDBACK, OVER),
    "offered": (OFFER, STAY, NO_MORE, NO_MORE, NO_MORE),
    "waiting": (LINE, OFFER, IN_VAIN, IN_VAIN, IN_VAIN),
    "left": (again(IN_LINE), again(IN_LINE), NO_MORE, NO_MORE, NO_MORE),
    "removed": (NO_MORE,) * 5,
    "held": (HELD, HELD, HELD, IN_VAIN, IN_VAIN),
    "took it back": (again(ASK), again(ASK), NO_MORE, NO_MORE, NO_MORE),
}


@made_once
def make_world() -> World:
    """Somebody in each state, named as they are before the event."""
    make_hub()
    event = make_social(places=6, join_address="https://meeting.example/j/845")
    lead, topic, ruth = make_access_lead(event.group), make_topic(event), organiser_of(event)
    people = {"removed": leaving.remove(register(event, "a@example.org"), by=ruth)}
    leaving.remove(register(event, "b@example.org"), by=ruth)
    people |= {name: register(event) for name in ("no room", "in a room", "on the day", "left")}
    people["asked about access"] = register(event, needs={"bsl": ""})
    people["something else"] = register(event, needs={"captions": ""})
    people |= {name: register(event) for name in ("offered", "waiting")}
    people["held"] = register(event, "a@example.org")
    people["took it back"] = leaving.leave(register(event, "b@example.org"))
    people["hosts"] = make_host(topic).registration
    rooms.choose(people["in a room"], topic)
    rooms.choose(people["on the day"], None)
    access_needs.say_as_lead(people["asked about access"].access_request, "In which room?", by=lead)
    need = people["something else"].access_request.needs.get()
    access_needs.move(need, AccessNeed.State.SOMETHING_ELSE, by=lead)
    people["left"] = leaving.leave(people["left"])
    return event, people


def look(registration: Registration | Host | Helper) -> str:
    return Client().get(registration.get_absolute_url()).content.decode()


def words_of(found: list[str]) -> list[str]:
    return [html.unescape(" ".join(re.sub("<[^>]+>", " ", words).split())) for words in found]


def seen(registration: Registration | Host | Helper) -> Seen:
    page = look(registration)
    [card] = re.findall(r'<section class="now" data-now="\w+".*?</section>', page, re.DOTALL)
    main = page[page.index("<main") : page.index("</main>")]
    [heading] = words_of(re.findall(r"<h2.*?</h2>", card, re.DOTALL))
    filled = words_of(re.findall(r'class="btn".*?>(.*?)</(?:a|button)>', main, re.DOTALL))
    return re.findall(r'data-now="(\w+)"', card)[0], heading, filled


def moments_of(event: Event) -> dict[str, timedelta]:
    """How long it is from now to each."""
    date = event.sessions.get()
    to_start, to_end = (moment - timezone.now() for moment in (date.starts_at, date.ends_at))
    quarter = timedelta(minutes=15)
    after = (timedelta(), to_start - quarter, to_start, to_end, to_end + timedelta(days=20))
    return dict(zip(MOMENTS, after, strict=True))


def test_the_card_is_that_of_the_moment_and_no_page_has_two_filled_buttons():
    event, people = make_world()
    wrong: dict[tuple[str, str], Seen] = {}

    for number, (moment, away) in enumerate(moments_of(event).items()):
        with nothing_stays(), time_machine.travel(timezone.now() + away, tick=False):
            leaving.expire_due()
            rounds.open_due()
            for name, row in people.items():
                tone, heading, filled = seen(Registration.objects.get(pk=row.pk))
                expected = TABLE[name][number]
                if (tone, filled) != (expected[0], expected[2]) or not heading.startswith(expected[1]):
                    wrong[name, moment] = (tone, heading, filled)

    assert wrong == {}


VOLUNTEERS: dict[str, tuple[Seen, ...]] = {
    "host": (
        ("saved", "Everything you need is on this page", ["Your way into the meeting"]),
        DOOR,
        BEGUN,
        ("after", "Thank you for holding the room", []),
        ("after", "Thank you for holding the room", []),
    ),
    "helper": (
        ("saved", "Thank you for helping", ["Your guide, one page"]),
        DOOR,
        BEGUN,
        ("after", "Thank you for helping", []),
        ("after", "Thank you for helping", []),
    ),
}


def test_the_pages_of_hosts_and_helpers_have_the_door_while_it_is_open():
    event, _people = make_world()
    volunteers = {"host": Host.objects.get(), "helper": make_note_taker(Host.objects.get().topic)}

    for number, away in enumerate(moments_of(event).values()):
        with time_machine.travel(timezone.now() + away, tick=False):
            for name, row in volunteers.items():
                tone, heading, filled = seen(row)
                expected = VOLUNTEERS[name][number]
                assert (tone, filled) == (expected[0], expected[2]), (name, number)
                assert heading.startswith(expected[1])


def test_of_a_long_line_the_first_is_shown_and_those_around_somebody():
    event, people = make_world()

    assert '<li aria-current="true">You, 1st</li>' in look(people["waiting"])
    for position, waiting, shown in (
        (3, 6, [1, 2, 3, 4, 5, 6]),
        (1, 30, [1, 2]),
        (12, 30, [1, 11, 12, 13]),
        (30, 30, [1, 29, 30]),
    ):
        assert shown_in_line(position, waiting) == shown


def test_who_went_in_was_there_and_who_is_known_to_have_stayed_away_is_missed():
    event, people = make_world()
    came, missed = people["in a room"], people["no room"]
    moments = moments_of(event)

    with nothing_stays(), time_machine.travel(timezone.now() + moments["over"], tick=False):
        unknown = look(came)
    with time_machine.travel(timezone.now() + moments["door"], tick=False):
        pressed = Client().post(re.findall(r'action="(/join/[^"]+)"', look(came))[0])
        inside = look(came)
    with time_machine.travel(timezone.now() + moments["over"], tick=False):
        there, not_there = look(came), look(missed)

    assert "You were there" not in unknown
    assert "We missed you" not in unknown
    assert pressed.status_code == 302
    assert "<h1>Come in, the meeting is open</h1>" in inside
    assert ">Go in again</button>" in inside
    assert "<h1>Thank you for coming</h1>" in there
    assert "You were there" in there
    assert "We missed you" in not_there


WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
ADDRESS = "https://meeting.example/j/845"
# What the event is, and on which day after today, and how long after its start there, which card is shown.
SHAPES: list[tuple[dict[str, Any], timedelta, Seen, str]] = [
    ({"dates": 2, "join_address": ADDRESS}, WEEK + HOUR, BEGUN, ""),
    ({"dates": 2, "join_address": ADDRESS}, 2 * WEEK + HOUR, BEGUN, ""),
    ({"join_address": ADDRESS}, WEEK - timedelta(days=1), SAVED, "Now: tomorrow"),
    ({"join_address": ADDRESS}, timedelta(), SAVED, "Now: 7 days to go"),
    ({}, WEEK + HOUR, ("wait", "The meeting’s address is not here yet", []), "Your way into the meeting"),
    ({"format": "in_person", "join_address": ADDRESS}, WEEK + HOUR, SAVED, "Now: it has begun"),
    ({"format": "both", "join_address": ADDRESS}, WEEK + HOUR, BEGUN, "How to get there"),
    ({"format": "in_person"}, timedelta(), SAVED, "How to get there"),
    ({"state": "cancelled", "called_off_because": "Ruth is ill."}, timedelta(), NO_MORE, "Ruth is ill."),
    ({"state": "postponed", "join_address": ADDRESS}, WEEK + HOUR, NO_MORE, "I do not want to come any more"),
]


def test_other_events_have_their_card():
    make_hub()
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)

    for fields, away, (tone, heading, filled), words in SHAPES:
        with nothing_stays(), time_machine.travel(noon, tick=False):
            state = {name: fields[name] for name in ("state", "called_off_because") if name in fields}
            event = make_event(**{name: fields[name] for name in fields.keys() - state.keys()})
            event.venue = make_venue(event.group)
            event.save()
            guest = register(event)
            Event.objects.filter(pk=event.pk).update(**state)
            with time_machine.travel(noon + away, tick=False):
                found, text = seen(guest), words_of([look(guest)])[0]

        assert (found[0], found[2]) == (tone, filled), (fields, away, found)
        assert found[1].startswith(heading)
        assert words in text
