"""Suggesting an event without an account, and what its organisers do with it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event, Suggestion
from kit.attempts import AGAIN, SIGNER
from tests.factories import make_group, make_hub, make_organiser, make_suggestion

pytestmark = pytest.mark.django_db
NEW = "/groups/allies/suggestion/"


@pytest.fixture
def group():
    make_hub()
    return make_group("Allies", slug="allies")


@pytest.fixture
def signed_in(group):
    client = Client()
    client.force_login(make_organiser(group))
    return client


def typed(**more: str) -> dict[str, str]:
    day = (timezone.now() + timedelta(days=9)).date().isoformat()
    words = {"title": "Listening evening", "day": day, "start": "19:00", "end": "21:00", "where": "Library"}
    return (
        words
        | {"organised_by": "Voices", "words": "We listen.", "name": "Keli", "email": "keli@example.org"}
        | more
    )


def send(data: dict[str, str]):
    return Client().post(NEW, data | {"made": SIGNER.sign(AGAIN)}, follow=True)


def texts(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_a_visitor_suggests_an_event_confirms_it_and_sees_how_it_stands(group):
    answer = send(typed())
    made = Suggestion.objects.get()
    page = Client().get(made.get_absolute_url())
    pressed = Client().post(made.get_absolute_url(), follow=True)

    assert "Check your inbox" in texts(answer)
    assert ("Is this your suggestion?" in texts(page), made.is_email_confirmed) == (True, False)
    assert "The organisers have it" in texts(pressed)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": ""}, "Enter what the event is called"),
        ({"day": "2020-01-01"}, "Enter a date that is still to come"),
        ({"start": "late"}, "Enter the time as hours and minutes"),
        ({"email": "nobody"}, "Enter an email address in the right form"),
        ({"website": "x"}, "Leave this box empty"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(group, more, words):
    answer = send(typed(**more))

    assert words in texts(answer)
    assert "We listen." in texts(answer)
    assert Suggestion.objects.count() == 0


def test_an_end_before_the_start_is_on_the_next_day(group):
    send(typed(start="22:00", end="01:00"))

    made = Suggestion.objects.get()
    assert made.ends_at - made.starts_at == timedelta(hours=3)


def test_a_group_that_wants_none_has_no_form_and_no_link(group):
    assert NEW in Client().get("/groups/allies/").content.decode()
    assert "/suggest/" in Client().get("/").content.decode()

    group.takes_suggestions = False
    group.save()

    assert Client().get(NEW).status_code == 404
    assert NEW not in Client().get("/groups/allies/").content.decode()
    assert "/suggest/" not in Client().get("/").content.decode() + Client().get("/events/").content.decode()
    assert "No group takes suggestions" in texts(Client().get("/suggest/"))


def test_organisers_make_a_draft_of_it_or_decline_it_kindly(group, signed_in):
    one, other = make_suggestion(group, "One"), make_suggestion(group, "Other")
    base = "/organise/groups/allies/suggestions/"

    assert "2 events were suggested to you" in texts(signed_in.get("/organise/"))
    taken = signed_in.post(f"{base}{one.pk}/taking/", follow=True)
    again = signed_in.post(f"{base}{one.pk}/taking/", follow=True)
    empty = signed_in.post(f"{base}{other.pk}/refusal/", {"answer": ""})
    declined = signed_in.post(f"{base}{other.pk}/refusal/", {"answer": "Sorry, we are full."}, follow=True)

    assert "It is a draft now" in texts(taken)
    assert "Somebody has answered it already" in texts(again)
    assert "Write a few words" in texts(empty)
    assert "Your words are on their way" in texts(declined)
    assert Event.objects.count() == 1
    assert "Sorry, we are full." in texts(Client().get(other.get_absolute_url()))


def test_what_nobody_has_confirmed_is_not_there_for_organisers(group, signed_in):
    made = make_suggestion(group, confirmed=False)

    assert made.title not in texts(signed_in.get("/organise/groups/allies/suggestions/"))
    assert signed_in.post(f"/organise/groups/allies/suggestions/{made.pk}/taking/").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_three(group, signed_in):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            signed_in.get("/organise/groups/allies/suggestions/")
        return len(captured)

    make_suggestion(group, "One")
    first = queries()
    make_suggestion(group, "Two"), make_suggestion(group, "Three")

    assert queries() == first
