"""Answers that no passkey gives: whoever sends them meets a sentence, never a broken page."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.factories import make_person

pytestmark = pytest.mark.django_db

LOGIN, ADD, AGAIN = (reverse(f"mfa_{name}_webauthn") for name in ("login", "add", "reauthenticate"))
KEY = {"id": "AAAA", "rawId": "AAAA", "type": "public-key"}
ANSWER = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "attestationObject": "oWE"}
BROKEN = {
    "too deep": "[" * 100_000,
    "not JSON": "\x00",
    "endless digits": "9" * 5000,
    "half a character": '{"id": "\\ud800", "rawId": "\\ud800"}',
    "a list": "[1]",
    "without a key": '{"id": 1}',
    "of another kind": json.dumps(KEY | {"response": []}),
    "cut off": json.dumps(KEY | {"response": ANSWER}),
}
broken = pytest.mark.parametrize("credential", BROKEN.values(), ids=BROKEN)


@broken
def test_a_broken_key_logs_nobody_in(client, credential):
    client.get(LOGIN, headers={"X-Requested-With": "XMLHttpRequest"})

    answer = client.post(LOGIN, {"credential": credential})

    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))


@broken
def test_a_broken_key_is_not_added(client, credential):
    client.force_login(make_person())
    client.get(ADD)

    answer = client.post(ADD, {"name": "Phone", "credential": credential})

    assert answer.status_code == 200
    assert "Phone" in answer.content.decode()
    assert not Authenticator.objects.exists()


@broken
def test_a_broken_key_proves_nothing(client, credential):
    person = make_person()
    client.force_login(person)
    person.authenticator_set.create(type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"})

    answer = client.post(AGAIN, {"credential": credential})

    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
