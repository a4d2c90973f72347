"""The link to their own registration is mailed to hosts and helpers, and never stands on the page of their link."""

import pytest
from django.test import Client

from mail.models import OutgoingMail
from tests.breakouts.factories import make_helper, make_host, make_role, make_social, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["host", "helper"])
def volunteer(request):
    event = make_social()
    if request.param == "host":
        return make_host(make_topic(event), "keli@example.org", name="Keli")
    return make_helper(make_role(event, "tech"), name="Keli")


def test_it_is_mailed_once_however_often_they_press(volunteer):
    for _press in range(2):
        answer = Client().post(f"{volunteer.get_absolute_url()}place/", follow=True)
        assert "We have emailed you the link to your place" in answer.content.decode()

    (mail,) = OutgoingMail.objects.of_kind("link-again")
    assert (mail.to_email, mail.about) == (volunteer.email, volunteer.registration.pk)


def test_who_has_no_place_any_more_is_told_nothing_was_mailed(volunteer):
    registration = volunteer.registration
    registration.state, registration.ended_because = "cancelled", "left"
    registration.save()

    answer = Client().post(f"{volunteer.get_absolute_url()}place/", follow=True)

    assert "We have emailed you" not in answer.content.decode()
    assert not OutgoingMail.objects.of_kind("link-again").exists()
