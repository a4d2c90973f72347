"""Groups: asked for, answered with words, started, kept in order."""

import pytest
from django.core import mail
from django.urls import reverse

from events.models import Session
from mail.actions import outbox
from people.models import Group, Membership
from tests.factories import make_event, make_group, make_hub, make_organiser, make_person

pytestmark = pytest.mark.django_db

NEW = reverse("people:group_new")
ANSWERS = {
    "name": "Sewing Circle",
    "about": "We sew and talk.",
    "contact_email": "sew@example.org",
    "request_reason": "Monthly socials.",
}


@pytest.fixture
def admin():
    return make_person("admin@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def asker():
    return make_person("asker@example.org", name="Keli")


def ask(client, asker, **changed) -> Group:
    """Who has asked for nothing yet, since one request waits at a time."""
    client.force_login(asker)
    client.post(NEW, ANSWERS | changed)
    return Group.objects.get(name=changed.get("name", ANSWERS["name"]))


def decide(client, admin, group, **answer):
    client.force_login(admin)
    return client.post(reverse("organise:group_decision", args=[group.slug]), answer)


def sent():
    outbox.send_due()
    return {message.to[0]: message for message in mail.outbox}


def test_asking_for_a_group_tells_those_who_look_after_the_hub(client, admin, asker):
    make_person("former@example.org", is_staff=True, is_active=False)

    group = ask(client, asker)

    assert (group.state, group.requested_by) == (Group.State.REQUESTED, asker)
    assert list(sent()) == ["admin@example.org"]


def test_a_group_asked_for_is_not_on_the_calendar(client, asker):
    group = ask(client, asker)

    assert client.get(group.get_absolute_url()).status_code == 404


def test_a_yes_makes_the_asker_organiser_and_tells_them(client, admin, asker):
    group = ask(client, asker)

    decide(client, admin, group, answer="approve", note="Welcome!")

    assert list(group.memberships.values_list("person", "role")) == [(asker.pk, Membership.Role.ORGANISER)]
    assert "Welcome" in sent()["asker@example.org"].body
    assert client.get(group.get_absolute_url()).status_code == 200


def test_a_no_comes_with_words_and_the_asker_gets_them(client, admin, asker):
    group = ask(client, asker)

    without_words = decide(client, admin, group, answer="decline", note="  ")
    decide(client, admin, group, answer="decline", note="We have no room this year, ask us in January.")

    assert without_words.context["form"].errors.keys() == {"note"}
    assert "no room this year" in sent()["asker@example.org"].body
    group.refresh_from_db()
    assert (group.state, group.memberships.count()) == (Group.State.DECLINED, 0)


def test_a_request_is_answered_once(client, admin, asker):
    group = ask(client, asker)

    decide(client, admin, group, answer="approve", note="")
    again = decide(client, admin, group, answer="decline", note="No.")

    group.refresh_from_db()
    assert again["Location"] == reverse("organise:groups")
    assert group.state == Group.State.APPROVED
    assert "is ready" in sent()["asker@example.org"].body
    assert len(mail.outbox) == 1


def test_two_groups_may_not_share_a_name(client, asker):
    ask(client, asker)
    client.force_login(make_person())

    again = client.post(NEW, ANSWERS)

    assert again.context["form"].errors["name"] == ["There is a group of this name. Choose another one"]
    assert again.context["form"]["about"].value() == ANSWERS["about"]


def test_a_group_called_new_or_written_in_another_alphabet_has_an_address(client):
    slugs = [
        ask(client, make_person(), name=name).slug
        for name in ("New", "Танок", "Sewing  Circle!", "Sewing (Circle)")
    ]

    assert slugs == ["new-2", "group", "sewing-circle", "sewing-circle-2"]


@pytest.mark.parametrize("field", ["name", "about", "contact_email", "request_reason"])
def test_what_is_missing_is_named_and_nothing_typed_is_lost(client, asker, field):
    client.force_login(asker)

    answer = client.post(NEW, ANSWERS | {field: ""})

    form = answer.context["form"]
    assert form.errors.keys() == {field}
    assert {name: form[name].value() for name in ANSWERS} == ANSWERS | {field: ""}


def test_signs_that_cannot_be_stored_or_seen_are_taken_out(client, asker):
    group = ask(client, asker, about="Hello\x00 \u202eolleh 🧵", name="Sewing Circle")

    assert group.about == "Hello olleh 🧵"


@pytest.mark.parametrize("organiser", ["admin@example.org", "new@example.org"])
def test_whoever_looks_after_the_hub_starts_groups(client, admin, organiser):
    client.force_login(admin)

    client.post(
        reverse("organise:group_start"),
        {"name": "Quilters", "contact_email": "q@example.org", "organiser_email": organiser},
    )

    group = Group.objects.get(name="Quilters")
    themselves = organiser == "admin@example.org"
    assert group.is_approved
    assert group.memberships.filter(person=admin).exists() == themselves
    assert list(group.invitations.values_list("email", flat=True)) == ([] if themselves else [organiser])


@pytest.mark.parametrize("name", ["organise:groups", "organise:group_start"])
def test_only_they_see_those_pages(client, admin, name):
    client.force_login(make_organiser(make_group()))
    as_organiser = client.get(reverse(name))
    client.force_login(admin)
    as_admin = client.get(reverse(name))

    assert (as_organiser.status_code, as_admin.status_code) == (404, 200)


def test_the_list_of_requests_costs_the_same_for_one_and_for_three(client, admin, django_assert_num_queries):
    make_hub()
    for rows in (1, 3):
        while Group.objects.requested().count() < rows:
            ask(client, make_person(), name=f"Group number {Group.objects.count()}")
        client.force_login(admin)
        with django_assert_num_queries(6):
            client.get(reverse("organise:groups"))


# --- Settings of a group ---


def settings_of(group) -> str:
    return reverse("organise:group_edit", args=[group.slug])


def test_an_organiser_changes_the_settings(client):
    make_hub()
    group = make_group("Derby People")
    client.force_login(make_organiser(group))

    client.post(
        settings_of(group),
        {
            "name": "Derby People",
            "about": "We *meet*.",
            "guiding_values": "Be kind.",
            "contact_email": "hello@derby.example",
            "time_zone": "Europe/Dublin",
        },
    )

    group.refresh_from_db()
    assert (group.about, group.guiding_values, group.time_zone) == ("We *meet*.", "Be kind.", "Europe/Dublin")


def test_a_new_contact_address_reaches_the_calendar_texts(client):
    make_hub()
    event = make_event()
    client.force_login(make_organiser(event.group))

    client.post(
        settings_of(event.group),
        {"name": event.group.name, "contact_email": "new@derby.example", "time_zone": "Europe/London"},
    )

    session = Session.objects.get(event=event)
    texts = "".join(str(value) for value in vars(session).values()).replace("\r\n ", "")
    assert "new@derby.example" in texts


def test_a_zone_that_is_none_is_refused_and_the_trail_keeps_the_saved_name(client):
    group = make_group("Derby People")
    client.force_login(make_organiser(group))

    answer = client.post(
        settings_of(group), {"name": "X" * 101, "contact_email": "a@example.org", "time_zone": "Mars/Crater"}
    )

    assert answer.context["form"].errors.keys() == {"name", "time_zone"}
    assert answer.context["group"].name == "Derby People"
