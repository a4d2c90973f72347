"""Someone changes their address: the new one is confirmed by a code, the old one is told, and places come along."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events.fresh_links import FreshLink, Goal, Wanted
from events.models import Registration
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.factories import make_event, make_hub, make_person, register
from tests.mails import said_in_subject
from tests.opened import opened

pytestmark = pytest.mark.django_db

PAGE = reverse("account_email")
CODE = reverse("account_email_verification_sent")


@pytest.fixture
def amara(client):
    make_hub()
    amara = make_person("amara@old.example")
    client.force_login(amara)
    return amara


def sent() -> list:
    outbox.send_due()
    return mail.outbox


def change(client, email="amara@new.example"):
    client.post(PAGE, {"email": email, "action_add": ""})
    code = re.search(r"\d{4}-\d{4}", sent()[-1].body)[0]
    return client.post(CODE, {"code": code})


def test_whoever_finds_somebody_logged_in_leads_nothing_to_another_address(client, amara):
    """Nor adds a key or an app of their own, with which they would be logged in once more."""
    registration = register(make_event(), amara.email, needs={"bsl": ""})
    browser = opened(registration)
    at = {
        "account_email": PAGE,
        **{name: reverse(name) for name in ("mfa_activate_totp", "mfa_add_webauthn")},
    }

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        shown = {name: client.get(page).content.decode() for name, page in at.items()}
        client.post(PAGE, {"email": "amara@new.example", "action_add": ""})
        away = client.post(reverse("account_logout"), {"next": f"{reverse('account_login')}?next={PAGE}"})
    codes = OutgoingMail.objects.of_kind("confirm-address").count()

    assert {name for name, html in shown.items() if "<h1>Log in once more</h1>" in html} == {*at}
    assert codes == 0
    assert away["Location"] == f"{reverse('account_login')}?next={PAGE}"
    assert browser.get(reverse("events:my_data", args=[registration.token])).status_code == 200


def test_what_was_opened_by_the_old_address_is_closed(client, amara):
    registration = register(make_event(), amara.email, needs={"bsl": ""})
    browser, mailed = opened(registration), FreshLink(registration, timezone.now()).address(Goal(Wanted.DATA))

    change(client)

    assert browser.post(mailed).status_code == 404
    own = (registration.get_absolute_url(), reverse("events:my_data", args=[registration.token]))
    assert [browser.get(page).status_code for page in own] == [404, 404]
    new_link = next(message for message in sent() if said_in_subject(message) == "your new link")
    assert new_link.to == ["amara@new.example"]
    assert Registration.objects.get().token in new_link.body


def test_the_code_goes_to_the_new_address(client, amara):
    client.post(PAGE, {"email": "amara@new.example", "action_add": ""})

    assert sent()[-1].to == ["amara@new.example"]


def test_until_it_is_confirmed_the_old_address_stays(client, amara):
    client.post(PAGE, {"email": "amara@new.example", "action_add": ""})
    client.post(CODE, {"code": "0000-0000"})

    amara.refresh_from_db()
    assert amara.email == "amara@old.example"


def test_a_confirmed_address_is_theirs_and_the_old_one_is_told(client, amara):
    change(client, "Amara@New.example")

    amara.refresh_from_db()
    assert amara.email == "amara@new.example"
    assert list(amara.emailaddress_set.values_list("email", "verified")) == [("amara@new.example", True)]
    assert sent()[-1].to == ["amara@old.example"]
    assert "now uses another email address" in sent()[-1].body


def test_an_address_of_somebody_else_cannot_be_taken_and_the_page_does_not_tell(client, amara):
    make_person("dani@new.example")

    asked = client.post(PAGE, {"email": "dani@new.example", "action_add": ""})
    code = re.search(r"\d{4}-\d{4}", sent()[-1].body)[0]
    client.post(CODE, {"code": code})

    amara.refresh_from_db()
    assert asked["Location"] == CODE
    assert sent()[-1].to == ["dani@new.example"]
    assert amara.email == "amara@old.example"


def test_places_and_mails_that_are_owed_come_along(client, amara):
    event = make_event()
    register(event, "amara@old.example", confirmed=True)
    assert OutgoingMail.objects.filter(kind="place", state="queued", to_email="amara@old.example").exists()

    client.post(PAGE, {"email": "amara@new.example", "action_add": ""})
    code = OutgoingMail.objects.get(kind="confirm-address").secret.split('"')[3]
    client.post(CODE, {"code": code})

    assert Registration.objects.get().email == "amara@new.example"
    by_kind = {message.subject.rpartition(": ")[2]: message.to for message in sent()}
    assert by_kind["your place is saved"] == ["amara@new.example"]
    assert by_kind["A change to how you log in"] == ["amara@old.example"]


def test_where_the_new_address_has_a_place_of_its_own_both_stay(client, amara):
    event = make_event()
    register(event, "amara@old.example")
    register(event, "amara@new.example", confirmed=False)

    change(client)

    emails = Registration.objects.order_by("pk").values_list("email", flat=True)
    assert list(emails) == ["amara@old.example", "amara@new.example"]
