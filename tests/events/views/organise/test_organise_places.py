"""How many can come, and from when to when they can ask."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from events.actions import events, leaving, registrations, volunteers
from events.models import Closed, Event, Registration
from kit.layouts import is_asked
from tests.factories import make_event, make_session, make_venue, register

pytestmark = pytest.mark.django_db


def places_of(event: Event) -> str:
    return f"/organise/events/{event.slug}/places/"


def typed(**more: object) -> dict[str, object]:
    return {"takes_registrations": "on", "has_waiting_list": "on", "capacity": ""} | more


def errors(response) -> dict[str, list[str]]:
    return response.context["form"].errors


def states(event: Event) -> list[str]:
    return list(event.registrations.order_by("pk").values_list("state", flat=True))


def in_november_2030(group, **fields) -> Event:
    event = make_event(group=group, dates=0, **fields)
    make_session(event, datetime(2030, 11, 10, 15, tzinfo=UTC))
    return event


def test_places_and_the_window_are_saved_in_the_events_zone(signed_in, group):
    event = in_november_2030(group, time_zone="America/New_York")
    window = {"opens_on": "2030-05-01", "opens": "09:00", "closes_on": "2030-05-05", "closes": "12:00"}

    signed_in.post(places_of(event), typed(capacity="60", **window))

    event.refresh_from_db()
    assert event.capacity == 60
    assert f"{event.registration_opens_at:%Y-%m-%d %H:%M}" == "2030-05-01 13:00"
    assert f"{event.registration_closes_at:%Y-%m-%d %H:%M}" == "2030-05-05 16:00"


def test_the_page_shows_what_was_saved(signed_in, group):
    event = in_november_2030(group, places=60)
    signed_in.post(places_of(event), typed(capacity="60", closes_on="2030-07-05", closes="12:00"))

    form = signed_in.get(places_of(event)).context["form"]

    assert (form["capacity"].value(), str(form["closes_on"].value()), str(form["closes"].value())) == (
        60,
        "2030-07-05",
        "12:00:00",
    )


def test_fewer_places_than_are_held_are_refused_with_their_number(signed_in, group):
    event = make_event(group=group, places=5)
    register(event), register(event), register(event, confirmed=False)

    response = signed_in.post(places_of(event), typed(capacity="2"))

    event.refresh_from_db()
    assert errors(response) == {
        "capacity": ["3 people hold a place or have been offered one. Enter 3 or more"]
    }
    assert event.capacity == 5


def test_a_place_taken_while_the_page_is_saved_is_told_all_the_same(signed_in, group, monkeypatch):
    event = make_event(group=group, places=5)

    def refuse(*_args, **_fields):
        raise events.CapacityTooLow(4)

    monkeypatch.setattr(events, "save", refuse)
    response = signed_in.post(places_of(event), typed(capacity="3"))

    assert errors(response) == {
        "capacity": ["4 people hold a place or have been offered one. Enter 4 or more"]
    }


def test_more_places_say_how_many_offers_they_send_before_they_send_them(signed_in, group):
    event = make_event(group=group, places=1, starts_in=timedelta(days=30))
    for _person in range(4):
        register(event)

    asked = signed_in.post(places_of(event), typed(capacity="3"))
    before = states(event)
    signed_in.post(places_of(event), typed(capacity="3", offers_agreed="on"))

    assert errors(asked) == {"offers_agreed": ["Tick the box if you want to send the offers now"]}
    assert "Send 2 offers to those who waited longest. They end on" in asked.content.decode()
    assert before == ["confirmed", "waiting", "waiting", "waiting"]
    assert states(event) == ["confirmed", "offered", "offered", "waiting"]


def test_no_limit_offers_a_place_to_everyone_who_waits(signed_in, group):
    event = make_event(group=group, places=1)
    register(event), register(event)

    asked = signed_in.post(places_of(event), typed(capacity=""))

    assert "Send 1 offer to whoever waited longest" in asked.content.decode()


@pytest.mark.parametrize(
    "fields", [{"capacity": "3"}, {"capacity": "1"}, {"capacity": "1", "has_waiting_list": ""}]
)
def test_nothing_is_asked_where_nobody_waits_or_nothing_changes(signed_in, group, fields):
    event = make_event(group=group, places=1)
    register(event)

    assert signed_in.post(places_of(event), typed(**fields)).status_code == 302


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"capacity": "0"}, {"capacity": ["Enter at least 1 place, or leave this empty"]}),
        ({"capacity": "-3"}, {"capacity": ["Enter at least 1 place, or leave this empty"]}),
        ({"capacity": "1000001"}, {"capacity": ["Enter at most 100000 places, or leave this empty"]}),
        ({"capacity": "9" * 5000}, {"capacity": ["Enter the places as a whole number, for example 40"]}),
        ({"capacity": "many"}, {"capacity": ["Enter the places as a whole number, for example 40"]}),
        ({"opens": "12:00"}, {"opens_on": ["Enter the date as well, or leave both empty"]}),
        ({"closes_on": "2030-05-05"}, {"closes": ["Enter the time as well, or leave both empty"]}),
        (
            {"opens_on": "2030-05-05", "opens": "12:00", "closes_on": "2030-05-05", "closes": "12:00"},
            {"closes": ["Registration must close after it opens"]},
        ),
        (
            {"closes_on": "2030-11-10", "closes": "17:01"},
            {"closes": ["Enter a time before the event ends"]},
        ),
        (
            {"opens_on": "2030-11-10", "opens": "17:00"},
            {"opens": ["Enter a time before the event ends"]},
        ),
        (
            {"closes_on": "2030-10-27", "closes": "01:30"},
            {
                "closes_which": [
                    "The clocks go back on Sunday 27 October 2030 (UK time), and 1.30am happens twice. "
                    "Say which one you mean."
                ]
            },
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field(signed_in, group, fields, expected):
    event = in_november_2030(group, places=7)

    response = signed_in.post(places_of(event), typed(**fields))

    event.refresh_from_db()
    assert errors(response) == expected
    assert event.capacity == 7


def test_a_doubled_hour_is_asked_about_and_answered(signed_in, group):
    event = in_november_2030(group)

    signed_in.post(places_of(event), typed(closes_on="2030-10-27", closes="01:30", closes_which="1"))

    event.refresh_from_db()
    assert f"{event.registration_closes_at:%H:%M}" == "01:30"
    assert is_asked(signed_in.get(places_of(event)).context["form"]["closes_which"])


def test_registration_can_be_left_out(signed_in, group):
    event = make_event(group=group)

    signed_in.post(places_of(event), {"capacity": ""})

    event.refresh_from_db()
    assert (event.takes_registrations, event.has_waiting_list) == (False, False)
    assert event.registration_closed_because(timezone.now()) is Closed.NOT_OFFERED
    assert Registration.objects.count() == 0


def test_ending_registration_asks_what_becomes_of_those_who_are_registered(signed_in, group):
    event = make_event(group=group, places=2)
    for _person in range(3):
        register(event)
    ended = {"capacity": "2", "takes_registrations": ""}

    asked = signed_in.post(places_of(event), typed(**ended))
    event.refresh_from_db()
    before = event.takes_registrations
    signed_in.post(places_of(event), typed(**ended, end_agreed="on"))

    event.refresh_from_db()
    page = asked.content.decode()
    assert errors(asked) == {"end_agreed": ["Tick the box if nobody else shall have to register"]}
    assert "2 people hold a place and keep it, with their own page, reminders and way in" in page
    assert "1 person waits, and is still offered a place when one becomes free" in page
    assert "enter when it closes" in page
    assert (before, event.takes_registrations) == (True, False)
    assert states(event) == ["confirmed", "confirmed", "waiting"]


def test_whoever_is_registered_keeps_what_was_said_when_registration_ends(signed_in, group, client):
    event = make_event(group=group, places=1)
    holder, waiting = register(event), register(event)
    signed_in.post(places_of(event), typed(capacity="1", takes_registrations="", end_agreed="on"))

    page = client.get(event.get_absolute_url()).content.decode()
    own = client.get(holder.get_absolute_url()).content.decode()
    leaving.leave(holder)

    waiting.refresh_from_db()
    assert ("No booking needed" in page, "Have your link sent again" in page) == (True, True)
    assert "Your place is saved" in own
    assert waiting.state == "offered"


def test_where_nobody_ever_registered_nothing_is_said_of_links(group, client):
    event = make_event(group=group, takes_registrations=False)

    assert "Have your link sent again" not in client.get(event.get_absolute_url()).content.decode()


def test_ending_the_waiting_list_asks_what_becomes_of_those_who_wait(signed_in, group):
    event = make_event(group=group, places=1)
    register(event), register(event)
    ended = {"capacity": "1", "has_waiting_list": ""}

    asked = signed_in.post(places_of(event), typed(**ended))
    event.refresh_from_db()
    before = event.has_waiting_list
    signed_in.post(places_of(event), typed(**ended, list_agreed="on"))

    event.refresh_from_db()
    assert errors(asked) == {"list_agreed": ["Tick the box if nobody else shall join the waiting list"]}
    assert "1 person waits, and is still offered a place when one becomes free." in asked.content.decode()
    assert (before, event.has_waiting_list, states(event)) == (True, False, ["confirmed", "waiting"])


def test_closing_registration_takes_nothing_from_those_who_are_registered(signed_in, group):
    """So nothing is asked: an address can still be confirmed, and a place that becomes free is offered."""
    event = make_event(group=group, places=2)
    unconfirmed, holder, _waiting = register(event, confirmed=False), register(event), register(event)

    saved = signed_in.post(places_of(event), typed(capacity="2", closes_on="2020-05-05", closes="12:00"))
    registrations.confirm(unconfirmed)
    leaving.leave(holder)

    assert saved.status_code == 302
    assert states(event) == ["confirmed", "cancelled", "offered"]


@pytest.mark.parametrize(("format", "is_asked_for"), [("online", False), ("in_person", True), ("both", True)])
def test_whether_hosts_and_helpers_count_is_asked_where_they_sit_in_a_room(
    signed_in, group, format, is_asked_for
):
    event = make_event(group=group, places=4, format=format, venue=make_venue(group))

    assert ("volunteers_count" in signed_in.get(places_of(event)).context["form"].fields) == is_asked_for
    signed_in.post(places_of(event), typed(capacity="4"))

    event.refresh_from_db()
    assert event.volunteers_count == (not is_asked_for)


def test_counting_them_no_more_says_how_many_offers_that_sends(signed_in, group):
    event = make_event(
        group=group, places=1, format="in_person", venue=make_venue(group), starts_in=timedelta(days=30)
    )
    volunteers.welcome(event, name="Sage", email="sage@example.org", reason="Takes notes")
    register(event)
    assert states(event) == ["confirmed", "waiting"]

    asked = signed_in.post(places_of(event), typed(capacity="1"))
    assert "Send 1 offer to whoever waited longest" in asked.content.decode()
    assert states(event) == ["confirmed", "waiting"]
    signed_in.post(places_of(event), typed(capacity="1", offers_agreed="on"))

    assert states(event) == ["confirmed", "offered"]


def test_a_room_that_is_more_than_full_with_its_hosts_can_still_be_saved(signed_in, group):
    event = make_event(group=group, places=1, format="in_person", venue=make_venue(group))
    register(event)
    volunteers.welcome(event, name="Sage", email="sage@example.org", reason="Takes notes")

    same = signed_in.post(places_of(event), typed(capacity="1", volunteers_count="on"))

    assert same.status_code == 302
