"""Whoever is the last in a role learns what it means that they go; nobody is left waiting for a reader there is not."""

import pytest
from django.urls import reverse

from concerns.actions import concerns
from events.actions import my_data
from people.actions import memberships
from people.actions.last_in_role import Lack, LastOrganiser, NobodyToRead, lacks
from people.models import Membership, Person
from tests.factories import (
    make_access_lead,
    make_event,
    make_group,
    make_hub,
    make_member,
    make_named_contact,
    make_organiser,
    register,
)

pytestmark = pytest.mark.django_db

Role = Membership.Role


@pytest.fixture
def group(db):
    make_hub()
    return make_group("Derby People")


@pytest.fixture
def ruth(group):
    return make_organiser(group, name="Ruth")


def role_of(person: Person, role: str = "") -> Membership:
    rows = person.memberships.select_related("group", "person")
    return rows.get(role=role) if role else rows.get()


def end_page(membership: Membership) -> str:
    return reverse("people:role_end", args=[membership.pk])


def removal_page(membership: Membership) -> str:
    return reverse("organise:role_removal", args=[membership.group.slug, membership.pk])


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def is_there(membership: Membership) -> bool:
    return Membership.objects.filter(pk=membership.pk).exists()


def test_what_a_group_would_lack(group, ruth):
    lead, named = role_of(make_access_lead(group)), role_of(make_named_contact(group))
    with_both = (lacks(role_of(ruth)), lacks(lead), lacks(named))
    Membership.objects.filter(pk=named.pk).delete()
    without_contact = lacks(lead)
    make_access_lead(group)

    assert with_both == ([Lack.ORGANISER], [Lack.ACCESS_LEAD], [Lack.NAMED_CONTACT])
    assert (without_contact, lacks(lead)) == ([Lack.ACCESS_LEAD, Lack.READER], [])


def test_whoever_may_no_longer_sign_in_fills_no_role(group, ruth):
    make_organiser(group, is_active=False)
    gone = role_of(make_access_lead(group, is_active=False))
    lead = role_of(make_access_lead(group))

    memberships.remove(gone, by=ruth)

    assert (lacks(lead), is_there(gone)) == ([Lack.ACCESS_LEAD, Lack.READER], False)
    with pytest.raises(LastOrganiser):
        memberships.remove(role_of(ruth), by=ruth)


def test_the_only_access_lead_reads_what_it_means_before_they_go(client, group, ruth):
    lead = role_of(make_access_lead(group))
    make_named_contact(group)
    client.force_login(lead.person)

    unasked = client.post(end_page(lead))
    before = is_there(lead)
    client.post(end_page(lead), {"seen": "access_lead"})

    assert "nobody can read what people need" in text(unasked)
    assert (before, is_there(lead)) == (True, False)


def test_while_somebody_who_is_coming_has_told_what_they_need_the_only_access_lead_stays(client, group, ruth):
    lead = role_of(make_access_lead(group))
    registration = register(make_event(group=group), needs={"bsl": ""})
    client.force_login(lead.person)

    page = client.get(end_page(lead))
    sent = client.post(end_page(lead), {"seen": "access_lead reader"}, follow=True)

    words = "Somebody waits for an answer that nobody else could read."
    assert (words in text(page), "<button" in page.content.decode().partition("<h1>")[2]) == (True, False)
    assert (words in text(sent), is_there(lead)) == (True, True)
    make_access_lead(group)
    memberships.remove(lead, by=lead.person)
    assert registration.access_request.needs.count() == 1


def test_the_last_who_reads_concerns_stays_while_one_is_open(group, ruth):
    named = role_of(make_named_contact(group))
    concerns.tell(group, "It was loud.")

    with pytest.raises(NobodyToRead):
        memberships.remove(named, by=named.person)

    concerns.close(group.concerns.get(), seen=0)
    memberships.remove(named, by=named.person)
    assert not is_there(named)


def test_where_access_leads_would_read_what_named_contacts_were_told_their_names_are_said(
    client, group, ruth
):
    make_access_lead(group, name="Vanessa")
    named = role_of(make_named_contact(group))
    concerns.tell(group, "It was loud.")
    client.force_login(ruth)

    page = text(client.get(removal_page(named)))
    client.post(removal_page(named), {"seen": "named_contact"})

    assert (
        "the access leads read what people tell in confidence, also what was told until now: Vanessa." in page
    )
    assert not is_there(named)


@pytest.mark.parametrize("is_something_told", [True, False])
def test_an_organiser_ends_no_others_role_that_nobody_else_has_and_learns_nothing(
    client, group, ruth, is_something_told
):
    lead = role_of(make_access_lead(group))
    if is_something_told:
        register(make_event(group=group), needs={"bsl": ""})
        concerns.tell(group, "It was loud.")
    client.force_login(ruth)

    page = text(client.get(removal_page(lead)))
    client.post(removal_page(lead), {"seen": "access_lead reader"})

    assert "Nobody would be left to read what people need, or what they tell in confidence." in page
    assert is_there(lead)


def test_who_became_the_last_while_the_page_was_open_is_asked_again(client, group, ruth):
    lead, other = role_of(make_access_lead(group)), role_of(make_access_lead(group))
    client.force_login(lead.person)
    opened = client.get(end_page(lead)).context["seen"]
    memberships.remove(other, by=ruth)

    sent = client.post(end_page(lead), {"seen": opened})

    assert (opened, sent.status_code, is_there(lead)) == ("", 200, True)
    assert "There is nobody else who looks after access" in text(sent)


def test_roles_come_before_erasing_so_nothing_goes_around_them(group):
    person = make_member(group, Role.ORGANISER, Role.ACCESS_LEAD)

    with pytest.raises(my_data.StillHoldsRoles):
        my_data.erase_everything(person.email)

    assert person.memberships.count() == 2


def test_a_lead_who_may_no_longer_sign_in_is_missing_from_what_pages_say(client, group, ruth):
    make_access_lead(group, is_active=False)
    client.force_login(ruth)

    page = text(client.get(reverse("organise:members", args=[group.slug])))

    assert "Nobody looks after access." in page
