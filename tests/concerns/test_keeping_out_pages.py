"""Who is kept out, for the named contacts who decide it: covered until it is opened, each opening noted first; for
organisers that a named contact decides, and no more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from concerns.actions import keeping_out
from events.actions import leaving
from events.models import KeptOut
from people.models import Membership
from tests.factories import make_event, make_hub, make_named_contact, make_organiser, register

pytestmark = pytest.mark.django_db

NADIA, WHY = "nadia@example.org", "They shouted at the wombat."


@pytest.fixture
def event():
    make_hub()
    return make_event(title="The social", slug="social")


@pytest.fixture
def vanessa(event, client):
    vanessa = make_named_contact(event.group, name="Vanessa")
    client.force_login(vanessa)
    return vanessa


@pytest.fixture
def kept(event, vanessa) -> KeptOut:
    return keep_out(event, vanessa)


def keep_out(event, by, email: str = NADIA) -> KeptOut:
    until = timezone.localdate() + timedelta(days=90)
    return keeping_out.keep_out(event.group, email, reason=WHY, by=by, until=until)


def page(group, name: str = "kept_out", *more: object) -> str:
    return reverse(f"organise:{name}", args=[group.slug, *more])


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_named_contact_keeps_somebody_out_and_sees_why_once_it_is_opened(client, event, vanessa):
    place = register(event, NADIA)
    typed = {
        "address": NADIA.upper(),
        "where": "all",
        "reason": WHY,
        "until": timezone.localdate() + timedelta(days=30),
    }

    made = client.post(page(event.group, "kept_out_new"), typed)
    kept = KeptOut.objects.get()
    covered = text(client.get(made.url))
    client.post(page(event.group, "kept_out_opening", kept.pk))
    opened = text(client.get(made.url))

    place.refresh_from_db()
    assert place.is_held
    assert "wombat" not in covered
    assert NADIA not in covered.lower()
    assert WHY in opened
    assert NADIA in opened
    assert list(kept.steps.values_list("kind", "by__name")) == [("begun", "Vanessa"), ("opened", "Vanessa")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"until": ""}, "Enter the day until which it counts"),
        ({"until": "2020-01-01"}, "Enter a day that is still to come"),
        ({"until": str(timezone.localdate() + timedelta(days=367))}, "Enter a day within a year from now"),
        ({"reason": ""}, "Write why"),
        ({"address": ""}, "Enter an email address"),
    ],
)
def test_it_always_has_an_end_and_a_reason(client, event, vanessa, typed, words):
    given = {"address": NADIA, "where": "all", "reason": WHY, "until": str(timezone.localdate())} | typed

    answer = client.post(page(event.group, "kept_out_new"), given)

    assert words in text(answer)
    assert not KeptOut.objects.exists()


def test_for_one_event_no_day_is_needed_and_what_it_cannot_do_is_said(client, event, vanessa):
    Membership.objects.create(person=vanessa, group=event.group, role=Membership.Role.ORGANISER)
    place = register(event, NADIA)

    form = client.get(f"{page(event.group, 'kept_out_new')}?registration={place.reference}")
    client.post(page(event.group, "kept_out_new"), {"address": NADIA, "reason": WHY, "where": event.pk})

    said = text(form)
    assert (form.context["form"]["address"].value(), form.context["form"]["where"].value()) == (
        NADIA,
        event.pk,
    )
    assert "What it cannot do" in said
    assert reverse("organise:event_places", args=[event.slug]) in said
    assert KeptOut.objects.get().event == event


def test_the_answer_to_a_request_is_one_press_and_a_second_says_so(client, event, kept):
    asked = register(event, NADIA)
    client.post(page(event.group, "kept_out_opening", kept.pk))
    button = page(event.group, "kept_out_answer", kept.pk, asked.reference)

    listed = text(client.get(page(event.group)))
    client.post(button, {"answer": "yes"})
    again = client.post(button, {"answer": "no"}, follow=True)

    asked.refresh_from_db()
    assert "1 request waits" in listed
    assert asked.state == "confirmed"
    assert "This request does not wait any more" in text(again)


def test_organisers_see_that_a_named_contact_decides_and_cannot_agree(event, kept):
    asked, client = register(event, NADIA), Client()
    client.force_login(make_organiser(event.group))
    address = reverse("organise:registration", args=[event.slug, asked.reference])

    seen = text(client.get(address))
    pressed = client.post(f"{address}answer/", {"answer": "yes"}, follow=True)

    asked.refresh_from_db()
    assert "A named contact decides about this request: Vanessa" in seen
    assert "wombat" not in seen
    assert "Do you agree" not in seen
    assert asked.is_held
    assert "A named contact decides about this request." in text(pressed)


def test_organisers_agree_or_not_to_whoever_they_took_off(event):
    client = Client()
    client.force_login(organiser := make_organiser(event.group))
    leaving.remove(register(event, NADIA), by=organiser, reason="Shouted")
    asked = register(event, NADIA)
    address = reverse("organise:registration", args=[event.slug, asked.reference])

    waits = text(client.get(reverse("organise:event", args=[event.slug])))
    seen = text(client.get(address))
    client.post(f"{address}answer/", {"answer": "no", "reason": "Not this time."})

    asked.refresh_from_db()
    own = text(Client().get(asked.get_absolute_url()))
    assert "1 request for a place" in waits
    assert "Do you agree that they come?" in seen
    assert (asked.state, asked.ended_because) == ("cancelled", "refused")
    assert "Not this time." in own


def test_it_can_get_another_end_and_be_ended(client, event, kept):
    day = timezone.localdate() + timedelta(days=10)

    client.post(page(event.group, "kept_out_until", kept.pk), {"until": str(day)})
    client.post(page(event.group, "kept_out_ending", kept.pk))
    again = client.post(page(event.group, "kept_out_ending", kept.pk), follow=True)

    kept.refresh_from_db()
    assert (kept.until, kept.is_lifted) == (day, True)
    assert "It was ended before." in text(again)


def test_more_of_them_cost_no_more_queries(client, event, vanessa):
    numbers = []
    for number in range(3):
        keep_out(event, vanessa, f"guest{number}@example.net")
        register(event, f"guest{number}@example.net")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(page(event.group))
        numbers.append(len(captured))

    assert numbers[0] == numbers[2]
