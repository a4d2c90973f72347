"""The page on which an event is made again, on several dates at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from events.models import Event, Session
from tests.factories import make_event

pytestmark = pytest.mark.django_db

FIRST = datetime(2030, 3, 3, 15, tzinfo=UTC)  # the first Sunday of March
PAGE = "/organise/events/social/copies/"
RULE = {"place": "1", "weekday": "6", "start": "15:00", "until": "7/7/2030"}
OFFERED = ["2030-04-07", "2030-05-05", "2030-06-02", "2030-07-07"]


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(FIRST - timedelta(days=9), tick=False):
        yield


@pytest.fixture
def social(group) -> Event:
    more = {"join_address": "https://meet.example/1", "picture": "pictures/a.webp", "picture_alt": "A quilt"}
    event = make_event(group=group, title="Social", slug="social", dates=0, **more)
    Session.objects.create(event=event, starts_at=FIRST, ends_at=FIRST + timedelta(hours=2))
    return event


def ticked(page) -> list[str]:
    return sorted(page.context["form"]["days"].value())


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def test_the_page_begins_with_the_rule_of_the_event_itself_and_shows_the_dates_of_another(signed_in, social):
    first = signed_in.get(PAGE)
    other = RULE | {"place": "5", "weekday": "3", "show": "1", "way_in": "on", "more": "1/6/2030"}

    shown = signed_in.post(PAGE, other)

    form = first.context["form"]
    assert {name: form[name].value() for name in ("place", "weekday")} == {"place": 1, "weekday": 6}
    assert ticked(first)[:4] == OFFERED
    assert ticked(shown) == ["2030-03-28", "2030-04-25", "2030-05-30", "2030-06-27"]
    kept = shown.context["form"]
    assert [kept[name].value() for name in ("picture", "way_in", "more")] == [False, True, "1/6/2030"]
    assert "Thursday 28 March 2030" in shown.content.decode()
    assert Event.objects.count() == 1


def test_drafts_are_made_of_the_dates_that_are_left_ticked_and_of_others(signed_in, social):
    sent = RULE | {"days": OFFERED[1:3], "more": "1/8/2030\n\n5/5/2030"}

    answer = signed_in.post(PAGE, sent, follow=True)
    again = signed_in.post(PAGE, sent, follow=True)

    drafts = Event.objects.filter(state="draft")
    days = sorted(f"{draft.sessions.get().starts_at:%Y-%m-%d}" for draft in drafts)
    assert days == ["2030-05-05", "2030-06-02", "2030-08-01"]
    assert "3 drafts are made." in answer.content.decode()
    assert "There is an event on each of these dates already" in again.content.decode()
    assert ticked(again) == [day for day in ticked(signed_in.get(PAGE)) if day not in days]
    assert "Sunday 5 May 2030 (there is one already)" in again.content.decode()


def test_what_cannot_be_is_said_where_it_stands(signed_in, social):
    wrong = {
        "days": [{}, {"days": ["2030-03-31"], "start": "1:30"}, {"more": "1/1/2030"}, {"days": ["31 May"]}],
        "more": [{"more": "soon"}],
        "until": [{"days": OFFERED, "until": ""}],
        "place": [{"days": OFFERED, "place": "9"}],
    }

    found = {
        name: [list(errors(signed_in.post(PAGE, RULE | sent))) for sent in tries]
        for name, tries in wrong.items()
    }

    assert found == {name: [[name]] * len(tries) for name, tries in wrong.items()}
    assert Event.objects.count() == 1


def test_an_event_without_a_date_has_no_times_to_copy(signed_in: Client, social):
    social.sessions.all().delete()

    assert signed_in.get(PAGE)["Location"] == "/organise/events/social/dates/"


def test_what_the_event_does_not_have_is_not_offered(signed_in, social):
    before = list(signed_in.get(PAGE).context["form"].fields)
    Event.objects.update(picture="", picture_alt="", join_address="")

    after = list(signed_in.get(PAGE).context["form"].fields)

    assert [name for name in before if name not in after] == ["picture", "way_in"]
    assert signed_in.post(PAGE, RULE | {"days": OFFERED})["Location"].endswith("#drafts-h")
