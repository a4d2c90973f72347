from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import calling_off, leaving
from events.models import Event, Registration
from tests.factories import make_event, make_group, make_organiser, make_session, register

pytestmark = pytest.mark.django_db

OWN_PAGES = [
    "manage",
    "confirmation",
    "mistake",
    "answers",
    "way",
    "departure",
    "offer",
    "access",
    "access_needs",
    "access_withdrawal",
    "my_data",
    "my_data_file",
    "erasure",
    "calendar_link",
]


def page(registration: Registration, name: str = "manage") -> str:
    return reverse(f"events:{name}", args=[registration.token])


def look(registration: Registration, name: str = "manage") -> str:
    return Client().get(page(registration, name)).content.decode()


def press(registration: Registration, page_name: str, **fields: object) -> str:
    return Client().post(page(registration, page_name), fields, follow=True).content.decode()


def waiting_at(event: Event) -> Registration:
    register(event)
    return register(event, "amara@example.org")


def offered(**event: object) -> tuple[Registration, Registration]:
    """Someone who left, and whoever was offered the place."""
    place = make_event(places=1, **event)
    first = register(place)
    second = register(place, "amara@example.org")
    leaving.leave(first)
    second.refresh_from_db()
    return first, second


def test_a_saved_place_is_told_with_its_number_and_what_comes_next():
    registration = register(make_event(title="Being better allies"))

    html = look(registration)

    assert "<h1>Your place is saved</h1>" in html
    assert registration.reference in html
    for words in (
        "We send you a reminder",
        "The meeting opens for you.",
        "It starts.",
        "You confirmed your address.",
    ):
        assert words in html


def test_every_date_is_named():
    event = make_event(dates=4)

    html = look(register(event))

    assert html.count("It starts.") == 4


def test_who_waits_reads_their_place_in_line():
    html = look(waiting_at(make_event(places=1)))

    assert "<h1>You are on the waiting list, 1st</h1>" in html
    assert "You joined the waiting list." in html


def test_what_has_ended_says_why_and_what_next():
    first, second = offered()
    organiser = make_organiser(first.event.group)
    leaving.decline_offer(second)
    third = register(first.event)
    leaving.remove(third, by=organiser, reason="Registered twice.")

    assert "<h1>You have given up your place</h1>" in look(first)
    assert "Would you like to come after all?" in look(first)
    assert "<h1>You did not take the place</h1>" in look(second)
    assert "<h1>The organisers have ended your registration</h1>" in look(third)
    assert "Registered twice." in look(third)
    assert "Would you like to come after all?" not in look(third)


def test_a_cancelled_event_says_why():
    registration = register(make_event(title="Called off"))
    calling_off.cancel(
        registration.event, reason="Vanessa is ill.", by=make_organiser(registration.event.group)
    )

    html = look(registration)

    assert "<h1>Cancelled: Called off</h1>" in html
    assert "Vanessa is ill." in html


def test_the_page_costs_the_same_for_two_dates_and_for_four(django_assert_num_queries):
    """With one date it need not know of each how it stands."""
    one, event = register(make_event(places=5)), make_event(places=5, dates=2)
    registration = register(event)
    with django_assert_num_queries(10):
        look(one)
    with django_assert_num_queries(11):
        look(registration)
    for week in (3, 4):
        make_session(event, timezone.now() + timedelta(weeks=week))

    with django_assert_num_queries(11):
        look(registration)


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_wrong_or_cut_link_is_the_same_page_as_none(name: str):
    registration = register(make_event())
    nothing = Client().get("/registrations/nothing-of-ours/")

    for token in (registration.token[:-1], registration.token[1:], registration.join_token, "x" * 400):
        response = Client().get(reverse(f"events:{name}", args=[token]))

        assert (response.status_code, response.content) == (404, nothing.content)


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_are_neither_kept_nor_listed_nor_told_to_others(name: str):
    response = Client().get(page(register(make_event()), name))

    assert response.status_code in (200, 302)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("name", OWN_PAGES)
def test_opening_an_own_page_changes_nothing(name: str):
    registration = register(make_event(), needs={"bsl": ""})
    before = Registration.objects.filter(pk=registration.pk).values().get()

    Client().get(page(registration, name))

    assert Registration.objects.filter(pk=registration.pk).values().get() == before
    assert registration.access_request.needs.count() == 1


def test_answers_can_be_changed_and_the_history_says_so():
    registration = register(make_event())

    html = press(registration, "answers", name="Amara Okafor", pronouns="she/her", taking_part=["listening"])

    registration.refresh_from_db()
    assert (registration.name, registration.pronouns, registration.taking_part) == (
        "Amara Okafor",
        "she/her",
        ["listening"],
    )
    assert "Your answers are saved." in html
    assert "You changed your answers." in html


def test_a_change_without_a_name_keeps_what_was_typed():
    registration = register(make_event())

    html = press(registration, "answers", name="", pronouns="she/her")

    assert "<title>Error: Change my answers" in html
    assert 'value="she/her"' in html
    assert registration.name == "Amara"


def test_giving_up_the_place_is_one_page_and_one_button():
    registration = register(make_event(places=1))

    asked = look(registration, "departure")
    html = press(registration, "departure")

    assert asked.count('<button class="btn" type="submit">Give up my place</button>') == 1
    assert "<h1>You have given up your place</h1>" in html
    assert "Someone else can come now." in html


def test_giving_up_twice_is_harmless():
    registration = register(make_event())

    press(registration, "departure")
    html = press(registration, "departure")

    assert "<h1>You have given up your place</h1>" in html


def test_leaving_the_list_works_until_the_event_ends():
    registration = waiting_at(make_event(places=1, starts_in=timedelta(hours=1)))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        html = press(registration, "departure")

    assert "<h1>You have left the waiting list</h1>" in html


def test_an_offer_is_taken():
    _first, registration = offered()

    html = press(registration, "offer", answer="yes")

    assert "<h1>Your place is saved</h1>" in html


def test_an_offer_is_passed_on_and_one_can_queue_again():
    first, registration = offered()
    waiting = register(first.event)

    html = press(registration, "offer", answer="no")

    waiting.refresh_from_db()
    assert waiting.is_offered
    assert "<h1>You did not take the place</h1>" in html
    assert "<h1>You are on the waiting list, 1st</h1>" in press(registration, "rejoining")


def test_an_offer_that_has_ended_is_said_kindly_and_the_next_person_is_asked():
    first, registration = offered()
    waiting = register(first.event)
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        html = press(registration, "offer", answer="yes")

    waiting.refresh_from_db()
    assert "the offer had ended before your answer came" in html
    assert "<h1>The time to answer has passed</h1>" in html
    assert "Stay on the list, at the end" in html
    assert waiting.is_offered


def test_an_answer_that_is_neither_yes_nor_no_is_asked_again():
    _first, registration = offered()

    html = press(registration, "offer", answer="perhaps")

    assert "<h1>A place is free. Do you still want it?</h1>" in html


def test_who_left_takes_a_place_again_while_there_is_one():
    registration = register(make_event(places=5))
    leaving.leave(registration)

    html = press(registration, "rejoining")

    assert "<h1>Your place is saved</h1>" in html
    assert "You are registered again." in html


def test_coming_back_is_refused_in_words():
    event = make_event(places=1, has_waiting_list=False)
    registration = register(event)
    leaving.leave(registration)
    register(event)

    full = press(registration, "rejoining")
    Event.objects.filter(pk=event.pk).update(registration_closes_at=timezone.now())
    closed = press(registration, "rejoining")

    assert "All places are taken." in full
    assert "Registration has closed." in closed
    assert "Would you like to come after all?" not in closed


def test_news_stop_by_one_button_and_for_the_whole_group():
    group = make_group()
    here, there = (register(make_event(group=group), "amara@example.org", wants_news=True) for _ in range(2))
    elsewhere = register(make_event(), "amara@example.org", wants_news=True)
    address = reverse("events:no_news", args=[here.news_token])

    asked = Client().get(address).content.decode()
    answered = Client().post(address, follow=True).content.decode()

    for registration in (here, there, elsewhere):
        registration.refresh_from_db()
    assert "<h1>No more news?</h1>" in asked
    assert "<h1>You get no news emails</h1>" in answered
    assert (here.news_wanted_at, there.news_wanted_at) == (None, None)
    assert elsewhere.news_wanted_at is not None


def test_a_news_link_opens_nothing_else():
    registration = register(make_event())

    for name in ("manage", "join"):
        assert Client().get(reverse(f"events:{name}", args=[registration.news_token])).status_code == 404
    assert Client().get(reverse("events:no_news", args=[registration.token])).status_code == 404
