"""The mails to those who read what people tell, and decide who is kept out."""

import pytest
from django.utils import timezone

from concerns.actions import concerns, keeping_out
from events.pages.organise import messages
from mail.models import OutgoingMail
from tests.factories import make_event, make_group, make_hub, make_named_contact, register
from tests.mails import as_it_leaves

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail() -> OutgoingMail:
    make_hub()
    group = make_group("Derby People", slug="derby")
    make_named_contact(group)
    concerns.tell(group, "Somebody was shouted at.", event=make_event(group=group, title="The social"))
    return OutgoingMail.objects.get(kind="concern-news")


def test_it_says_that_there_is_something_and_where_it_can_be_read(mail):
    written = as_it_leaves(mail)

    assert written
    assert "http://localhost:8000/organise/groups/derby/concerns/" in written.text
    assert "Derby People" in written.text
    assert "Derby" not in written.subject
    for word in ("shouted", "social"):
        assert word not in f"{written.subject}{written.text}{written.html}"


def test_who_gave_up_the_role_meanwhile_gets_none(mail):
    assert mail.person
    mail.person.memberships.all().delete()

    assert as_it_leaves(mail) is None


def test_organisers_do_not_see_it_among_their_messages(mail):
    assert mail.group
    assert list(messages.mails_of_groups([mail.group])) == []


def test_a_request_of_whoever_is_kept_out_is_told_to_named_contacts_without_a_name(mail):
    event, reader = make_event(group=mail.group, title="The social"), mail.person
    keeping_out.keep_out(
        mail.group, "nadia@example.org", reason="Shouted", by=reader, until=timezone.localdate()
    )
    keeping_out.keep_out(mail.group, "nadia@example.org", reason="Shouted", by=reader, event=event)
    register(event, "nadia@example.org", name="Nadia")

    written = as_it_leaves(OutgoingMail.objects.get(kind="kept-out-news"))

    assert written
    assert "http://localhost:8000/organise/groups/derby/kept-out/" in written.text
    for word in ("Nadia", "nadia", "houted", "social"):
        assert word not in f"{written.subject}{written.text}{written.html}"
    assert list(messages.mails_of_groups([mail.group]).exclude(to_email="nadia@example.org")) == []
