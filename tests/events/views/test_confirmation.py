from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import calling_off, leaving
from events.models import Registration
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import make_event, make_organiser, register

pytestmark = pytest.mark.django_db

A_DAY = timedelta(hours=25)


def page(registration: Registration, name: str = "confirmation") -> str:
    return reverse(f"events:{name}", args=[registration.token])


def unconfirmed(**event: object) -> Registration:
    return register(make_event(**event), "amara@example.org", confirmed=False)


def read(response) -> str:
    return response.content.decode()


def test_opening_the_link_changes_nothing():
    registration = unconfirmed()

    for _ in range(2):
        html = read(Client().get(page(registration)))

    registration.refresh_from_db()
    assert "Yes, keep my place" in html
    assert registration.email_confirmed_at is None
    assert not Person.objects.filter(email="amara@example.org").exists()


def test_pressing_the_button_keeps_the_place():
    registration = unconfirmed()

    response = Client().post(page(registration))

    registration.refresh_from_db()
    assert response["Location"] == registration.get_absolute_url()
    assert registration.has_place
    assert registration.person == Person.objects.get(email="amara@example.org")


def test_pressing_twice_or_in_two_tabs_is_one_confirmation():
    registration = unconfirmed()

    for tab in (Client(), Client()):
        last = tab.post(page(registration), follow=True)

    assert "<h1>Your place is saved</h1>" in read(last)
    assert OutgoingMail.objects.filter(kind="place").count() == 1


def test_a_confirmed_link_leads_to_ones_own_page():
    registration = register(make_event())

    response = Client().get(page(registration))

    assert response["Location"] == registration.get_absolute_url()


def test_before_the_address_is_confirmed_no_other_page_opens():
    registration = unconfirmed()

    for name in (
        "manage",
        "answers",
        "way",
        "access",
        "access_needs",
        "my_data",
        "departure",
        "calendar_link",
    ):
        response = Client().get(page(registration, name))

        assert response["Location"] == page(registration)


def test_who_would_wait_is_told_so_before_pressing():
    event = make_event(places=1)
    register(event)
    register(event)
    registration = register(event, "amara@example.org", confirmed=False)

    html = read(Client().get(page(registration)))

    assert "Do you want to be on the waiting list?" in html
    assert "You are 2nd on the list" in html


def test_a_link_that_is_late_asks_anew():
    registration = unconfirmed(places=1)
    with time_machine.travel(timezone.now() + A_DAY):
        leaving.expire(registration.event)
        asked = read(Client().get(page(registration)))

        answered = read(Client().post(page(registration), follow=True))

    assert "<h1>The time to confirm has passed</h1>" in asked
    assert "There is still a place for you." in asked
    assert "<h1>Your place is saved</h1>" in answered


def test_a_late_link_leads_to_the_end_of_the_queue_when_the_place_has_gone():
    registration = unconfirmed(places=1)
    with time_machine.travel(timezone.now() + A_DAY):
        leaving.expire(registration.event)
        register(registration.event)
        asked = read(Client().get(page(registration)))

        answered = read(Client().post(page(registration), follow=True))

    assert "You would be 1st on the waiting list." in asked
    assert "<h1>You are on the waiting list, 1st</h1>" in answered


def test_a_late_link_is_refused_when_nothing_is_left():
    registration = unconfirmed(places=1, has_waiting_list=False)
    with time_machine.travel(timezone.now() + A_DAY):
        leaving.expire(registration.event)
        register(registration.event)

        html = read(Client().post(page(registration)))

    assert "<title>Error: " in html
    assert "All places are taken." in html
    assert not Registration.objects.get(pk=registration.pk).is_live


def test_a_late_link_points_to_the_newer_one_of_the_same_address():
    registration = unconfirmed()
    with time_machine.travel(timezone.now() + A_DAY):
        leaving.expire(registration.event)
        register(registration.event, "amara@example.org", confirmed=False)

        asked, pressed = Client().get(page(registration)), Client().post(page(registration))

    for answer in (asked, pressed):
        assert "<h1>There is a newer email</h1>" in read(answer)


def test_of_a_cancelled_event_nothing_can_be_confirmed():
    registration = unconfirmed()
    calling_off.cancel(
        registration.event, reason="Vanessa is ill.", by=make_organiser(registration.event.group)
    )

    asked, pressed = Client().get(page(registration)), Client().post(page(registration))

    for answer in (asked, pressed):
        assert "This event is cancelled. Vanessa is ill." in read(answer)


def test_this_was_not_me_forgets_the_address_at_once_but_only_when_pressed():
    registration = unconfirmed()
    client = Client()

    asked = client.get(page(registration, "mistake"))
    still_there = Registration.objects.filter(email="amara@example.org").exists()
    answered = client.post(page(registration, "mistake"))

    assert "Forget my address" in read(asked)
    assert still_there
    assert answered["Location"] == registration.event.get_absolute_url()
    assert not Registration.objects.filter(email="amara@example.org").exists()
    assert client.get(page(registration)).status_code == 404


def test_once_confirmed_this_was_not_me_is_erasing():
    registration = register(make_event())

    response = Client().post(page(registration, "mistake"))

    assert response["Location"] == page(registration, "erasure")
    assert Registration.objects.get(pk=registration.pk).is_live
