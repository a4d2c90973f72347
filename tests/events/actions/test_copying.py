"""The same event again, on other days."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from events.actions import copying, new_event, quotas
from events.actions.copying import Taken
from events.models import Event, Session
from feedback.actions import feedback_forms, rounds
from kit.times import UnusableTime, local
from people.models import Person
from tests.factories import make_event, make_group, make_organiser, make_quota, register

pytestmark = pytest.mark.django_db

FIRST = datetime(2030, 3, 3, 15, tzinfo=UTC)  # a Sunday, 3pm in London
DAYS = [date(2030, 4, 7), date(2030, 11, 3)]  # in summer, and in winter
ALL, NOTHING = Taken(way_in=True), Taken(picture=False, window=False, feedback=False)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(FIRST - timedelta(days=9), tick=False):
        yield


def social(**fields: Any) -> Event:
    """Two dates, a week apart, and all that a copy can take."""
    event = make_event(group=make_group(), title="Social", dates=0, places=40, **fields)
    for week in range(2):
        starts_at = FIRST + timedelta(weeks=week)
        agenda = "15:20 Choose a room"
        Session.objects.create(
            event=event,
            number=week + 1,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            agenda=agenda,
        )
    return event


def organiser(event: Event) -> Person:
    return make_organiser(event.group)


def shown(event: Event) -> list[tuple[str, str]]:
    """When each of its dates is on the clocks there."""
    spans = event.sessions.order_by("starts_at").values_list("starts_at", "ends_at")
    return [tuple(f"{local(at, event.time_zone):%d %b %H:%M}" for at in span) for span in spans]


def test_copies_keep_their_time_of_day_though_the_clocks_change():
    event = social()

    made = copying.copies(event, DAYS, start=time(16), taken=NOTHING, by=organiser(event))

    assert [shown(copy) for copy in made] == [
        [("07 Apr 16:00", "07 Apr 18:00"), ("14 Apr 16:00", "14 Apr 18:00")],
        [("03 Nov 16:00", "03 Nov 18:00"), ("10 Nov 16:00", "10 Nov 18:00")],
    ]
    assert {session.agenda for copy in made for session in copy.sessions.all()} == {"16:20 Choose a room"}
    assert {(copy.state, copy.capacity) for copy in made} == {("draft", 40)}


def test_a_copy_takes_what_is_ticked_and_nobody():
    window = {"registration_opens_at": FIRST - timedelta(days=21), "registration_closes_at": FIRST}
    fields = window | {
        "picture": "pictures/a.webp",
        "picture_alt": "A quilt",
        "interpreters_by": date(2030, 2, 17),
    }
    event = social(join_address="https://meet.example/1", join_help="Ring twice", **fields)
    register(event)
    feedback_forms.add(feedback_forms.own_form(event.group, event=event), kind="words", text="And the tea?")
    rounds.change(rounds.round_of(event), is_wanted=True, days_open=3)
    by = organiser(event)

    (whole,) = copying.copies(event, DAYS[:1], start=time(15), taken=ALL, by=by)
    (bare,) = copying.copies(event, DAYS[1:], start=time(15), taken=NOTHING, by=by)

    opens, closes = (
        local(at, "Europe/London") for at in (whole.registration_opens_at, whole.registration_closes_at)
    )
    assert (f"{opens:%d %b %H:%M}", f"{closes:%d %b %H:%M}") == ("17 Mar 15:00", "07 Apr 15:00")
    assert whole.interpreters_by == date(2030, 3, 24)
    assert (whole.picture.name, whole.picture_alt, whole.join_address) == (
        "pictures/a.webp",
        "A quilt",
        "https://meet.example/1",
    )
    assert rounds.round_of(whole).days_open == 3
    assert "And the tea?" in feedback_forms.form_for(whole).questions.values_list("text", flat=True)
    assert (bare.picture.name, bare.join_address, bare.registration_opens_at) == ("", "", None)
    assert feedback_forms.form_for(bare) == feedback_forms.usual(event.group)
    assert [copy.registrations.count() for copy in (whole, bare)] == [0, 0]


def test_a_copy_keeps_places_for_the_same_people_and_its_rules():
    """Also one that is begun on the page for a new event. No people, not shared yet, and with a code of its own."""
    rules = {
        "needs_every_date": True,
        "missed_date": "catch_up",
        "catch_up_task": "Read.",
        "dates_to_complete": 2,
    }
    event = social(pool_at=FIRST - timedelta(days=5, hours=3), has_quotas=True, **rules)
    kent = make_quota(event, "Kent", 15, domains="kent.ac.uk")
    make_quota(event, "Liverpool", 10, code="K7QW-4M2P", asks=True)
    register(event, "kim@kent.ac.uk", pair=kent.pair)
    quotas.pool(event)
    by = organiser(event)

    made = copying.copies(event, [*DAYS, date(2030, 2, 25)], start=time(15), taken=NOTHING, by=by)
    typed = Event(group=event.group, title="Anew", capacity=40, time_zone=event.time_zone)
    at = FIRST + timedelta(days=70)
    about = {"new_venue": "", "in_place": {}, "like": event, "copied": True, "by": by}
    made.append(new_event.make(typed, span=(at, at + timedelta(hours=1)), **about))

    shared = []
    for copy in made:
        copy.refresh_from_db()
        assert [
            (one.name, one.places, one.domains, one.asks, bool(one.code)) for one in copy.quotas.all()
        ] == [
            ("Kent", 15, "kent.ac.uk", False, False),
            ("Liverpool", 10, "", True, True),
        ]
        assert {name: getattr(copy, name) for name in rules} == rules
        assert (copy.pooled_at, copy.registrations.count(), copy.has_quotas) == (None, 0, True)
        shared.append(copy.pool_at and f"{local(copy.pool_at, copy.time_zone):%d %b %H:%M}")
    # Five days before the first date, at the same time of day; on the third that would be over.
    assert shared == ["02 Apr 12:00", "29 Oct 12:00", None, "07 May 12:00"]
    assert len({copy.quotas.get(name="Liverpool").code for copy in made} | {"K7QW-4M2P"}) == 5


def test_a_day_that_has_one_already_is_left_out_so_pressed_twice_is_once():
    event = social()
    by = organiser(event)

    made = [len(copying.copies(event, days, start=time(15), taken=NOTHING, by=by)) for days in (DAYS, DAYS)]
    Event.objects.filter(state="draft").update(state="cancelled")
    again = copying.copies(event, DAYS[:1], start=time(15), taken=NOTHING, by=by)

    assert (made, len(again)) == ([2, 0], 1)


@pytest.mark.parametrize("day", [date(2030, 3, 31), date(2030, 10, 27)])
def test_a_time_that_the_clocks_skip_or_show_twice_is_refused(day):
    event = social()

    with pytest.raises(UnusableTime):
        copying.copies(event, [day], start=time(1, 30), taken=NOTHING, by=organiser(event))

    assert Event.objects.count() == 1
