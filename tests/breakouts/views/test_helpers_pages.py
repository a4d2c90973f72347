"""Offering help, the guides, and the page of whoever helps."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from breakouts.actions import helpers, plans
from breakouts.models import BreakoutPlan, Helper, HelperRole
from events.actions import calling_off, leaving
from events.models import Event
from mail.models import OutgoingMail
from people.actions import values
from tests.breakouts.factories import make_helper, make_role, make_social, make_topic, organiser_of
from tests.factories import by_hand, make_event, make_person

pytestmark = pytest.mark.django_db

SAGE = {"name": "Sage", "email": "sage@example.org"}


def address(event: Event, name: str = "help") -> str:
    return reverse(f"breakouts:{name}", args=[event.slug])


def own(helper: Helper, name: str = "helper") -> str:
    return reverse(f"breakouts:{name}", args=[helper.token])


def read(response) -> str:
    return response.content.decode()


def offer(role: HelperRole, **more) -> Helper:
    return helpers.offer(role, **SAGE, **more)


# The page on which help is offered


def test_every_role_says_what_it_means_and_how_many_are_found():
    event = make_social()
    make_helper(make_role(event, "notes", wanted=6))
    make_helper(make_role(event, "tech"))

    html = read(Client().get(address(event)))

    assert "1 of 6 found" in html
    assert "Listen in one room and write down" in html
    assert "All found: you would be in reserve" in html
    assert reverse("breakouts:help_guide", args=[event.slug, "notes"]) in html


def test_only_roles_somebody_is_wanted_for_can_be_chosen():
    event = make_social()
    role = make_role(event, "notes")
    make_helper(role), make_role(event, "tech")
    helpers.want(event, {"notes": 0})

    response = Client().get(address(event))

    assert [kind for kind, _label in response.context["form"].fields["role"].choices] == ["tech"]


def test_the_link_of_a_role_has_it_chosen_already():
    event = make_social()
    make_role(event, "notes"), make_role(event, "tech")

    form = Client().get(address(event) + "?role=notes").context["form"]

    assert form["role"].value() == "notes"


def test_what_we_know_of_somebody_signed_in_is_filled_in():
    event = make_social()
    make_role(event, "tech")
    client = Client()
    client.force_login(
        make_person("sage@example.org", name="Sage"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )

    form = client.get(address(event)).context["form"]

    assert (form["name"].value(), form["email"].value()) == ("Sage", "sage@example.org")


def test_a_note_taker_may_name_a_room_that_has_nobody():
    event = make_social()
    taken, free = make_topic(event, "Taken"), make_topic(event, "Free")
    role = make_role(event, "notes", wanted=2)
    make_helper(role, topic=taken)

    form = Client().get(address(event)).context["form"]
    response = Client().post(address(event), by_hand() | SAGE | {"role": "notes", "room": free.pk})

    assert [label for _pk, label in form.fields["room"].choices] == ["Where I am needed", "Room 2: Free"]
    assert response["Location"] == address(event, "help_sent")
    assert role.helpers.get(email="sage@example.org").topic == free


def test_a_room_that_was_taken_meanwhile_is_named_and_nothing_typed_is_lost():
    event = make_social()
    taken, _free = make_topic(event, "Taken"), make_topic(event, "Free")
    role = make_role(event, "notes", wanted=2)
    make_helper(role, topic=taken)

    response = Client().post(address(event), by_hand() | SAGE | {"role": "notes", "room": taken.pk})

    html = read(response)
    assert "Choose another room: somebody else takes notes there" in html
    assert 'value="Sage"' in html
    assert role.helpers.count() == 1


def test_whoever_does_something_else_has_no_room():
    event = make_social()
    topic = make_topic(event)
    make_role(event, "notes"), make_role(event, "tech")

    Client().post(address(event), by_hand() | SAGE | {"role": "tech", "room": topic.pk})

    assert Helper.objects.get().topic is None


def test_without_rooms_nobody_is_asked_for_one():
    event = make_social()
    make_role(event, "notes")

    assert "room" not in Client().get(address(event)).context["form"].fields


def test_the_answer_is_the_same_whether_or_not_the_address_helps_already():
    event = make_social()
    role = make_role(event, "tech", wanted=2)
    make_helper(role, "sage@example.org")

    answers = [
        Client().post(address(event), by_hand() | SAGE | {"email": email, "role": "tech"})
        for email in ("sage@example.org", "new@example.org")
    ]

    assert {answer["Location"] for answer in answers} == {address(event, "help_sent")}
    assert "Check your inbox" in read(Client().get(address(event, "help_sent")))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "Sage", "email": "sage@example.org"}, "Choose what you would like to do"),
        ({"role": "juggling", **SAGE}, "the one you chose is no longer wanted"),
        ({"role": "tech", "email": "sage@example.org"}, "Enter your name"),
        ({"role": "tech", "name": "Sage", "email": "sage"}, "Enter an email address in the right form"),
        ({"role": "tech", "name": "S" * 101, "email": "sage@example.org"}, "Shorten this to 100 characters"),
        ({"role": "tech", "name": "\x00", "email": "\x00"}, "Enter your name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(typed, message):
    event = make_social()
    make_role(event, "tech")

    response = Client().post(address(event), typed)

    assert message in read(response)
    assert Helper.objects.count() == 0


def test_the_page_says_when_no_help_is_wanted():
    event = make_social()

    assert "No help is wanted at the moment" in read(Client().get(address(event)))


def test_the_page_of_an_event_without_rooms_says_so_too():
    assert "No help is wanted at the moment" in read(Client().get(address(make_event())))


def test_a_cancelled_event_and_one_that_is_over_say_so_and_take_nobody():
    cancelled, over = make_social(), make_social()
    for event in (cancelled, over):
        make_role(event, "tech")
    calling_off.cancel(cancelled, reason="Ruth is ill.", by=organiser_of(cancelled))

    with time_machine.travel(over.ends_at + timedelta(minutes=1)):
        pages = [
            read(Client().post(address(event), by_hand() | SAGE | {"role": "tech"}))
            for event in (cancelled, over)
        ]

    assert "This event does not take place" in pages[0]
    assert "Ruth is ill." in pages[0]
    assert "This event is over" in pages[1]
    assert Helper.objects.count() == 0


def test_a_draft_is_not_there():
    draft = make_event(state="draft", published_at=None)

    for name in ("help", "help_sent"):
        assert Client().get(address(draft, name)).status_code == 404


def test_the_page_asks_as_often_for_one_role_as_for_three(django_assert_num_queries):
    one, three = make_social(), make_social()
    for event, kinds in ((one, ["notes"]), (three, ["notes", "tech", "welcome"])):
        for kind in kinds:
            make_topic(event), make_helper(make_role(event, kind, wanted=5))

    Client().get(address(one))
    for event in (one, three):
        with django_assert_num_queries(6):
            Client().get(address(event))


# Guides


@pytest.mark.parametrize("kind", HelperRole.Kind.values)
def test_each_role_has_a_guide_with_its_four_parts(kind):
    event = make_social()

    html = read(Client().get(reverse("breakouts:help_guide", args=[event.slug, kind])))

    for heading in ("Before", "On the day", "If something goes wrong", "Afterwards"):
        assert f"<h2>{heading}</h2>" in html
    assert html.count("<li>") > 8


def test_a_guide_is_kept_by_any_cache_and_sets_no_cookie():
    response = Client().get(reverse("breakouts:help_guide", args=[make_social().slug, "tech"]))

    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_there_is_no_guide_for_anything_else():
    address_of_none = reverse("breakouts:help_guide", args=[make_social().slug, "juggling"])

    assert Client().get(address_of_none).status_code == 404


# Confirming


def test_opening_the_link_changes_nothing():
    helper = offer(make_role(make_social(), "tech"))

    for _ in range(2):
        html = read(Client().get(own(helper, "helper_confirmation")))

    helper.refresh_from_db()
    assert "Yes, I will help" in html
    assert helper.state == "offered"


def test_pressing_the_button_gives_the_slot_and_the_room():
    event = make_social()
    make_topic(event, "Speaking up")
    helper = offer(make_role(event, "notes"))

    response = Client().post(own(helper, "helper_confirmation"), {"seen": "free"}, follow=True)

    html = read(response)
    assert "The slot is yours. Room 1: Speaking up" in html
    assert "<h1>You take notes</h1>" in html


def test_pressing_twice_or_in_two_tabs_is_one_confirmation():
    helper = offer(make_role(make_social(), "tech"))

    for tab in (Client(), Client()):
        last = tab.post(own(helper, "helper_confirmation"), follow=True)

    assert "<h1>You look after the technology</h1>" in read(last)
    assert OutgoingMail.objects.filter(kind="helper-welcome").count() == 1


def test_whoever_comes_a_moment_later_is_first_in_reserve_and_told_so():
    role = make_role(make_social(), "tech")
    helper = offer(role)
    shown = read(Client().get(own(helper, "helper_confirmation")))
    make_helper(role)

    response = Client().post(own(helper, "helper_confirmation"), {"seen": "free"}, follow=True)

    assert 'name="seen" value="free"' in shown
    assert "Somebody was faster by a moment. You are 1st in reserve" in read(response)
    assert "<h1>You are in reserve, 1st</h1>" in read(response)


def test_who_would_be_in_reserve_is_told_before_pressing():
    role = make_role(make_social(), "tech")
    make_helper(role), make_helper(role)

    html = read(Client().get(own(offer(role), "helper_confirmation")))

    assert "you would be 2nd in reserve" in html
    assert "Yes, put me in reserve" in html


def test_the_guiding_values_are_agreed_to_with_a_tick():
    event = make_social()
    version = values.publish(event.group, "Be kind.")
    helper = offer(make_role(event, "tech"))
    page = own(helper, "helper_confirmation")

    asked, without = read(Client().get(page)), read(Client().post(page))
    Client().post(page, {"accepts_values": "on", "values_version": version.pk})

    helper.refresh_from_db()
    assert "Be kind." in asked
    assert "Tick the box to say you will keep to our guiding values" in without
    assert (helper.state, helper.values_version) == ("helping", version)


def test_values_that_changed_meanwhile_are_shown_again():
    event = make_social()
    version = values.publish(event.group, "Be kind.")
    helper = offer(make_role(event, "tech"))
    values.publish(event.group, "Be kind, and listen.")

    response = Client().post(
        own(helper, "helper_confirmation"), {"accepts_values": "on", "values_version": version.pk}
    )

    assert "Our guiding values have changed" in read(response)
    assert "Be kind, and listen." in read(response)


def test_what_can_no_longer_be_confirmed_says_so():
    event = make_social()
    role = make_role(event, "tech")
    helper = offer(role)
    helpers.want(event, {"tech": 0})
    page = own(helper, "helper_confirmation")

    opened, pressed = Client().get(page), Client().post(page)

    assert "This can no longer be confirmed" in read(opened)
    assert "There is a problem" in read(pressed)


def test_before_it_is_confirmed_no_other_page_opens():
    helper = offer(make_role(make_social(), "tech"))

    for name in ("helper", "helper_departure"):
        assert Client().get(own(helper, name))["Location"] == own(helper, "helper_confirmation")


def test_a_confirmed_link_leads_to_ones_own_page():
    helper = make_helper(make_role(make_social(), "tech"))

    assert Client().get(own(helper, "helper_confirmation"))["Location"] == own(helper)


def test_this_was_not_me_forgets_the_address():
    event = make_social()
    helper = offer(make_role(event, "tech"))

    asked = Client().get(own(helper, "helper_mistake"))
    response = Client().post(own(helper, "helper_mistake"), follow=True)

    assert "Forget my address" in read(asked)
    assert "We have forgotten your address" in read(response)
    assert Helper.objects.count() == 0


def test_after_it_was_confirmed_there_is_stepping_down_instead():
    helper = make_helper(make_role(make_social(), "tech"))

    response = Client().post(own(helper, "helper_mistake"))

    assert response["Location"] == own(helper, "helper_departure")
    assert Helper.objects.count() == 1


@pytest.mark.parametrize("name", ["helper", "helper_confirmation", "helper_mistake", "helper_departure"])
def test_a_cut_changed_or_revoked_link_opens_nothing(name):
    helper = make_helper(make_role(make_social(), "tech"))
    good = helper.token
    host_link = helper.registration.token
    Helper.objects.update(link_version=2)

    for token in (good, good[:-1], "nothing", host_link):
        assert Client().get(reverse(f"breakouts:{name}", args=[token])).status_code == 404


# The page of whoever helps


def test_the_page_has_what_a_helper_needs():
    event = make_social()
    BreakoutPlan.objects.filter(event=event).update(call_name="Ruth", call_phone="01332 496 000")
    make_topic(event, "Speaking up", host="Keli")
    helper = make_helper(make_role(event, "notes"))

    html = read(Client().get(own(helper)))

    assert "Room 1: Speaking up" in html
    assert "Hosted by Keli." in html
    assert 'href="tel:01332496000"' in html
    for link in (
        reverse("breakouts:help_guide", args=[event.slug, "notes"]),
        reverse("breakouts:helper_notes", args=[helper.token]),
        own(helper, "helper_departure"),
        reverse("events:join", args=[helper.registration.join_token]),
        own(helper, "helper_place"),
    ):
        assert link in html


def test_others_have_no_room_and_no_notes_on_their_page():
    event = make_social()
    make_topic(event)
    helper = make_helper(make_role(event, "tech"))

    html = read(Client().get(own(helper)))

    assert "Your room" not in html
    assert reverse("breakouts:helper_notes", args=[helper.token]) not in html


def test_a_helper_in_reserve_sees_their_turn_and_no_door():
    role = make_role(make_social(), "tech")
    make_helper(role), make_helper(role)
    helper = make_helper(role)

    html = read(Client().get(own(helper)))

    assert "<h1>You are in reserve, 2nd</h1>" in html
    assert "Leave the reserve" in html
    assert "Your place at the event" not in html


def test_stepping_down_asks_first_and_then_says_what_happened():
    helper = make_helper(make_role(make_social(), "tech"))

    asked = Client().get(own(helper, "helper_departure"))
    helper.refresh_from_db()
    assert helper.is_helping
    response = Client().post(own(helper, "helper_departure"), follow=True)

    assert "I can’t help after all" in read(asked)
    assert "<h1>You have stepped down</h1>" in read(response)
    assert "Your place at the event is still yours." in read(response)


def test_whoever_was_taken_off_reads_that():
    helper = make_helper(make_role(make_social(), "tech"))
    helpers.remove(helper, by=organiser_of(helper.event))

    html = read(Client().get(own(helper)))

    assert "<h1>You no longer help with this</h1>" in html
    assert "The organisers no longer need this help." in html
    assert Client().post(own(helper, "helper_departure"))["Location"] == own(helper)


def test_whoever_gave_up_their_place_reads_no_promise_of_one():
    helper = make_helper(make_role(make_social(), "tech"))
    leaving.leave(helper.registration)

    before, _stepped_down = read(Client().get(own(helper))), helpers.step_down(helper)
    after = read(Client().get(own(helper)))

    assert "You have given up your place at the event" in before
    assert "still yours" not in after


def test_a_cancelled_event_and_one_that_is_over_are_told_on_the_page():
    event = make_social()
    helper = make_helper(make_role(event, "tech"))

    with time_machine.travel(event.ends_at + timedelta(minutes=1)):
        over = read(Client().get(own(helper)))
        gone = Client().get(own(helper, "helper_departure"))
    calling_off.cancel(event, reason="Ruth is ill.", by=organiser_of(event))
    cancelled = read(Client().get(own(helper)))

    assert "<h1>This event is over</h1>" in over
    assert gone["Location"] == own(helper)
    assert f"<h1>Cancelled: {event.title}</h1>" in cancelled
    assert "Ruth is ill." in cancelled


def test_the_page_is_kept_nowhere_and_names_no_other_helper():
    event = make_social()
    role = make_role(event, "tech", wanted=2)
    make_helper(role, "other@example.org", name="Somebody Else")
    helper = make_helper(role)

    response = Client().get(own(helper))

    assert "no-store" in response["Cache-Control"]
    assert "Somebody Else" not in read(response)


def test_the_page_asks_as_often_for_one_helper_as_for_three(django_assert_max_num_queries):
    event = make_social()
    plans.begin(event)
    role = make_role(event, "notes", wanted=3)
    for number in range(3):
        make_topic(event, host=f"Host {number}")
    first = make_helper(role)
    make_helper(role), make_helper(role)

    with django_assert_max_num_queries(6):
        Client().get(own(first))
