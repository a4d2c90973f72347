"""A-2: what people agree to is on the form, stays readable, and is asked about again when it changes."""

import pytest

from events.models import Registration
from people.actions import values
from tests.browser.community import make_social
from tests.factories import make_organiser, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_values_change_and_whoever_comes_agrees_anew(either_visitor):
    event = make_social()
    registration = register(event, "amara@example.org", name="Amara")
    amara = either_visitor
    amara.open(registration.get_absolute_url())
    amara.sees("What we agree on")
    second = values.publish(event.group, "We listen first. What is said here stays here.")

    amara.open(registration.get_absolute_url())
    amara.sees("Our guiding values have changed", "What is said here stays here.", "What you agreed to on")
    amara.press("I agree to these")
    amara.sees("Thank you. We have noted that you agree.")

    assert Registration.objects.get().values_version == second


def test_an_organiser_writes_new_values_and_everyone_can_read_both(new_visitor):
    event = make_social()
    values.publish(event.group, "Kind words only.")
    ruth = new_visitor().sign_in(make_organiser(event.group, name="Ruth"))

    ruth.open(f"/organise/groups/{event.group.slug}/settings/")
    ruth.sees("This is version 1, in force since")
    ruth.write("Guiding values", "Kind words, and time to think.")
    ruth.press("Save")
    ruth.sees("This is version 2, in force since")

    reader = new_visitor()
    reader.open("/values/")
    reader.sees("Kind words, and time to think.", "What stood here from")
