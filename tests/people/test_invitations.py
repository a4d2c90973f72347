"""Accepting an invitation: by the address it went to, whoever opens the link."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from mail.actions import outbox
from mail.models import OutgoingMail
from people.actions import memberships
from people.models import AuditLine, Invitation, Membership, Person
from tests.factories import make_group, make_organiser, make_person

ORGANISER = Membership.Role.ORGANISER


@pytest.fixture
def group(db):
    return make_group("Derby People")


@pytest.fixture
def ruth(group):
    return make_organiser(group, name="Ruth", email="ruth@example.org")


def invite(group, by, email="sage@example.org", role=ORGANISER, **more) -> Invitation:
    return memberships.invite(group, email=email, role=role, by=by, **more)


def roles_of(group, email) -> list[str]:
    return sorted(group.memberships.filter(person__email=email).values_list("role", flat=True))


def logged_in_as(client) -> int | None:
    user_id = client.session.get("_auth_user_id")
    return int(user_id) if user_id else None


def test_opening_the_link_changes_nothing(client, group, ruth):
    invitation = invite(group, ruth)

    answer = client.get(invitation.get_absolute_url())

    assert "Will you help run Derby People?" in answer.content.decode()
    assert roles_of(group, "sage@example.org") == []
    assert not Person.objects.filter(email="sage@example.org").exists()


def test_saying_yes_gives_the_role_to_the_address_and_asks_for_its_code(client, group, ruth):
    invitation = invite(group, ruth)

    answer = client.post(invitation.get_absolute_url(), {"name": "Sage"}, follow=True)

    assert roles_of(group, "sage@example.org") == [ORGANISER]
    assert "Check your email" in answer.content.decode()
    assert logged_in_as(client) is None
    assert OutgoingMail.objects.filter(kind="sign-in-code", to_email="sage@example.org").exists()


def test_the_code_leads_on_to_the_group(client, group, ruth):
    code_page = client.post(invite(group, ruth).get_absolute_url(), {"name": "Sage"})["Location"]
    outbox.send_due()
    code = next(word for word in mail.outbox[-1].body.split() if word.count("-") == 1 and word[0].isdigit())

    answer = client.post(code_page, {"code": code})

    assert answer["Location"] == reverse("organise:group", args=[group.slug])
    assert logged_in_as(client) == Person.objects.get(email="sage@example.org").pk


def test_somebody_new_says_what_they_are_called_and_somebody_known_is_not_asked(client, group, ruth):
    new, known = invite(group, ruth), invite(group, ruth, email=make_person(name="Keli").email)

    nameless = client.post(new.get_absolute_url(), {"name": " "})
    client.post(new.get_absolute_url(), {"name": "Sage\x00 🪡"})
    asked = client.get(known.get_absolute_url()).context["form"].fields

    assert nameless.context["form"].errors == {"name": ["Enter the name you would like us to use"]}
    assert Person.objects.get(email="sage@example.org").name == "Sage 🪡"
    assert asked == {}


def test_a_name_we_know_is_not_changed_by_a_link(client, group, ruth):
    make_person("sage@example.org", name="Sage")

    client.post(invite(group, ruth).get_absolute_url(), {"name": "Somebody else"})

    assert Person.objects.get(email="sage@example.org").name == "Sage"


def test_whoever_else_is_logged_in_gets_no_role_from_the_link(client, group, ruth):
    invitation = invite(group, ruth)
    stranger = make_person("stranger@example.org")
    client.force_login(stranger)

    answer = client.post(invitation.get_absolute_url(), {"name": "Sage"}, follow=True)

    assert roles_of(group, "stranger@example.org") == []
    assert roles_of(group, "sage@example.org") == [ORGANISER]
    assert "logged in with another address" in answer.content.decode()


def test_the_invited_person_who_is_logged_in_goes_straight_on(client, group, ruth):
    sage = make_person("sage@example.org")
    client.force_login(sage)

    answer = client.post(invite(group, ruth).get_absolute_url())

    assert answer["Location"] == reverse("organise:group", args=[group.slug])


def test_saying_yes_twice_is_saying_yes(client, group, ruth):
    link = invite(group, ruth).get_absolute_url()

    client.post(link, {"name": "Sage"})
    again = client.get(link)
    twice = client.__class__().post(link)

    assert "You have said yes already" in again.content.decode()
    assert twice.status_code == 302
    assert roles_of(group, "sage@example.org") == [ORGANISER]
    assert AuditLine.objects.filter(what="joined").count() == 1


def test_a_role_that_has_ended_does_not_come_back_with_the_old_link(client, group, ruth):
    link = invite(group, ruth).get_absolute_url()
    client.post(link, {"name": "Sage"})
    memberships.remove(group.memberships.get(person__email="sage@example.org"), by=ruth)

    answer = client.__class__().post(link)

    assert "This invitation is over" in answer.content.decode()
    assert roles_of(group, "sage@example.org") == []


def test_a_withdrawn_invitation_says_so_and_gives_nothing(client, group, ruth):
    invitation = invite(group, ruth)
    client.force_login(ruth)
    client.post(reverse("organise:invitation_withdrawal", args=[group.slug, invitation.pk]))

    answer = client.__class__().post(invitation.get_absolute_url())

    assert "It was withdrawn" in answer.content.decode()
    assert roles_of(group, "sage@example.org") == []


def test_an_invitation_runs_out_after_thirty_days(client, group, ruth):
    link = invite(group, ruth).get_absolute_url()

    with time_machine.travel(timezone.now() + timedelta(days=30)):
        answer = client.post(link)

    assert "It was open for 30 days" in answer.content.decode()
    assert roles_of(group, "sage@example.org") == []


def test_an_invitation_withdrawn_before_its_mail_left_sends_none(group, ruth):
    memberships.withdraw(invite(group, ruth), by=ruth)

    outbox.send_due()

    assert mail.outbox == []


@pytest.mark.parametrize(
    "spoil", [lambda token: token[:-1], lambda token: "x" + token, lambda token: "nonsense"]
)
def test_a_link_that_was_cut_or_changed_leads_nowhere(client, group, ruth, spoil):
    token = invite(group, ruth).get_absolute_url().strip("/").rpartition("/")[2]

    answer = client.get(reverse("people:invitation", args=[spoil(token)]))

    assert answer.status_code == 404


def test_the_page_of_the_link_stays_with_whoever_holds_it(client, group, ruth):
    answer = client.get(invite(group, ruth).get_absolute_url())

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
