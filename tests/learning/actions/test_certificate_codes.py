"""The code on a certificate: what it follows from, and what can be learnt from what is kept."""

import pytest
from django.core import serializers

from learning.actions.certificate_codes import checked, code_of, note
from learning.models import CertificateCheck
from tests.factories import register
from tests.learning.programmes import make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def nadia():
    person = register(make_programme(), name="Nadia Rahman")
    note(person.event, [person])
    return person


def test_a_name_and_a_code_are_right_together_however_they_are_written(nadia):
    code, other = code_of(nadia), code_of(register(nadia.event, name="Kit"))
    for name, typed, is_right in (
        ("Nadia Rahman", code, True),
        ("  nadia   RAHMAN ", code.lower().replace(" ", "-"), True),
        ("Nadia Rahman", other, False),
        ("Nadia", code, False),
        ("Nadia Rahman", "", False),
        ("", code, False),
        ("Nadia Rahman\n" + code, "", False),
    ):
        assert (name, typed, checked(name, typed) is not None) == (name, typed, is_right)


def test_nothing_that_is_kept_tells_name_code_or_person(nadia):
    kept = serializers.serialize("json", CertificateCheck.objects.all())

    for told in (
        "Nadia",
        "Rahman",
        code_of(nadia),
        code_of(nadia).replace(" ", ""),
        nadia.key,
        nadia.reference,
    ):
        assert told not in kept
    assert {field.name for field in CertificateCheck._meta.get_fields()} == {
        *("id", "event", "digest", "code_digest")
    }


def test_a_key_that_was_replaced_goes_on_counting_while_it_is_named(nadia, settings):
    code, old = code_of(nadia), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key", [old]
    assert checked("Nadia Rahman", code)
    # What is printed from now on is right as well.
    assert code_of(nadia) != code
    assert (note(nadia.event, [nadia]), note(nadia.event, [nadia])) == (1, 0)
    assert checked("Nadia Rahman", code_of(nadia))

    settings.SECRET_KEY_FALLBACKS = []
    assert checked("Nadia Rahman", code) is None


def test_a_link_that_was_renewed_leaves_the_code_as_it_is(nadia):
    code = code_of(nadia)
    nadia.link_version += 1

    assert code_of(nadia) == code
