"""Requests for a place: organisers see how long each waits, answer with a word, and are called after two days."""

from datetime import timedelta

import pytest
from django.urls import reverse

from events.models import Event, Registration
from events.pages.organise import to_do, workspace
from events.pages.whats_next import history
from mail.models import OutgoingMail
from tests.factories import (
    make_co_organiser,
    make_event,
    make_group,
    make_hub,
    make_organiser,
    make_quota,
    register,
)
from tests.permission_walk import signed_in

pytestmark = pytest.mark.django_db
ASKED = Registration.BelongsBy.ASKED


@pytest.fixture
def event() -> Event:
    make_hub()
    return make_event(group=make_group(), places=20)


def asks_for(event: Event, name: str = "Kent") -> Registration:
    """Somebody says that they belong to a group of places, and nothing shows it."""
    quota = make_quota(event, name, 5, asks=True)
    return register(event, "amara@example.org", pair=quota.pair, belongs_by=ASKED)


@pytest.mark.parametrize(("answer", "words"), [("yes", "See you!"), ("no", "Only for staff.")])
def test_the_word_with_an_answer_is_read_by_the_person(event, client, answer, words):
    registration = asks_for(event)
    page = reverse("organise:registration", args=[event.slug, registration.reference])
    organiser = signed_in(make_organiser(event.group))

    asked = organiser.get(page).content.decode()
    organiser.post(
        reverse("organise:registration_answer", args=[event.slug, registration.reference]),
        {"answer": answer, "reason": words},
    )

    assert "They ask for a place of Kent" in asked
    assert "Nothing shows yet that they belong to it" in asked
    assert words in [*history(registration)][-2 if answer == "yes" else -1].words
    assert words in organiser.get(page).content.decode()


def test_after_two_days_the_to_do_says_how_long_the_first_has_waited(event):
    registration = asks_for(event)
    step = registration.steps.get(kind="held")
    tags = []

    for days in (0, 1, 2, 5):
        step.at = registration.created_at - timedelta(days=days)
        step.save()
        (listed,) = workspace.upcoming([event.group])
        for found in (to_do.for_event(event), to_do.of_upcoming([listed])[event.pk]):
            (line,) = [one for one in found if one.words == "1 request for a place"]
            tags.append((line.tag, line.tone))

    assert tags == [*[("", "plain")] * 4, *[("2 days", "clay")] * 2, *[("5 days", "clay")] * 2]


def test_the_co_organisers_of_their_group_are_told_that_somebody_asks(event):
    kent, city = make_quota(event, "Kent", 5, asks=True), make_quota(event, "City", 5, asks=True)
    organiser, kim = make_organiser(event.group), make_co_organiser(kent)
    make_co_organiser(city)

    register(event, "amara@example.org", pair=kent.pair, belongs_by=ASKED)

    told = OutgoingMail.objects.filter(kind="request-waiting").values_list("to_email", flat=True)
    assert sorted(told) == sorted([organiser.email, kim.email])
