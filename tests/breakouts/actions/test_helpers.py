"""Who helps with what, who is in reserve, and who moves up."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from breakouts.actions import erasing, helpers, retention, review
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Helper, HelperRole
from events.actions import calling_off, my_data
from events.models import Event
from events.pages.agreement import standing_of
from mail.models import OutgoingMail
from people.actions import values
from people.models import Person
from tests.breakouts.factories import make_helper, make_role, make_social, make_topic, organiser_of
from tests.factories import register

pytestmark = pytest.mark.django_db

SAGE = "sage@example.org"


def states(role: HelperRole) -> list[str]:
    return list(role.helpers.order_by("pk").values_list("state", flat=True))


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


def on_the_page(event: Event) -> list[tuple[str, int, int]]:
    event.breakout_plan.refresh_from_db()
    roles = event.breakout_plan.on_the_page["roles"]
    return [(role["kind"], role["wanted"], role["filled"]) for role in roles]


def offer(role: HelperRole, email: str = SAGE, name: str = "Sage", **more) -> Helper:
    return helpers.offer(role, name=name, email=email, **more)


# How many are wanted


def test_a_role_is_there_when_somebody_is_wanted_for_it():
    event = make_social()

    helpers.want(event, {"notes": 2, "tech": 0})

    assert on_the_page(event) == [("notes", 2, 0)]


def test_a_role_nobody_is_wanted_for_and_nobody_has_goes():
    event = make_social()
    make_role(event, "tech")

    helpers.want(event, {"tech": 0})

    assert event.helper_roles.count() == 0


def test_when_fewer_are_wanted_whoever_helps_goes_on_helping():
    role = make_role(make_social(), "tech", wanted=2)
    make_helper(role), make_helper(role)

    helpers.want(role.event, {"tech": 0})

    role.refresh_from_db()
    assert (role.wanted, states(role)) == (0, ["helping", "helping"])


def test_when_more_are_wanted_the_reserve_moves_up_in_its_order_and_is_told():
    role = make_role(make_social(), "tech", wanted=1)
    make_helper(role)
    first, second, _third = (make_helper(role) for _ in range(3))

    helpers.want(role.event, {"tech": 3})

    assert states(role) == ["helping", "helping", "helping", "reserve"]
    assert mails("helper-welcome")[-2:] == [first.email, second.email]
    assert on_the_page(role.event) == [("tech", 3, 3)]


# Offering and confirming


def test_an_offer_counts_only_once_its_address_is_confirmed():
    role = make_role(make_social(), "tech")

    helper = offer(role)

    assert (states(role), mails("helper-confirm")) == (["offered"], [SAGE])
    assert on_the_page(role.event) == [("tech", 1, 0)]
    helpers.confirm(helper, values=None)
    assert (states(role), mails("helper-welcome")) == (["helping"], [SAGE])
    assert on_the_page(role.event) == [("tech", 1, 1)]


def test_until_it_is_confirmed_what_was_typed_last_counts():
    event = make_social()
    topic = make_topic(event)
    role = make_role(event, "notes")
    offer(role, name="Not Sage at all")

    helper = offer(role, "SAGE@example.org", name="Sage", topic=topic)

    assert [(row.name, row.topic) for row in role.helpers.all()] == [("Sage", topic)]
    assert helper.email == SAGE
    assert mails("helper-confirm") == [SAGE]


def test_whoever_helps_already_gets_their_link_again_and_keeps_their_name():
    role = make_role(make_social(), "tech")
    make_helper(role, SAGE, name="Sage")

    offer(role, name="Somebody else")

    assert role.helpers.get().name == "Sage"
    assert mails("helper-welcome") == [SAGE, SAGE]


def test_after_the_last_slot_the_next_are_in_reserve_and_told():
    role = make_role(make_social(), "tech")

    first, second = make_helper(role), make_helper(role)

    assert states(role) == ["helping", "reserve"]
    assert (mails("helper-welcome"), mails("helper-reserve")) == ([first.email], [second.email])


def test_confirming_twice_is_once():
    role = make_role(make_social(), "tech", wanted=2)
    helper = make_helper(role)

    with pytest.raises(NoLongerPossible):
        helpers.confirm(helper, values=None)

    assert (states(role), len(mails("helper-welcome"))) == (["helping"], 1)


@pytest.mark.parametrize("ending", ["cancelled", "over", "not wanted"])
def test_nobody_is_taken_for_what_has_ended(ending):
    event = make_social()
    role = make_role(event, "tech")
    helper = offer(role)
    moment = timezone.now()
    if ending == "cancelled":
        calling_off.cancel(event, reason="Ruth is ill.", by=organiser_of(event))
    elif ending == "over":
        moment = event.ends_at + timedelta(minutes=1)
    else:
        helpers.want(event, {"tech": 0})

    with time_machine.travel(moment):
        with pytest.raises(NoLongerPossible):
            helpers.confirm(helper, values=None)
        with pytest.raises(NoLongerPossible):
            offer(role, "other@example.org")

    assert states(role) == ["offered"]


def test_an_offer_for_a_role_that_has_gone_is_refused():
    role = make_role(make_social(), "tech")
    helpers.want(role.event, {"tech": 0})

    with pytest.raises(NoLongerPossible):
        offer(role)


def test_a_helper_has_a_place_even_when_the_event_is_full_and_only_with_a_slot():
    event = make_social(places=1)
    register(event)
    role = make_role(event, "tech")

    helper, in_reserve = make_helper(role, SAGE), make_helper(role)

    assert (helper.registration.state, helper.registration.email) == ("confirmed", SAGE)
    assert in_reserve.registration is None


def test_one_address_can_help_with_two_things_and_has_one_place():
    event = make_social()

    notes, tech = (make_helper(make_role(event, kind), SAGE) for kind in ("notes", "tech"))

    assert notes.registration == tech.registration


def test_whoever_agreed_to_the_values_with_their_help_is_not_asked_again_with_their_place():
    event = make_social()
    version = values.publish(event.group, "Be kind.")

    helper = helpers.confirm(offer(make_role(event, "tech")), values=version)

    helper.registration.refresh_from_db()
    assert helper.registration.values_version == version
    assert standing_of(helper.registration).is_agreed


def test_what_somebody_agreed_to_since_stays_when_they_move_up():
    event = make_social()
    role = make_role(event, "tech")
    holder, earlier = make_helper(role), values.publish(event.group, "Be kind.")
    helpers.confirm(offer(role), values=earlier)
    later = values.publish(event.group, "Be kind, and listen.")
    registration = register(event, SAGE)

    helpers.step_down(holder)

    registration.refresh_from_db()
    assert registration.values_version == later


# Not me, stepping down, taken off


def test_an_address_that_somebody_else_typed_is_forgotten():
    role = make_role(make_social(), "tech")

    helpers.not_me(offer(role))

    assert role.helpers.count() == 0
    assert not Person.objects.filter(email=SAGE).exists()


def test_once_confirmed_it_was_me():
    helper = make_helper(make_role(make_social(), "tech"))

    with pytest.raises(NoLongerPossible):
        helpers.not_me(helper)


def test_when_somebody_steps_down_the_first_in_reserve_has_the_slot_and_is_told():
    role = make_role(make_social(), "tech")
    helper, second, third = (make_helper(role) for _ in range(3))

    helpers.step_down(helper)
    with pytest.raises(NoLongerPossible):
        helpers.step_down(helper)

    assert states(role) == ["ended", "helping", "reserve"]
    assert mails("helper-welcome") == [helper.email, second.email]
    assert mails("helper-ended") == []
    second.refresh_from_db()
    assert second.registration.has_place
    assert third.email not in mails("helper-welcome")


def test_the_place_at_the_event_stays_when_somebody_steps_down():
    helper = make_helper(make_role(make_social(), "tech"))

    helpers.step_down(helper)

    helper.registration.refresh_from_db()
    assert helper.registration.has_place


def test_whoever_stepped_down_can_offer_again():
    role = make_role(make_social(), "tech")
    helpers.step_down(make_helper(role, SAGE))

    make_helper(role, SAGE)

    assert states(role) == ["ended", "helping"]


def test_whoever_is_taken_off_is_told_and_the_next_moves_up():
    role = make_role(make_social(), "tech")
    helper, second = make_helper(role), make_helper(role)

    helpers.remove(helper, by=organiser_of(role.event))
    with pytest.raises(NoLongerPossible):
        helpers.remove(helper, by=organiser_of(role.event))

    assert (states(role), mails("helper-ended")) == (["ended", "helping"], [helper.email])
    assert mails("helper-welcome")[-1] == second.email


def test_whoever_stepped_down_is_not_told_that_they_were_taken_off():
    helper = make_helper(make_role(make_social(), "tech"))
    helpers.step_down(helper)

    with pytest.raises(NoLongerPossible):
        helpers.remove(helper, by=organiser_of(helper.event))

    assert mails("helper-ended") == []


def test_nobody_moves_up_while_more_help_than_are_wanted():
    role = make_role(make_social(), "tech", wanted=2)
    helper, _other, _waits = (make_helper(role) for _ in range(3))
    helpers.want(role.event, {"tech": 1})

    helpers.step_down(helper)

    assert states(role) == ["ended", "helping", "reserve"]


def test_organisers_hear_at_once_of_a_slot_that_empties_on_the_last_day():
    near, far = (make_role(make_social(starts_in=timedelta(hours=h)), "tech") for h in (20, 30))
    for role in (near, far):
        helpers.step_down(make_helper(role))

    assert mails("helpers-wanted") == [organiser_of(near.event).email]


def test_organisers_need_not_hear_of_a_slot_that_the_reserve_fills():
    role = make_role(make_social(starts_in=timedelta(hours=20)), "tech")
    helper = make_helper(role)
    make_helper(role)

    helpers.step_down(helper)

    assert mails("helpers-wanted") == []


# Rooms of note-takers


def test_note_takers_get_the_rooms_that_have_nobody_in_order():
    event = make_social()
    topics = [make_topic(event) for _ in range(2)]
    role = make_role(event, "notes", wanted=3)

    rooms = [make_helper(role).topic for _ in range(3)]

    assert rooms == [*topics, None]


def test_the_room_somebody_would_like_is_theirs_if_nobody_takes_notes_there():
    event = make_social()
    first, second = make_topic(event), make_topic(event)
    role = make_role(event, "notes", wanted=2)

    rooms = [make_helper(role, topic=second).topic for _ in range(2)]

    assert rooms == [second, first]


def test_others_have_no_room():
    event = make_social()
    make_topic(event)

    assert make_helper(make_role(event, "welcome")).topic is None


def test_an_organiser_gives_a_note_taker_a_room_who_is_told():
    event = make_social()
    _first, second = make_topic(event), make_topic(event)
    helper = make_helper(make_role(event, "notes"))

    helper = helpers.assign(helper, second)
    helpers.assign(helper, second)

    assert (helper.topic, len(mails("helper-room"))) == (second, 1)


def test_taking_a_room_away_needs_no_mail():
    event = make_social()
    make_topic(event)
    helper = make_helper(make_role(event, "notes"))

    helper = helpers.assign(helper, None)

    assert (helper.topic, mails("helper-room")) == (None, [])


def test_a_room_of_another_event_or_a_folded_one_is_refused():
    event = make_social()
    helper = make_helper(make_role(event, "notes"))
    folded = review.fold(make_topic(event), by=organiser_of(event))

    for topic in (make_topic(make_social()), folded):
        with pytest.raises(NoLongerPossible):
            helpers.assign(helper, topic)


def test_somebody_in_reserve_is_given_no_room():
    event = make_social()
    topic, role = make_topic(event), make_role(event, "notes")
    make_helper(role)

    with pytest.raises(NoLongerPossible):
        helpers.assign(make_helper(role), topic)


def test_note_takers_of_a_room_that_closes_get_another_one_and_are_told():
    event = make_social()
    closing, _noted, free = (make_topic(event) for _ in range(3))
    role = make_role(event, "notes", wanted=3)
    first, _second = make_helper(role), make_helper(role)

    review.fold(closing, by=organiser_of(event))

    first.refresh_from_db()
    assert (first.topic, mails("room-folded")) == (free, [first.email])


def test_note_takers_of_a_room_that_closes_are_told_when_there_is_no_other():
    event = make_social()
    helper = make_helper(make_role(event, "notes"), topic=make_topic(event))

    review.fold(event.topics.get(), by=organiser_of(event))

    helper.refresh_from_db()
    assert (helper.topic, helper.is_helping, mails("room-folded")) == (None, True, [helper.email])


# Forgetting


def test_whoever_is_erased_leaves_their_slot_to_the_reserve():
    role = make_role(make_social(), "tech")
    make_helper(role, SAGE)
    second = make_helper(role)

    my_data.erase_everything(SAGE)

    assert [helper.pk for helper in role.helpers.all()] == [second.pk]
    assert states(role) == ["helping"]
    assert on_the_page(role.event) == [("tech", 1, 1)]


def test_an_offer_nobody_confirmed_is_erased_too():
    role = make_role(make_social(), "tech")
    offer(role)

    my_data.erase_everything(SAGE)

    assert role.helpers.count() == 0


def test_what_somebody_helps_with_is_in_their_data():
    make_helper(make_role(make_social(), "tech"), SAGE, name="Sage")

    sections = {section["title"]: section["rows"] for section in my_data.collect(SAGE)["sections"]}

    [row] = sections["What you help with"]
    assert row["What you offered to do"] == "Look after the technology"
    assert row["Your name, as you want to be called"] == "Sage"
    assert "Part of your personal link" not in row


def test_an_offer_nobody_confirmed_goes_after_seven_days():
    role = make_role(make_social(starts_in=timedelta(days=30)), "tech", wanted=2)
    lost = offer(role)
    kept = make_helper(role)

    with time_machine.travel(lost.created_at + timedelta(days=6, hours=23)):
        retention.forget_what_is_over()
    assert role.helpers.count() == 2
    with time_machine.travel(lost.created_at + timedelta(days=7, minutes=1)):
        retention.forget_what_is_over()

    assert role.helpers.get() == kept


def test_names_of_helpers_go_90_days_after_the_event():
    role = make_role(make_social(), "tech")
    make_helper(role)

    with time_machine.travel(role.event.ends_at + timedelta(days=89)):
        retention.forget_what_is_over()
    assert role.helpers.count() == 1
    with time_machine.travel(role.event.ends_at + timedelta(days=90, minutes=1)):
        retention.forget_what_is_over()

    assert role.helpers.count() == 0


def test_the_event_of_a_helper_is_locked_when_they_are_erased():
    helper = make_helper(make_role(make_social(), "tech"), SAGE)

    who = my_data.Someone.with_address(SAGE)

    assert list(erasing.events(who)) == [helper.event.pk]
