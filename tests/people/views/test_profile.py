"""What people say about themselves."""

import pytest
from django.urls import reverse

from tests.factories import make_group, make_hub, make_organiser, make_person

pytestmark = pytest.mark.django_db

PROFILE = reverse("people:profile")


def test_people_change_what_they_are_called(client):
    person = make_person(name="Amara")
    client.force_login(person)

    answer = client.post(
        PROFILE, {"name": "Amara O. 🪡", "pronouns": "she/her", "time_zone": "America/New_York"}
    )

    person.refresh_from_db()
    assert answer["Location"] == PROFILE
    assert (person.name, person.pronouns, person.time_zone) == ("Amara O. 🪡", "she/her", "America/New_York")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"pronouns": "x" * 61}, "pronouns"),
        ({"time_zone": "Mars/Crater"}, "time_zone"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(client, typed, wrong):
    person = make_person(name="Amara")
    client.force_login(person)
    sent = {"name": "Amara O.", "pronouns": "she/her", "time_zone": ""} | typed

    form = client.post(PROFILE, sent).context["form"]

    person.refresh_from_db()
    assert form.errors.keys() == {wrong}
    assert {name: form[name].value() for name in sent} == sent
    assert person.name == "Amara"


def test_the_address_is_not_changed_here(client):
    person = make_person("amara@example.org")
    client.force_login(person)

    client.post(PROFILE, {"name": "Amara", "email": "else@example.org", "is_staff": "on"})

    person.refresh_from_db()
    assert (person.email, person.is_staff) == ("amara@example.org", False)


def test_a_visitor_is_asked_to_log_in(client):
    assert client.get(PROFILE)["Location"] == f"{reverse('account_login')}?next={PROFILE}"


def test_the_page_costs_the_same_with_one_and_with_three_roles(client, django_assert_num_queries):
    make_hub()
    person = make_organiser(make_group())
    client.force_login(person)
    for rows in (1, 3):
        while person.memberships.count() < rows:
            person.memberships.create(group=make_group(), role="organiser")
        with django_assert_num_queries(7):
            client.get(PROFILE)
