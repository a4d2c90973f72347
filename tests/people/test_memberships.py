"""Roles: asked for by mail, taken on by the invited address alone, ended by organisers, never the last one."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mail.actions import outbox
from people.actions import memberships
from people.actions.last_in_role import LastOrganiser
from people.models import Invitation, Membership
from tests.factories import make_access_lead, make_group, make_hub, make_member, make_organiser, make_person

ORGANISER, ACCESS_LEAD = Membership.Role.ORGANISER, Membership.Role.ACCESS_LEAD


@pytest.fixture
def group(db):
    return make_group("Derby People")


@pytest.fixture
def ruth(group):
    return make_organiser(group, name="Ruth", email="ruth@example.org")


def members_page(group) -> str:
    return reverse("organise:members", args=[group.slug])


def invite(group, by, email="sage@example.org", role=ORGANISER, **more) -> Invitation:
    return memberships.invite(group, email=email, role=role, by=by, **more)


def roles_of(group, email) -> list[str]:
    return sorted(group.memberships.filter(person__email=email).values_list("role", flat=True))


# --- Inviting ---


def test_an_invitation_is_a_mail_to_that_address(client, group, ruth):
    client.force_login(ruth)

    answer = client.post(members_page(group), {"email": "Sage@Example.org", "role": ORGANISER})
    outbox.send_due()

    assert answer["Location"] == members_page(group)
    assert [message.to for message in mail.outbox] == [["sage@example.org"]]
    assert Invitation.objects.get().get_absolute_url() in mail.outbox[0].body
    assert "Ruth invites you to help run Derby People" in mail.outbox[0].body


def test_an_invitation_is_written_down_for_the_group_to_read(client, group, ruth):
    invite(group, ruth)
    client.force_login(ruth)

    page = client.get(members_page(group)).content.decode()

    assert "Ruth invited someone as organiser." in page


def test_a_role_is_offered_once_at_a_time(client, group, ruth):
    invite(group, ruth)
    client.force_login(ruth)

    again = client.post(members_page(group), {"email": "sage@example.org", "role": ORGANISER})

    assert again.context["form"].errors.keys() == {"email"}
    assert Invitation.objects.count() == 1


def test_an_invitation_that_has_run_out_makes_way_for_a_new_one(group, ruth):
    first = invite(group, ruth)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        second = invite(group, ruth)

    first.refresh_from_db()
    assert first.withdrawn_at
    assert second.withdrawn_at is None


def test_nobody_is_invited_to_what_they_are(client, group, ruth):
    client.force_login(ruth)

    answer = client.post(members_page(group), {"email": "ruth@example.org", "role": ORGANISER})

    assert answer.context["form"].errors["email"] == ["They have this role already"]


@pytest.mark.parametrize(("has", "asked"), [(ORGANISER, ACCESS_LEAD), (ACCESS_LEAD, ORGANISER)])
def test_both_roles_for_one_person_take_an_explicit_tick(client, group, ruth, has, asked):
    make_member(group, has, email="dani@example.org")
    client.force_login(ruth)

    without = client.post(members_page(group), {"email": "dani@example.org", "role": asked})
    with_tick = client.post(
        members_page(group), {"email": "dani@example.org", "role": asked, "both_roles": "on"}
    )

    assert without.context["form"].errors.keys() == {"both_roles"}
    assert with_tick.status_code == 302
    assert Invitation.objects.get().role == asked


def test_being_invited_to_the_other_role_counts_too(group, ruth):
    invite(group, ruth, role=ORGANISER)

    with pytest.raises(memberships.BothRoles):
        invite(group, ruth, role=ACCESS_LEAD)


@pytest.mark.parametrize("typed", ["", "sage", "x" * 250 + "@example.org"])
def test_an_address_that_is_none_is_kept_in_the_form(client, group, ruth, typed):
    client.force_login(ruth)

    answer = client.post(members_page(group), {"email": typed, "role": ACCESS_LEAD})

    assert answer.context["form"]["email"].value() == typed
    assert answer.context["form"]["role"].value() == ACCESS_LEAD
    assert "Error: " in answer.content.decode()


def test_what_cannot_be_seen_is_taken_out_of_an_address(client, group, ruth):
    client.force_login(ruth)

    client.post(members_page(group), {"email": " sage\x00@example.org\u202e ", "role": ORGANISER})

    assert Invitation.objects.get().email == "sage@example.org"


@pytest.mark.parametrize("who", ["organiser of another group", "access lead", "attendee", "administrator"])
def test_for_everybody_else_the_page_does_not_exist(client, group, ruth, who):
    invitation = invite(group, ruth)
    person = {
        "organiser of another group": lambda: make_organiser(make_group()),
        "access lead": lambda: make_access_lead(group),
        "attendee": make_person,
        "administrator": lambda: make_person(is_staff=True, is_superuser=True),
    }[who]()
    client.force_login(person)
    pages = [
        members_page(group),
        reverse("organise:group_edit", args=[group.slug]),
        reverse("organise:invitation_withdrawal", args=[group.slug, invitation.pk]),
        reverse("organise:role_removal", args=[group.slug, ruth.memberships.get().pk]),
        reverse("organise:second_step_reset", args=[group.slug, ruth.pk]),
    ]

    assert {client.post(page).status_code for page in pages} == {404}


def test_an_organiser_cannot_reach_into_another_group(client, group, ruth):
    other = make_group()
    stranger = make_organiser(other)
    invitation = invite(other, stranger)
    client.force_login(ruth)
    pages = [
        reverse("organise:invitation_withdrawal", args=[group.slug, invitation.pk]),
        reverse("organise:role_removal", args=[group.slug, stranger.memberships.get().pk]),
        reverse("organise:second_step_reset", args=[group.slug, stranger.pk]),
    ]

    assert {client.post(page).status_code for page in pages} == {404}


def test_the_page_costs_the_same_for_one_and_for_three_members(
    client, group, ruth, django_assert_num_queries
):
    make_hub()
    client.force_login(ruth)
    client.get(members_page(group))
    for rows in (1, 3):
        with django_assert_num_queries(9):
            client.get(members_page(group))
        if rows == 1:
            for _ in range(2):
                invite(
                    group, make_member(group, ACCESS_LEAD), email=f"p{Invitation.objects.count()}@example.org"
                )


# --- Ending a role ---


def test_an_organiser_ends_a_role_after_being_asked(client, group, ruth):
    dani = make_organiser(group, email="dani@example.org", name="Dani")
    page = reverse("organise:role_removal", args=[group.slug, dani.memberships.get().pk])
    client.force_login(ruth)

    client.get(page)
    after_opening = roles_of(group, "dani@example.org")
    client.post(page)

    assert (after_opening, roles_of(group, "dani@example.org")) == ([ORGANISER], [])
    assert "Ruth ended the role of Dani as organiser." in client.get(members_page(group)).content.decode()


def test_the_last_organiser_cannot_go(client, group, ruth):
    make_access_lead(group)
    client.force_login(ruth)

    own, seen = ruth.memberships.get().pk, {"seen": "organiser"}
    removal = client.post(reverse("organise:role_removal", args=[group.slug, own]), seen, follow=True)
    leaving = client.post(reverse("people:role_end", args=[own]), seen, follow=True)

    assert roles_of(group, "ruth@example.org") == [ORGANISER]
    assert "You are its only organiser" in removal.content.decode()
    assert "You are its only organiser" in leaving.content.decode()


def test_people_give_up_their_own_role_and_nobody_elses(client, group, ruth):
    lead = make_access_lead(group, email="lead@example.org")
    make_access_lead(group)
    client.force_login(lead)

    others = client.post(reverse("people:role_end", args=[ruth.memberships.get().pk]))
    own = client.post(reverse("people:role_end", args=[lead.memberships.get().pk]))

    assert (others.status_code, own.status_code) == (404, 302)
    assert roles_of(group, "lead@example.org") == []


def test_an_organiser_who_ends_their_own_role_is_not_shown_a_missing_page(client, group, ruth):
    make_organiser(group)
    client.force_login(ruth)

    answer = client.post(
        reverse("organise:role_removal", args=[group.slug, ruth.memberships.get().pk]), follow=True
    )

    assert answer.redirect_chain == [(reverse("people:profile"), 302)]
    assert answer.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_organisers_who_end_each_others_role_at_once_leave_one():
    make_hub()
    group = make_group()
    rows = [make_organiser(group).memberships.select_related("person", "group").get() for _ in range(2)]
    barrier = threading.Barrier(2)
    refused = []

    def end(mine, theirs):
        barrier.wait()
        try:
            memberships.remove(theirs, by=mine.person)
        except LastOrganiser:
            refused.append(mine)
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=pair) for pair in (rows, rows[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (group.memberships.count(), len(refused)) == (1, 1)
