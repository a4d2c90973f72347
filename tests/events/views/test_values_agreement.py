"""What people agree to: shown when they register, kept with their place, asked again when it changes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from events.actions import adding, leaving, my_data
from events.models import Event, Registration
from people.actions import values
from people.models import GuidingValues
from tests.factories import answers, by_hand, make_event, make_group, make_hub, make_organiser, register

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 5, 3, 12, tzinfo=UTC)
ASKED = "I agree to these"


@pytest.fixture
def event() -> Event:
    group = make_group()
    values.publish(group, "- Listen *first*", since=FIRST)
    return make_event(group=group)


def form_of(event: Event) -> str:
    return reverse("events:registration_new", args=[event.slug])


def send(event: Event, client: Client | None = None, **more: object):
    typed = {"name": "Amara", "email": "amara@example.org", "accepts_values": "on"} | by_hand()
    return (client or Client()).post(form_of(event), typed | more)


def look(registration: Registration):
    return Client().get(registration.get_absolute_url())


def agree(registration: Registration, version: GuidingValues | None):
    address = reverse("events:values_agreement", args=[registration.token])
    return Client().post(address, {"values_version": version.pk} if version else {}, follow=True)


def agreed_to(registration: Registration) -> int | None:
    row = Registration.objects.select_related("values_version").get(pk=registration.pk)
    return row.values_version.number if row.values_version else None


# --- When they register ---


def test_the_form_shows_the_values_and_since_when_and_keeps_which_were_agreed_to(event):
    page = Client().get(form_of(event))

    send(event, values_version=page.context["form"].values.pk)

    assertContains(page, "<li>Listen <em>first</em></li>", html=True)
    assertContains(page, "In force since Sunday 3 May 2026.")
    assert agreed_to(event.registrations.get()) == 1


def test_a_group_without_values_of_its_own_asks_for_the_hub_s():
    make_hub(guiding_values="The hub's words")
    event = make_event()

    send(event)

    assert event.registrations.get().values_version.text == "The hub's words"


def test_where_nothing_is_written_down_there_is_nothing_to_keep():
    make_hub()
    event = make_event()

    page = Client().get(form_of(event))
    send(event)

    assertNotContains(page, "Read the guiding values")
    assert event.registrations.get().values_version is None


@pytest.mark.parametrize("shown", ["earlier", "x", "99999999999999999999"])
def test_values_that_changed_while_somebody_was_writing_are_shown_before_anything_is_kept(event, shown):
    earlier = values.current(event.group)
    values.publish(event.group, "Ask first")

    page = send(event, values_version=earlier.pk if shown == "earlier" else shown)

    assertContains(page, "Our guiding values have changed while you were writing.")
    assertContains(page, '<details class="mt" open><summary>Read the guiding values</summary>')
    assertContains(page, "Ask first")
    assert page.context["form"]["name"].value() == "Amara"
    assert event.registrations.count() == 0
    send(event, values_version=page.context["form"].values.pk)
    assert agreed_to(event.registrations.get()) == 2


def test_the_newest_answers_before_the_address_is_confirmed_hold_the_newest_values(event):
    send(event)
    values.publish(event.group, "Ask first")

    send(event)

    assert agreed_to(event.registrations.get()) == 2


def test_going_to_another_address_keeps_what_was_agreed_to_not_what_came_after(event):
    client = Client()
    send(event, client)
    event.registrations.all().delete()  # a browser remembers what was typed, and starts again with it
    values.publish(event.group, "Ask first")

    client.post(reverse("events:registration_sent", args=[event.slug]), {"email": "other@example.org"})

    assert agreed_to(event.registrations.get()) == 1


def test_nobody_agrees_for_somebody_else(event):
    organiser = make_organiser(event.group)

    registration = adding.add(event, answers("phoned@example.org"), by=organiser)

    assert (agreed_to(registration), registration.values_accepted_at) == (None, None)


def test_the_form_costs_one_query_for_the_values(django_assert_num_queries):
    make_hub(guiding_values="The hub's")
    with_own, without = make_event(group=make_group(guiding_values="Own")), make_event()

    for each in (with_own, without):
        with django_assert_num_queries(8):
            Client().get(form_of(each))


# --- On their own page ---


def test_their_own_page_says_what_they_agreed_to_and_when(event):
    with time_machine.travel(FIRST + timedelta(days=1), tick=False):
        registration = register(event)

    page = look(registration)

    assertContains(page, "You agreed to these on Monday 4 May 2026.")
    assertContains(page, "<li>Listen <em>first</em></li>", html=True)
    assertNotContains(page, ASKED)


def test_when_the_values_change_both_are_shown_and_one_button_agrees(event):
    with time_machine.travel(FIRST + timedelta(days=1), tick=False):
        registration = register(event)
    second = values.publish(event.group, "Ask first", since=FIRST + timedelta(days=10))

    before = look(registration)
    after = agree(registration, second)

    assertContains(before, '<h2 id="values-h">Our guiding values have changed</h2>')
    assertContains(
        before,
        "You agreed to earlier ones on Monday 4 May 2026. These are in force since Wednesday 13 May 2026.",
    )
    assertContains(before, "Ask first")
    assertContains(before, "What you agreed to on Monday 4 May 2026")
    assertContains(before, "<li>Listen <em>first</em></li>", html=True)
    assertContains(after, "Thank you. We have noted that you agree.")
    assertNotContains(after, ASKED)
    assert agreed_to(registration) == 2
    registration.refresh_from_db()
    assert timezone.now() - registration.values_accepted_at < timedelta(minutes=1)


def test_the_same_words_under_another_number_ask_nobody_again(event):
    registration = register(event)
    values.publish(event.group, "")
    values.publish(event.group, "- Listen *first*")

    page = look(registration)

    assertContains(page, "You agreed to these on")
    assertNotContains(page, ASKED)


def test_whoever_was_added_is_asked_once(event):
    registration = adding.add(event, answers("phoned@example.org"), by=make_organiser(event.group))

    before = look(registration)
    after = agree(registration, values.current(event.group))

    assertContains(before, "We have not asked you yet: please read them.")
    assertContains(before, ASKED)
    assertNotContains(after, ASKED)
    assert agreed_to(registration) == 1


def test_whoever_agreed_before_versions_were_kept_is_shown_those_in_force(event):
    registration = register(event, values_version_id=None)

    page = look(registration)

    assertContains(page, "Our guiding values have changed")
    assertNotContains(page, "What you agreed to on")


@pytest.mark.parametrize("read", ["earlier", "none"])
def test_a_button_pressed_late_agrees_to_nothing_that_was_not_read(event, read):
    registration = register(event)
    second = values.publish(event.group, "Ask first")
    values.publish(event.group, "Ask first, then listen")

    page = agree(registration, second if read == "earlier" else None)

    assertContains(page, "Our guiding values have just changed. Please read the new ones.")
    assertContains(page, ASKED)
    assert agreed_to(registration) == 1


def test_agreeing_twice_keeps_the_first_moment(event):
    registration = register(event)
    second = values.publish(event.group, "Ask first")
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        agree(registration, second)
    registration.refresh_from_db()
    first_moment = registration.values_accepted_at

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        agree(registration, second)

    registration.refresh_from_db()
    assert registration.values_accepted_at == first_moment


@pytest.mark.parametrize("what", ["left", "over"])
def test_what_has_ended_asks_for_nothing_and_takes_nothing(event, what):
    registration = register(event)
    second = values.publish(event.group, "Ask first")
    if what == "left":
        leaving.leave(registration)
    later = timezone.now() + timedelta(days=30 if what == "over" else 0)

    with time_machine.travel(later):
        page = agree(registration, second)

    assertContains(page, "Nothing was changed.")
    assertNotContains(page, ASKED)
    assert agreed_to(registration) == 1


def test_looking_at_the_page_agrees_to_nothing(event):
    registration = register(event)
    values.publish(event.group, "Ask first")
    address = reverse("events:values_agreement", args=[registration.token])

    status = Client().get(address).status_code
    look(registration)

    assert (status, agreed_to(registration)) == (405, 1)


def test_another_link_agrees_to_nothing(event):
    registration = register(event)
    address = reverse("events:values_agreement", args=[registration.token[:-3]])

    assert Client().post(address, {"values_version": "1"}).status_code == 404


def test_what_they_take_along_says_which_values_they_agreed_to(event):
    register(event, "amara@example.org")

    sections = {part["title"]: part["rows"] for part in my_data.collect("amara@example.org")["sections"]}

    agreed_to = sections["Your place"][0]["Which guiding values you agreed to"]
    assert agreed_to == "Version 1, in force since Sunday 3 May 2026"
