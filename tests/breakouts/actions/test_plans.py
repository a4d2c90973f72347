import pytest

from breakouts.actions import helpers, plans
from breakouts.models import BreakoutPlan, Placement
from events.actions import events
from events.models import Event
from tests.breakouts.factories import make_role, make_social, make_topic, organiser_of, sit
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def roles(event: Event) -> dict[str, int]:
    return dict(event.helper_roles.values_list("kind", "wanted"))


def test_a_plan_is_begun_once():
    event = make_event()

    first, second = plans.begin(event), plans.begin(event)

    assert first == second
    assert first.on_the_page == {} or BreakoutPlan.objects.get().on_the_page["topics"] == []


def test_a_new_social_asks_for_somebody_to_welcome_and_somebody_for_technology():
    event = make_event()

    plans.begin_with(event)
    helpers.want(event, {"tech": 0})
    plans.begin_with(event)

    assert roles(event) == {"welcome": 1}


def test_a_copy_takes_the_settings_and_the_help_that_is_wanted_but_no_topics_times_or_people():
    earlier = make_social(
        plan_seats=8, plan_brief="Listen.", plan_call_name="Ruth", plan_takes_questions=False
    )
    make_topic(earlier)
    make_role(earlier, "captions", 2)
    earlier.breakout_plan.rooms_start_at, earlier.breakout_plan.rooms_end_at = (
        earlier.starts_at,
        earlier.ends_at,
    )
    earlier.breakout_plan.save()
    copy = events.create(earlier.group, title="Again", by=organiser_of(earlier), copy_of=earlier)

    plan = plans.begin_with(copy, like=earlier)

    assert (plan.seats, plan.brief, plan.takes_questions) == (8, "Listen.", False)
    assert (plan.call_name, plan.rooms_start_at) == ("", None)
    assert roles(copy) == {"captions": 2}
    assert not copy.topics.exists()


def test_a_copy_of_an_event_without_rooms_begins_like_any_other():
    plan = plans.begin_with(make_event(), like=make_event())

    assert roles(plan.event) == {"welcome": 1, "tech": 1}


def test_fewer_seats_for_all_rooms_take_nobodys_seat():
    event = make_social()
    topic = make_topic(event)
    sit(event, topic), sit(event, topic)
    plan = event.breakout_plan

    plan.seats = 1
    plans.save(plan, fields=["seats"])

    assert Placement.objects.that_count().filter(topic=topic).count() == 2
    assert BreakoutPlan.objects.get(pk=plan.pk).seats == 1
