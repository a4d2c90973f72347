"""In person or online: each person says how they come, and whatever speaks to them follows."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from events import letter_words
from events.actions import audiences, events, ways
from events.actions.leaving import NoLongerPossible, leave
from events.actions.quotas import NoRoom
from events.calendars.published import file_of
from events.mail_writing import A_REGISTRATION
from events.models import AccessMessage, Event, Quota, Registration
from events.models.places import Pair
from events.pages.organise.to_do import for_event
from kit.environment import BASE_DIR
from mail.models import OutgoingMail
from tests.breakouts.factories import make_social, make_topic
from tests.factories import (
    by_hand,
    make_access_lead,
    make_event,
    make_group,
    make_quota,
    make_venue,
    register,
)
from tests.mails import composed
from tests.words import mails_to, time_of
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

PLACE, HOUR = "The Old Mill", timedelta(hours=1)
World = tuple[Event, dict[str, Registration]]
# What leads to each: who comes in person is never sent to the door, and who comes online never to the hall.
LEADS = {"in_person": {"place"}, "online": {"door"}, "": {"door", "place"}}


@pytest.mark.parametrize(
    ("format", "typed", "way"),
    [
        ("both", "online", "online"),
        ("both", "in_person", "in_person"),
        ("both", "", None),
        ("both", "by_boat", None),
        ("online", "in_person", ""),
        ("in_person", "online", ""),
    ],
)
def test_whoever_registers_says_how_they_come_where_there_are_two_ways(
    format: str, typed: str, way: str | None
):
    event = make_event(format=format)

    page = send(event, way=typed)

    assert [row.way for row in event.registrations.all()] == ([] if way is None else [way])
    if way is None:
        assert page.context["form"].errors["way"] == ["Choose whether you come in person or online"]


def test_another_address_keeps_the_way():
    event, browser = make_event(format="both"), Client()
    send(event, browser, way="online")

    browser.post(reverse("events:registration_sent", args=[event.slug]), {"email": "amara@example.net"})

    assert list(event.registrations.values_list("email", "way")) == [("amara@example.net", "online")]


@made_once
def make_world() -> World:
    """Somebody for each way, and somebody who has not said, by the way."""
    event = make_social(format="both", join_address="https://meet.example.org/abc")
    event.venue = make_venue(event.group, name=PLACE)
    event.save()
    make_topic(event)
    return event, {way: register(event, pair=Pair(way=way)) for way in LEADS}


@pytest.mark.parametrize("time", ["before", "begun"])
def test_what_somebody_is_told_leads_them_where_they_said_they_come(time: str):
    event, people = make_world()

    with time_of(event, time):
        told = {way: leads_in(texts_of(row), row) for way, row in people.items()}

    # Once it has begun, whoever comes late finds the door in the mail that says that their place is saved.
    assert told == {way: dict.fromkeys(found, LEADS[way]) for way, found in told.items()}


def test_the_door_opens_for_whoever_comes_online():
    event, people = make_world()

    with time_of(event, "begun"):
        doors = {way: go_in(row) for way, row in people.items()}
        ways.say(people["in_person"], "online")
        changed = go_in(people["in_person"])

    assert doors == {"in_person": 200, "online": 302, "": 302}
    assert changed == 302


def test_each_is_offered_what_fits_how_they_come():
    _event, people = make_world()

    pages = {
        way: Client().get(reverse("events:access_needs", args=[row.token])) for way, row in people.items()
    }

    offered = {way: page.content.decode() for way, page in pages.items()}
    assert {way: ("phone_in" in text, "step_free" in text) for way, text in offered.items()} == {
        "in_person": (False, True),
        "online": (True, False),
        "": (True, True),
    }


def test_letters_say_where_each_reader_goes():
    _event, people = make_world()

    places = {way: letter_words.FIELDS["place"](row).partition(",")[0] for way, row in people.items()}

    assert places == {"in_person": PLACE, "online": "online", "": PLACE}


def test_whoever_has_not_said_is_asked_on_their_own_page():
    _event, people = make_world()

    asked = {way: "Do you come in person or online?" in page_of(row) for way, row in people.items()}
    answer = Client().post(way_page(people[""]), {"way": "online"}, follow=True)
    again = Client().post(way_page(people[""]), {"way": "online"}, follow=True)

    assert asked == {"in_person": False, "online": False, "": True}
    assert "You come online." in answer.content.decode()
    assert "Nothing was changed" in again.content.decode()
    assert Registration.objects.get(pk=people[""].pk).way == "online"
    assert list(people[""].steps.values_list("kind", flat=True)).count("switched") == 1


def test_nobody_is_asked_where_there_is_no_choice():
    event, people = make_world()
    page = way_page(people[""])

    for change in ({"format": "online"}, {"format": "in_person"}, {"state": "cancelled"}):
        with nothing_stays():
            Event.objects.filter(pk=event.pk).update(**change)
            assert Client().get(page).status_code == 302, change
            assert "Do you come in person or online?" not in page_of(people[""]), change
            with pytest.raises(NoLongerPossible):
                ways.say(people[""], "online")


def test_an_event_that_is_for_one_way_only_treats_everyone_alike():
    event, people = make_world()

    for format, leads in (("online", {"door"}), ("in_person", {"place"})):
        with nothing_stays():
            Event.objects.filter(pk=event.pk).update(format=format)
            rows = Registration.objects.filter(event=event).select_related("event__venue")
            assert [leads_in({"": page_of(row)}, row)[""] for row in rows] == [leads] * 3


# The quota of somebody (name, way), those there are, and where they would count who come online.
KENT, KENT_ROOM, KENT_LINE = ("Kent", ""), ("Kent", "in_person"), ("Kent", "online")
ALL_LINE, ALL = ("Everyone", "online"), ("Everyone", "")


@pytest.mark.parametrize(
    ("own", "others", "found"),
    [
        (KENT, [ALL_LINE], KENT),
        (KENT_ROOM, [KENT_LINE, ALL_LINE, ALL], KENT_LINE),
        (KENT_ROOM, [ALL_LINE, ALL], ALL_LINE),
        (KENT_ROOM, [ALL], ALL),
        (KENT_ROOM, [("City", "online")], None),
        (KENT_ROOM, [], None),
        (None, [ALL_LINE], (None, "")),
    ],
)
def test_whoever_comes_otherwise_counts_in_their_own_group_or_in_one_for_everyone(own, others, found):
    event = make_event(format="both")
    quotas = {one: quota_of(event, *one) for one in (own, *others) if one}
    pair = Pair(quotas[own].pk, own[1] or "in_person") if own else Pair(way="in_person")
    row = register(event, pair=pair)

    expected = None if found is None else Pair(quotas[found].pk if found[0] else None, "online")
    assert ways.pair_for(row, "online") == expected


def test_the_other_way_is_open_while_there_is_room_and_nobody_waits_for_it():
    event = make_event(format="both", places=3)
    room, line = (
        make_quota(event, "All", number, way=way) for number, way in ((1, "in_person"), (2, "online"))
    )
    sitting = register(event, pair=room.pair)
    waiting = register(event, pair=room.pair)
    at_home = [register(event, pair=line.pair), register(event, pair=line.pair)]
    page = way_page(sitting)

    full = Client().post(page, {"way": "online"})
    with pytest.raises(NoRoom):
        ways.say(Registration.objects.get(pk=sitting.pk), "online")
    leave(at_home[0])
    ways.say(Registration.objects.get(pk=sitting.pk), "online")

    assert "No place is free there at the moment. You keep the one you have." in full.content.decode()
    assert full.context["form"].errors["way"]
    assert [fresh(row).state for row in (sitting, waiting, at_home[1])] == [
        "confirmed",
        "offered",
        "confirmed",
    ]
    assert fresh(sitting).pair == line.pair
    with pytest.raises(NoRoom):  # it is offered to whoever waited
        ways.say(fresh(sitting), "in_person")


def test_whoever_waits_is_told_that_they_go_to_the_end_of_the_other_line():
    event = make_event(format="both", places=2)
    room, line = (make_quota(event, "All", 1, way=way) for way in ("in_person", "online"))
    for quota in (room, line):
        register(event, pair=quota.pair)
    first, _second = register(event, pair=line.pair), register(event, pair=line.pair)
    row = register(event, pair=room.pair)

    page = Client().get(way_page(row)).content.decode()
    ways.say(row, "online")

    assert "You would be 3rd in line there" in page
    assert (fresh(row).position(), fresh(first).position()) == (3, 1)


def test_the_access_leads_of_whoever_asked_them_for_something_hear_of_it():
    event, _people = make_world()
    make_access_lead(event.group)
    row = register(event, pair=Pair(way="in_person"), needs={"step_free": ""})
    OutgoingMail.objects.all().delete()

    ways.say(row, "online")

    assert [message.text for message in AccessMessage.objects.all()] == ["I come online now, not in person."]
    assert OutgoingMail.objects.of_kind("access-for-leads").count() == 1


def test_a_change_is_told_to_whom_it_concerns():
    """Who comes online has nothing to do with the hall; a time concerns everyone, with where they go."""
    event, people = make_world()
    addresses = {way: row.email for way, row in people.items()}

    with nothing_stays():
        event.venue = make_venue(event.group, name="The New Mill", slug="new")
        events.save(event, fields=["venue"])
        told = {way: changed_mail(email) for way, email in addresses.items()}
        assert {way: "The New Mill" in text for way, text in told.items()} == {
            "in_person": True,
            "online": False,
            "": True,
        }
        assert told["online"] == ""
    date = event.sessions.get()
    date.starts_at, date.ends_at = date.starts_at + HOUR, date.ends_at + HOUR
    events.save_sessions(event, saved=[date])

    told = {way: changed_mail(email) for way, email in addresses.items()}
    assert {way: (PLACE in text, "online" in text) for way, text in told.items()} == {
        "in_person": (True, False),
        "online": (False, True),
        "": (True, True),
    }


def test_whoever_registered_for_one_way_is_asked_when_there_are_two():
    group = make_group()
    event = make_event(group=group, venue=make_venue(group, name=PLACE))
    row = register(event)

    event.format = "both"
    events.save(event, fields=["format"])

    assert "say on your own page whether you come in person or online" in changed_mail(row.email)
    assert [todo.words for todo in for_event(event) if "in person or online" in todo.words] == [
        "1 person has not said whether they come in person or online"
    ]
    assert row.pk in audience(event, "either-way")


def test_organisers_write_to_those_who_come_in_one_way():
    event, people = make_world()

    written_to = {code: audience(event, code) for code in ("in-person", "online", "either-way")}
    Event.objects.update(format="online")
    codes = {one.code for one in audiences.of_event(Event.objects.get(pk=event.pk))}

    assert written_to == {
        "in-person": {people["in_person"].pk},
        "online": {people["online"].pk},
        "either-way": {people[""].pk},
    }
    assert codes & written_to.keys() == set()


# The groups of places (name, way, places) of an event with two ways, and those it has with one.
ENDED = {
    "no groups": ([], None, []),
    "one institution": ([("Kent", "in_person", 1), ("Kent", "online", 2)], None, [("Kent", "", 3)]),
    "shares what is left": ([("Kent", "in_person", 1), ("Kent", "online", None)], 9, [("Kent", "", None)]),
    "for both ways": ([("Kent", "", 2), ("City", "", 3)], None, [("Kent", "", 2), ("City", "", 3)]),
    "two ways for everyone": ([("Everyone", "in_person", 1), ("Everyone", "online", 2)], 3, []),
}


@pytest.mark.parametrize("name", ENDED)
def test_an_event_that_ends_one_way_keeps_everyone_s_place_and_forgets_the_way(name: str):
    groups, places, left = ENDED[name]
    event = make_event(format="both", places=places)
    pairs = [quota_of(event, group, way, number).pair for group, way, number in groups] or [
        Pair(None, "online")
    ]
    for pair in (*pairs, pairs[0]):
        register(event, pair=pair)

    event.format = "online"
    events.save(event, fields=["format"])

    event = Event.objects.get(pk=event.pk)
    assert [(quota.name, quota.way, quota.places) for quota in event.quotas.all()] == left
    assert (event.has_quotas, event.capacity) == (bool(left), places)
    assert {row.way for row in event.registrations.all()} == {""}
    # The one place in person was taken, and online one was free.
    states = [row.state for row in event.registrations.order_by("pk")]
    assert states[-1] == ("offered" if len(groups) > 1 and groups[0][2] == 1 else "confirmed")
    assert {*states[:-1]} == {"confirmed"}


def changed_mail(email: str) -> str:
    mail = composed("event-changed", email)
    return " ".join(mail.text.split()) if mail else ""


def audience(event: Event, code: str) -> set[int]:
    return {pk for one in audiences.of_event(event) if one.code == code for pk in one.people}


# Who asks the event how it can be come to. Whatever speaks to one person asks their registration: comes_online,
# comes_in_person.
ABOUT_THE_EVENT = {
    "its own words and rules": {
        "events/models/event.py",
        "events/models/registration_details.py",
        "events/models/session.py",
        "events/calendars/words.py",
        "events/actions/changes.py",
        "events/actions/new_event.py",
        "events/actions/readiness.py",
        "allyhub/sample/load.py",
    },
    "everyone reads it, also whoever has no place yet": {
        "events/pages/event_page.py",
        "events/pages/lines.py",
        "events/pages/schema_org.py",
        "events/forms/registration.py",
        "templates/components/event_row.html",
        "templates/events/_booking.html",
        "templates/events/_event_panel.html",
        "templates/events/_ticket.html",
        "templates/events/event.html",
    },
    "organisers read it, and hosts of a room of both": {
        "breakouts/pages/adjustments.py",
        "events/actions/partner_entries.py",
        "events/pages/organise/calendar_import_page.py",
        "events/forms/organise/date_rows.py",
        "events/forms/organise/people.py",
        "events/forms/organise/places.py",
        "events/pages/organise/clashes.py",
        "events/pages/organise/event_tasks.py",
        "events/pages/organise/to_do.py",
        "templates/organise/event_join.html",
        "templates/organise/publication.html",
        "templates/organise/rooms.html",
    },
}


def test_whatever_speaks_to_one_person_asks_how_they_come():
    asks = re.compile(r"\.is_(online|in_person)\b")
    folders = ("allyhub", "breakouts", "concerns", "events", "feedback", "learning", "people", "templates")
    files = (
        file
        for folder in folders
        for kind in ("py", "html", "md")
        for file in (BASE_DIR / folder).rglob(f"*.{kind}")
    )

    found = {str(file.relative_to(BASE_DIR)) for file in files if asks.search(file.read_text())}

    assert found == set().union(*ABOUT_THE_EVENT.values())


def go_in(row: Registration) -> int:
    return Client().post(reverse("events:join", args=[row.join_token])).status_code


def page_of(row: Registration) -> str:
    return Client().get(row.get_absolute_url()).content.decode()


def way_page(row: Registration) -> str:
    return reverse("events:way", args=[row.token])


def fresh(row: Registration) -> Registration:
    return Registration.objects.get(pk=row.pk)


def quota_of(event: Event, name: str, way: str, places: int | None = None) -> Quota:
    """Whoever is of Kent knows its code; the others are for everyone."""
    return make_quota(event, name, places, way=way, code="" if name == "Everyone" else "hops")


def leads_in(texts: dict[str, str], row: Registration) -> dict[str, set[str]]:
    marks = {"door": reverse("events:join", args=[row.join_token]), "place": PLACE}
    return {name: {what for what, mark in marks.items() if mark in text} for name, text in texts.items()}


def texts_of(row: Registration) -> dict[str, str]:
    session = row.event.sessions.get()
    context = {"session": session.pk, "sequence": session.sequence, "when": "1d"}
    return {
        "own page": Client().get(row.get_absolute_url()).content.decode(),
        "mails": mails_to(row, A_REGISTRATION, context),
        "calendar": file_of(row).decode().replace("\r\n ", ""),
    }


def send(event: Event, client: Client | None = None, **more: str) -> HttpResponse:
    typed = {"name": "Amara", "email": "amara@example.org", "accepts_values": "on"} | by_hand() | more
    return (client or Client()).post(reverse("events:registration_new", args=[event.slug]), typed)
