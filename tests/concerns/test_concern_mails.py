"""The mail to those who read what people tell."""

import pytest

from concerns.actions import concerns
from events.pages.organise import messages
from mail.models import OutgoingMail
from tests.factories import make_event, make_group, make_hub, make_named_contact
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
