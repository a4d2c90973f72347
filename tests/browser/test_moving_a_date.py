"""An organiser moves a date on which other times hang, with JavaScript and without; whoever was offered a place or asked
to host is told by when to answer now."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from breakouts.actions import hosts, plans
from breakouts.models import BreakoutPlan
from events.actions import leaving
from events.models import Event
from tests.breakouts.factories import make_topic
from tests.browser.community import LONDON, make_community, make_social, sunday_at_three
from tests.browser.inbox import letters_about
from tests.browser.visitor import Visitor
from tests.factories import make_organiser, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def group(site):
    return make_community()


@pytest.fixture
def ruth(group, either_visitor) -> Visitor:
    return either_visitor.sign_in(make_organiser(group, email="ruth@example.org", name="Ruth"))


@pytest.fixture
def event(group, ruth) -> Event:
    """In eight weeks, with one place, which is offered to Amara; Sam is asked to host. Registration closes the Friday
    before, the rooms are from half past three to half past four."""
    event = make_social(group, weeks=8, capacity=1)
    start = sunday_at_three(8)
    Event.objects.filter(pk=event.pk).update(registration_closes_at=start - timedelta(days=2))
    plan = plans.begin(event)
    BreakoutPlan.objects.filter(pk=plan.pk).update(
        rooms_start_at=start + timedelta(minutes=30), rooms_end_at=start + timedelta(minutes=90)
    )
    first = register(event, "first@example.org")
    register(event, "amara@example.org")
    leaving.leave(first)
    hosts.invite(make_topic(event), name="Sam", email="sam@example.org", as_co_host=False)
    return Event.objects.get(pk=event.pk)


def move_to(visitor: Visitor, event: Event, day: datetime) -> None:
    visitor.open(f"/organise/events/{event.slug}/dates/")
    visitor.write("Date", f"{day:%Y-%m-%d}")
    visitor.press("Save all dates")


def shown(visitor: Visitor, label: str) -> str:
    return visitor.field(label).input_value()


def test_what_hangs_on_a_date_is_shown_and_moves_along(ruth, event):
    later = sunday_at_three(12)

    move_to(ruth, event, later)
    ruth.sees("Other times hang on these dates", "These move along", "2 people get an email about the dates")
    assert event.sessions.get().starts_at == sunday_at_three(8)
    assert shown(ruth, "Registration closes") == f"{later - timedelta(days=2):%Y-%m-%d}"
    assert shown(ruth, "Rooms begin: time") == "15:30"
    ruth.write("Registration closes: time", "18:00")
    ruth.press("Save and email 2 people")

    event.refresh_from_db()
    plan = BreakoutPlan.objects.get(event=event)
    assert event.registration_closes_at.astimezone(LONDON) == later - timedelta(days=2) + timedelta(hours=3)
    assert plan.rooms_start_at.astimezone(LONDON) == later + timedelta(minutes=30)
    ruth.open(event.get_absolute_url())
    assert "Registration has closed" not in ruth.text
    assert "is over" not in ruth.text


def test_what_does_not_fit_is_named_and_who_has_less_time_is_told(ruth, event, new_visitor):
    soon = (timezone.now().astimezone(LONDON) + timedelta(days=1)).replace(hour=15, minute=0)

    move_to(ruth, event, soon)
    ruth.sees("These do not fit any more", "That would be over already.")
    ruth.write("Registration closes", f"{soon + timedelta(days=1):%Y-%m-%d}")
    ruth.press("Save and email 2 people")
    assert ruth.problems_named() == ["Enter a time before the event ends"]
    ruth.write("Registration closes", f"{soon:%Y-%m-%d}")
    ruth.press("Save all dates and times")

    ruth.sees("Saved.")
    assert letters_about("amara@example.org")[-1] == "Something has changed"
    assert letters_about("sam@example.org")[-1] == "Something has changed"
    amara = new_visitor()
    registration = event.registrations.get(email="amara@example.org")
    amara.open(registration.get_absolute_url())
    amara.sees("A place is offered to you until", "The date came nearer, so there is less time to answer.")
    assert registration.offer_ends_at < event.sessions.get().starts_at
