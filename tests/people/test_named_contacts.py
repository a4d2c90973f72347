"""Named contacts: asked for like every role, and the only ones who read what people tell in confidence."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from people.actions import memberships
from people.models import Group, Membership
from people.permissions import concern_readers, reads_concerns
from tests.factories import (
    make_access_lead,
    make_group,
    make_hub,
    make_member,
    make_named_contact,
    make_organiser,
    make_person,
)
from tests.mails import composed

pytestmark = pytest.mark.django_db

ORGANISER, ACCESS_LEAD, NAMED_CONTACT = Membership.Role


@pytest.fixture
def group() -> Group:
    make_hub()
    return make_group("Derby People")


@pytest.fixture
def ruth(group):
    return make_organiser(group, name="Ruth")


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- Who reads ---


def test_named_contacts_read_and_nobody_else_does(group, ruth):
    named = make_named_contact(group)
    others = [
        ruth,
        make_access_lead(group),
        make_named_contact(make_group()),
        make_person(is_staff=True, is_superuser=True),
        AnonymousUser(),
    ]

    assert list(concern_readers(group)) == [named]
    assert reads_concerns(named, group)
    assert not any(reads_concerns(person, group) for person in others)


def test_access_leads_read_only_where_there_is_no_named_contact(group, ruth):
    lead = make_access_lead(group)
    alone = (list(concern_readers(group)), reads_concerns(lead, group))

    make_named_contact(group)

    assert alone == ([lead], True)
    assert not reads_concerns(lead, group)


def test_a_named_contact_who_may_no_longer_log_in_does_not_stand_in_the_way(group):
    lead = make_access_lead(group)
    named = make_named_contact(group, is_active=False)

    assert list(concern_readers(group)) == [lead]
    assert not reads_concerns(named, group)


def test_where_there_is_neither_nobody_reads(group, ruth):
    assert list(concern_readers(group)) == []
    assert not reads_concerns(ruth, group)


def test_in_a_group_that_is_not_approved_nobody_reads():
    group = make_group(state=Group.State.REQUESTED)
    named = make_named_contact(group)

    assert list(concern_readers(group)) == []
    assert not reads_concerns(named, group)


def test_who_has_several_roles_is_named_once(group):
    person = make_member(group, *Membership.Role)

    assert list(concern_readers(group)) == [person]
    assert list(Group.objects.listened_to_by(person)) == [group]


# --- Asking somebody ---


def invite(client, group, role, email="sage@example.org", **more):
    address = reverse("organise:members", args=[group.slug])
    return client.post(address, {"email": email, "role": role, **more})


@pytest.mark.parametrize(
    ("has", "asked"),
    [(ORGANISER, NAMED_CONTACT), (ACCESS_LEAD, NAMED_CONTACT), (NAMED_CONTACT, ORGANISER)],
)
def test_another_role_for_the_same_person_takes_an_explicit_tick(client, group, ruth, has, asked):
    make_member(group, has, email="sage@example.org")
    client.force_login(ruth)

    without = invite(client, group, asked)
    ticked = invite(client, group, asked, both_roles="on")

    assert without.context["form"].errors.keys() == {"both_roles"}
    assert ticked.status_code == 302
    assert group.invitations.get().role == asked


def test_the_invitation_says_that_the_name_will_stand_on_a_page(client, group, ruth):
    client.force_login(ruth)
    invite(client, group, NAMED_CONTACT)
    invitation = group.invitations.get()

    form = text(client.get(reverse("organise:members", args=[group.slug])))
    mail = composed("invitation")
    page = text(client.get(invitation.get_absolute_url()))

    assert "Their name stands on the page where people can tell someone." in form
    assert mail
    assert "Your name would stand on the page" in mail.text
    assert "Your name stands on the page" in page


@pytest.mark.parametrize("role", list(Membership.Role))
def test_saying_yes_leads_to_what_they_do_here(client, group, ruth, role):
    sage = make_person("sage@example.org")
    client.force_login(sage)
    invitation = memberships.invite(group, email="sage@example.org", role=role, by=ruth)

    answer = client.post(invitation.get_absolute_url(), follow=True)
    profile = text(client.get(reverse("people:profile")))

    assert (answer.status_code, len(answer.redirect_chain)) == (200, 1)
    assert f'href="{answer.redirect_chain[0][0]}"' in profile


# --- The members page ---


def test_a_group_that_nobody_can_tell_anything_is_told_so(client, group, ruth):
    client.force_login(ruth)
    page = reverse("organise:members", args=[group.slug])

    nobody = text(client.get(page))
    make_access_lead(group)
    leads = text(client.get(page))
    make_named_contact(group)
    named = text(client.get(page))

    assert "Nobody can be told in confidence when something is wrong" in nobody
    assert "the access leads read what people tell in confidence" in leads
    assert "There is no named contact yet" not in named


def test_ending_the_role_says_what_ends(client, group, ruth):
    membership = make_named_contact(group).memberships.get()
    client.force_login(ruth)

    asked = client.get(reverse("organise:role_removal", args=[group.slug, membership.pk]))

    assert "they can no longer read what people tell in confidence" in text(asked)
