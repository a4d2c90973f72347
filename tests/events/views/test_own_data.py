import json

import pytest
from django.test import Client
from django.urls import reverse

from events.actions import leaving
from events.models import AccessNeed, PersonalFeed, Registration
from mail.actions import outbox
from people.models import Person
from tests.factories import make_event, make_group, make_organiser, register
from tests.opened import opened

pytestmark = pytest.mark.django_db


def page(registration: Registration, name: str) -> str:
    return reverse(f"events:{name}", args=[registration.token])


def look(registration: Registration, name: str, **query: str) -> str:
    return opened(registration).get(page(registration, name), query).content.decode()


def press(registration: Registration, name: str, **fields: str):
    return opened(registration).post(page(registration, name), fields, follow=True)


@pytest.fixture
def registration() -> Registration:
    return register(make_event(title="Being better allies"), "amara@example.org", needs={"bsl": ""})


def test_all_that_is_kept_is_shown_in_words(registration: Registration):
    html = look(registration, "my_data")

    for kept in ("amara@example.org", "Being better allies", "British Sign Language (BSL) interpreter"):
        assert kept in html
    assert "+00:00" not in html


def test_and_can_be_taken_along_as_a_file(registration: Registration):
    response = opened(registration).get(page(registration, "my_data_file"))

    assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["addresses"] == ["amara@example.org"]


def test_nobody_elses_data_is_in_it(registration: Registration):
    register(registration.event, "sam@example.org", name="Samira")

    for name in ("my_data", "my_data_file"):
        html = look(registration, name)
        assert "sam@example.org" not in html
        assert "Samira" not in html


def test_erasing_asks_what_then_says_what_that_means(registration: Registration):
    register(make_event(title="Another one"), "amara@example.org")

    first = look(registration, "erasure")
    this = look(registration, "erasure", what="registration")
    everything = look(registration, "erasure", what="everything")

    assert "<h1>What shall be erased?</h1>" in first
    assert "<h1>Erase this registration?</h1>" in this
    assert "<h1>Erase everything?</h1>" in everything
    assert "Another one" in everything
    assert Registration.objects.filter(email="amara@example.org").count() == 2


def test_one_registration_is_erased_and_its_links_are_dead(registration: Registration):
    other = register(make_event(), "amara@example.org")

    response = press(registration, "erasure", what="registration")

    assert "This registration is erased." in response.content.decode()
    assert Client().get(page(registration, "manage")).status_code == 404
    assert Client().get(page(other, "manage")).status_code == 200
    assert not AccessNeed.objects.exists()


def test_everything_under_the_address_is_erased(registration: Registration):
    register(make_event(), "amara@example.org")

    response = press(registration, "erasure", what="everything")

    assert "Everything we kept under your address is erased." in response.content.decode()
    assert not Registration.objects.filter(email="amara@example.org").exists()
    assert not Person.objects.filter(email="amara@example.org").exists()


def test_whoever_erases_is_told_what_stays_in_their_calendar_and_what_takes_it_out():
    """Afterwards nobody can write to them any more."""
    registration = register(make_event(), "sam@example.org")
    told = "Our emails put one date into your calendar."
    assert told not in look(registration, "erasure", what="registration")

    outbox.send_due()

    before = look(registration, "erasure", what="registration")
    assert told in before
    assert "Or give up your place first" in before
    assert told in look(registration, "erasure", what="everything")
    after = press(registration, "erasure", what="registration").content.decode()
    assert "One date is still in your calendar. Please delete it there." in after


def test_who_gave_up_the_place_first_has_nothing_left_in_their_calendar():
    registration = register(make_event(), "sam@example.org")
    outbox.send_due()
    leaving.leave(registration)
    outbox.send_due()

    assert "into your calendar" not in look(registration, "erasure", what="everything")
    assert "still in your calendar" not in press(registration, "erasure", what="everything").content.decode()


def test_whoever_holds_a_role_hands_it_on_first():
    organiser = make_organiser(make_group("Solidarity Socials"), email="ruth@example.org")
    registration = register(make_event(), organiser.email)

    html = press(registration, "erasure", what="everything").content.decode()

    assert "Nothing was erased." in html
    assert "Organiser, Solidarity Socials" in html
    assert Registration.objects.filter(email=organiser.email).exists()


def test_a_press_that_says_nothing_erases_nothing(registration: Registration):
    html = press(registration, "erasure").content.decode()

    assert "<h1>What shall be erased?</h1>" in html
    assert Registration.objects.filter(email="amara@example.org").exists()


def test_a_reminder_is_chosen_where_the_calendar_address_is(registration: Registration):
    press(registration, "calendar_link", wish="make")
    offered = look(registration, "calendar_link")

    def chosen(**typed: str) -> tuple[str, int | None]:
        answer = press(registration, "calendar_link", wish="remind", **typed)
        return answer.content.decode(), PersonalFeed.objects.get().reminds_minutes_before

    assert [value in offered for value in ('value=""', 'value="60"', 'value="1440"')] == [True] * 3
    saved, minutes = chosen(reminder="1440")
    assert ("Saved." in saved, minutes) == (True, 1440)
    again, minutes = chosen(reminder="1440")
    assert ("Saved." in again, "as you chose already" in again, minutes) == (False, True, 1440)
    refused, minutes = chosen(reminder="7")
    assert ("There is a problem" in refused, minutes) == (True, 1440)
    _none, minutes = chosen(reminder="")
    assert minutes is None


def test_the_calendar_address_is_made_replaced_and_switched_off(registration: Registration):
    before = look(registration, "calendar_link")
    made = press(registration, "calendar_link", wish="make").content.decode()
    first = PersonalFeed.objects.get().token
    press(registration, "calendar_link", wish="make")
    replaced = press(registration, "calendar_link", wish="replace").content.decode()
    second = PersonalFeed.objects.get().token
    old = Client().get(reverse("events:personal_feed", args=[first])).status_code
    new = Client().get(reverse("events:personal_feed", args=[second])).status_code
    press(registration, "calendar_link", wish="take_back")

    assert "/calendar/" not in before.replace(page(registration, "calendar_link"), "")
    assert reverse("events:personal_feed", args=[first]) in made
    assert reverse("events:personal_feed", args=[second]) in replaced
    assert (old, new) == (404, 200)
    assert not PersonalFeed.objects.exists()


def test_calendar_entries_in_emails_are_chosen_where_the_calendar_address_is(registration: Registration):
    offered = look(registration, "calendar_link")

    def chosen(value: str) -> tuple[str, str]:
        answer = press(registration, "calendar_link", wish="mails", calendar_mails=value)
        registration.refresh_from_db()
        return answer.content.decode(), registration.calendar_mails

    assert ('value="none"' in offered, 'value="every_date"' in offered) == (True, False)
    saved, choice = chosen("none")
    assert ("Your choice is saved." in saved, choice) == (True, "none")
    again, choice = chosen("none")
    assert ("is saved" in again, "as you chose already" in again, choice) == (False, True, "none")
    refused, choice = chosen("sometimes")
    assert ("There is a problem" in refused, choice) == (True, "none")
    _back, choice = chosen("")
    assert choice == ""
