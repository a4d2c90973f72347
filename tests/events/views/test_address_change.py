"""Another address, as people meet it: asked for on the own page, agreed to in both mailboxes."""

import pytest
from django.test import Client
from django.urls import reverse

from events.models import AddressChange, Registration
from tests.factories import make_event, make_hub, register
from tests.mails import composed

pytestmark = pytest.mark.django_db

OLD, NEW = "amara@old.example", "amara@new.example"


def press(address: str, **sent: str) -> str:
    return Client().post(address, sent, follow=True).content.decode()


def test_from_the_own_page_to_the_new_link():
    make_hub()
    amara = register(make_event(), OLD)
    page = reverse("events:address", args=[amara.token])

    own = Client().get(amara.get_absolute_url()).content.decode()
    wrong = press(page, email="amara at")
    asked = press(page, email=NEW)
    change = AddressChange.objects.get()
    old, new = (
        reverse(f"events:address_{side}", args=[token])
        for side, token in (("old", change.old_token), ("new", change.token))
    )
    shown = {address: Client().get(address).content.decode() for address in (old, new)}
    to_old, to_new = composed("address-old", OLD).text, composed("address-new", NEW).text
    unclear = press(old, answer="perhaps")
    first, again = press(old, answer="yes"), press(old, answer="yes")
    second = press(new, answer="yes")

    assert page in own
    assert "Enter an email address in the right form" in wrong
    assert "We have written to both addresses." in asked
    assert "You asked for another one on" in asked
    assert old in to_old
    assert new in to_new
    assert amara.token not in to_new
    assert "a…@new.example" in shown[old]
    assert NEW not in shown[old]
    assert "<h1>Shall we write to another address?</h1>" in unclear
    assert "It changes once the other address has agreed too." in first
    assert "Nothing was" in again or "nothing was done" in again
    assert "The new address is in use." in second
    assert Registration.objects.get().email == NEW
    assert Registration.objects.get().token in composed("link-again", NEW).text


def test_no_stops_it_from_either_side_and_from_the_own_page():
    make_hub()
    amara = register(make_event(), OLD)

    for side in ("old", "new", "own"):
        press(reverse("events:address", args=[amara.token]), email=f"{side}@new.example")
        change = AddressChange.objects.get()
        addresses = {
            "old": reverse("events:address_old", args=[change.old_token]),
            "new": reverse("events:address_new", args=[change.token]),
            "own": reverse("events:address_ending", args=[amara.token]),
        }
        said = press(addresses[side], answer="no")
        assert "Nothing changes." in said or "Your address stays as it is." in said
        assert not AddressChange.objects.exists()
        assert Client().get(addresses["old"]).status_code == 404
