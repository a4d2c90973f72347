"""How the rooms of an event run: set on one page, begun with a new event."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from breakouts.actions import plans
from breakouts.models import BreakoutPlan
from events.models import Event
from people.models import Person
from tests.breakouts.factories import make_role, make_social, make_topic, sit
from tests.factories import make_event, make_group, make_hub, make_organiser, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> Person:
    make_hub()
    return make_organiser(make_group("Solidarity Socials", slug="socials"), name="Ruth")


@pytest.fixture
def ruth(organiser: Person) -> Client:
    client = Client()
    client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def event(organiser: Person) -> Event:
    """On Sunday 5 May 2030, from 3pm to 5pm in London."""
    event = make_social(group=organiser.memberships.get().group)
    event.sessions.all().delete()
    make_session(event, datetime(2030, 5, 5, 14, tzinfo=UTC))
    return event


def plan_page(event: Event) -> str:
    return f"/organise/events/{event.slug}/breakouts/plan/"


def typed(**more: object) -> dict[str, object]:
    return {"takes_topics": "on", "takes_questions": "on", "takes_choices": "on"} | more


def errors(answer) -> dict[str, list[str]]:
    return answer.context["form"].errors


def plan_of(event: Event) -> BreakoutPlan:
    return BreakoutPlan.objects.get(event=event)


def at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def test_all_of_it_is_saved_in_the_zone_of_the_event(ruth, event):
    ruth.post(
        plan_page(event),
        typed(
            topics_on="2030-05-01",
            topics="18:00",
            choices_on="2030-05-05",
            choices="14:00",
            rooms_on="2030-05-05",
            begin="15:20",
            end="16:35",
            seats="8",
            brief="Listen first.",
            opening_words="Welcome.",
            call_name="Ruth",
            call_phone="01332 000000",
        ),
    )

    plan = plan_of(event)
    assert (at(plan.topics_until), at(plan.choices_until)) == ("2030-05-01 17:00", "2030-05-05 13:00")
    assert (at(plan.rooms_start_at), at(plan.rooms_end_at)) == ("2030-05-05 14:20", "2030-05-05 15:35")
    assert (plan.seats, plan.brief, plan.opening_words) == (8, "Listen first.", "Welcome.")
    assert (plan.call_name, plan.call_phone) == ("Ruth", "01332 000000")
    form = ruth.get(plan_page(event)).context["form"]
    assert (str(form["begin"].value()), str(form["end"].value())) == ("15:20:00", "16:35:00")


def test_the_day_of_the_rooms_is_that_of_the_event_unless_told(ruth, event):
    form = ruth.get(plan_page(event)).context["form"]

    assert (str(form["rooms_on"].value()), form["begin"].value()) == ("2030-05-05", None)


def test_everything_may_be_left_open(ruth, event):
    ruth.post(plan_page(event), {"rooms_on": "2030-05-05"})

    plan = plan_of(event)
    assert (plan.takes_topics, plan.takes_questions, plan.takes_choices) == (False, False, False)
    assert (plan.topics_until, plan.rooms_start_at, plan.rooms_end_at, plan.seats) == (None, None, None, None)


def test_half_a_time_is_asked_about_and_nothing_typed_is_lost(ruth, event):
    answer = ruth.post(
        plan_page(event), typed(topics_on="2030-05-01", choices="14:00", begin="15:20", brief="Hi")
    )

    assert errors(answer) == {
        "topics": ["Enter the time as well, or leave both empty"],
        "choices_on": ["Enter the date as well, or leave both empty"],
        "rooms_on": ["Enter the day as well"],
        "end": ["Enter when the rooms end"],
    }
    assert answer.context["form"]["brief"].value() == "Hi"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"topics_on": "2030-05-05", "topics": "15:00"}, {}),
        (
            {"topics_on": "2030-05-05", "topics": "15:01"},
            {"topics": ["Enter a time before the event begins"]},
        ),
        ({"choices_on": "2030-05-05", "choices": "17:00"}, {}),
        (
            {"choices_on": "2030-05-05", "choices": "17:01"},
            {"choices": ["Enter a time before the event ends"]},
        ),
    ],
)
def test_what_people_do_beforehand_ends_with_the_sense_of_it(ruth, event, fields, error):
    answer = ruth.post(plan_page(event), typed(**fields))

    assert (errors(answer) if error else answer.status_code) == (error or 302)


@pytest.mark.parametrize(
    ("begin", "end", "field", "words"),
    [
        ("16:00", "15:30", "end", "The rooms must end after they begin"),
        (
            "14:00",
            "16:00",
            "begin",
            "The rooms must lie within the event: Sunday 5 May 2030, 3pm to 5pm (UK time)",
        ),
        ("noon", "16:00", "begin", "Enter the time as hours and minutes, for example 15:30"),
    ],
)
def test_rooms_lie_within_the_event(ruth, event, begin, end, field, words):
    answer = ruth.post(plan_page(event), typed(rooms_on="2030-05-05", begin=begin, end=end))

    assert errors(answer) == {field: [words]}
    assert plan_of(event).rooms_start_at is None


def test_rooms_may_go_on_after_midnight_where_the_event_does(ruth, event):
    make_session(event, datetime(2030, 5, 11, 22, tzinfo=UTC))

    ruth.post(plan_page(event), typed(rooms_on="2030-05-11", begin="23:30", end="00:30"))

    plan = plan_of(event)
    assert (at(plan.rooms_start_at), at(plan.rooms_end_at)) == ("2030-05-11 22:30", "2030-05-11 23:30")


def test_rooms_of_an_event_without_a_date_wait_for_one(ruth, event):
    event.sessions.all().delete()

    answer = ruth.post(plan_page(event), typed(rooms_on="2030-05-05", begin="15:20", end="16:35"))

    assert errors(answer) == {
        "rooms_on": ["Give the event a date first, or leave the times of the rooms empty"]
    }


def test_a_time_that_the_clocks_skip_is_refused_and_a_doubled_one_asked_about(ruth, event):
    event.sessions.update(
        starts_at=datetime(2030, 11, 3, 15, tzinfo=UTC), ends_at=datetime(2030, 11, 3, 17, tzinfo=UTC)
    )
    skipped = ruth.post(plan_page(event), typed(topics_on="2030-03-31", topics="01:30"))
    doubled = ruth.post(plan_page(event), typed(topics_on="2030-10-27", topics="01:30"))
    ruth.post(plan_page(event), typed(topics_on="2030-10-27", topics="01:30", topics_which="1"))

    assert [*errors(skipped)] == ["topics"]
    assert [*errors(doubled)] == ["topics_which"]
    assert at(plan_of(event).topics_until) == "2030-10-27 01:30"


def test_fewer_seats_than_people_are_saved_with_a_note(ruth, event):
    topic = make_topic(event)
    sit(event, topic), sit(event, topic)

    answer = ruth.post(plan_page(event), typed(seats="1"), follow=True)

    said = [str(message) for message in answer.context["messages"]]
    assert said == [
        "Saved.",
        "More people have chosen these rooms than have seats in them: 1. Nobody loses a seat.",
    ]
    assert plan_of(event).seats == 1
    assert topic.placements.count() == 2


def test_whoever_saves_second_is_shown_what_changed(ruth, event):
    opened = ruth.get(plan_page(event)).context["form"].opened()
    plan = plan_of(event)
    plan.seats = 5
    plans.save(plan, fields=["seats"])

    answer = ruth.post(plan_page(event), typed(seats="8", opened=opened))

    assert [(change.label, change.before, change.now) for change in answer.context["changes"]] == [
        ("People in a room", "", "5")
    ]
    assert plan_of(event).seats == 5


def test_an_event_without_rooms_has_no_plan_to_change(ruth, organiser):
    event = make_event(group=organiser.memberships.get().group)

    assert ruth.get(plan_page(event)).headers["Location"] == f"/organise/events/{event.slug}/breakouts/"


# With a new event


def test_a_new_event_like_one_with_rooms_has_its_settings_and_none_of_its_topics(ruth, event):
    event.breakout_plan.brief = "Listen first."
    event.breakout_plan.save()
    make_role(event, "captions", 2)
    make_topic(event)
    new = "/organise/groups/socials/events/new/"

    rooms = ruth.get(new).context["rooms"]
    again = {"title": "Again", "kind": "social", "format": "online", "press": "draft"}
    ruth.post(new, again | {"rooms-takes_topics": "on", "rooms-wanted": rooms["wanted"].value()})

    copy = Event.objects.get(title="Again")
    assert plan_of(copy).brief == "Listen first."
    assert dict(copy.helper_roles.values_list("kind", "wanted")) == {"captions": 2}
    assert not copy.topics.exists()
