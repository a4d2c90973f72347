"""Roles: asked for by mail, taken on by the invited address alone, ended by organisers, never the last one."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from allyhub.clock import COMPOSERS
from mail.actions import outbox
from mail.models import OutgoingMail
from people.actions import memberships
from people.models import AuditLine, Invitation, Membership, Person
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


def logged_in_as(client) -> int | None:
    user_id = client.session.get("_auth_user_id")
    return int(user_id) if user_id else None


# --- Inviting ---


def test_an_invitation_is_a_mail_to_that_address(client, group, ruth):
    client.force_login(ruth)

    answer = client.post(members_page(group), {"email": "Sage@Example.org", "role": ORGANISER})
    outbox.send_due(COMPOSERS)

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
        with django_assert_num_queries(10):
            client.get(members_page(group))
        if rows == 1:
            for _ in range(2):
                invite(
                    group, make_member(group, ACCESS_LEAD), email=f"p{Invitation.objects.count()}@example.org"
                )


# --- Accepting ---


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
    outbox.send_due(COMPOSERS)
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

    outbox.send_due(COMPOSERS)

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

    removal = client.post(
        reverse("organise:role_removal", args=[group.slug, ruth.memberships.get().pk]), follow=True
    )
    leaving = client.post(reverse("people:role_end", args=[ruth.memberships.get().pk]), follow=True)

    assert roles_of(group, "ruth@example.org") == [ORGANISER]
    assert "A group needs an organiser" in removal.content.decode()
    assert "You are its only organiser" in leaving.content.decode()


def test_people_give_up_their_own_role_and_nobody_elses(client, group, ruth):
    lead = make_access_lead(group, email="lead@example.org")
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
        except memberships.LastOrganiser:
            refused.append(mine)
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=pair) for pair in (rows, rows[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (group.memberships.count(), len(refused)) == (1, 1)
