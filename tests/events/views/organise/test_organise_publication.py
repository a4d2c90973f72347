"""Publishing, now and later; taking back, throwing away."""

import re
from datetime import time, timedelta

import pytest
from django.utils import timezone

from events.models import Event
from kit.times import make_instant
from mail.models import OutgoingMail
from people.models import Group
from tests.factories import make_event, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(group) -> Event:
    return make_event(group=group, state="draft", slug="a-draft", published_at=None)


@pytest.fixture
def mail_works() -> None:
    OutgoingMail.objects.create(
        kind="test-mail",
        key="t",
        message_id="t",
        to_email="a@example.org",
        state="sent",
        settled_at=timezone.now(),
    )


def page(event: Event, name: str = "publication") -> str:
    return f"/organise/events/{event.slug}/{name}/"


def state(event: Event) -> str:
    return Event.objects.values_list("state", flat=True).get(pk=event.pk)


def test_a_draft_is_published_by_a_press(signed_in, draft, mail_works, client):
    signed_in.get(page(draft))
    before = state(draft)

    response = signed_in.post(page(draft))

    assert (before, state(draft), response["Location"]) == ("draft", "published", page(draft))
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_afterwards_the_addresses_can_be_copied(signed_in, group):
    event = make_event(group=group, slug="social")

    addresses = [address["value"] for address in signed_in.get(page(event)).context["addresses"]]

    assert addresses[:3] == [
        "http://localhost:8000/events/social/",
        "http://localhost:8000/events/social.ics",
        "http://localhost:8000/groups/socials/feed.ics",
    ]
    frames = [re.findall(r'<iframe src="([^"]*)"', code) for code in addresses[3:]]
    assert frames == [
        ["http://localhost:8000/embedded/events/social/"],
        ["http://localhost:8000/embedded/groups/socials/"],
    ]


def test_what_is_missing_is_listed_with_the_page_where_it_is_done(signed_in, draft, mail_works):
    Event.objects.update(summary="", description="")

    response = signed_in.post(page(draft))

    assert response.context["missing"] == [
        {"words": "Write a summary of one or two sentences.", "url": "/organise/events/a-draft/basics/"}
    ]
    assert state(draft) == "draft"


def test_while_mail_does_not_leave_it_takes_a_tick(signed_in, draft):
    refused = signed_in.post(page(draft))
    before = state(draft)

    signed_in.post(page(draft), {"no_mail_agreed": "on"})

    assert list(refused.context["form"].errors) == ["no_mail_agreed"]
    assert "people will get no confirmation" in refused.content.decode()
    assert (before, state(draft)) == ("draft", "published")


def test_pressed_twice_publishes_once(signed_in, draft, mail_works):
    statuses = [signed_in.post(page(draft)).status_code for _press in range(2)]

    assert statuses == [302, 200]
    assert draft.sessions.get().sequence == 0


def test_a_draft_nobody_has_seen_can_be_thrown_away(signed_in, draft):
    signed_in.get(page(draft, "removal"))
    before = Event.objects.count()

    response = signed_in.post(page(draft, "removal"))

    assert (before, Event.objects.count(), response["Location"]) == (1, 0, "/organise/groups/socials/")


def test_a_published_event_cannot(signed_in, group):
    event = make_event(group=group)

    signed_in.get(page(event, "removal"))
    signed_in.post(page(event, "removal"))

    assert state(event) == "published"


@pytest.mark.parametrize("name", ["publication", "removal"])
def test_other_groups_events_look_like_missing_ones(signed_in, name):
    event = make_event()

    statuses = [signed_in.get(page(event, name)).status_code, signed_in.post(page(event, name)).status_code]

    assert (statuses, state(event)) == ([404, 404], "published")


# --- Later, with the link only, and back ---


def moment(**typed: str) -> dict[str, str]:
    return {"publish_on": "1/5/2030", "publish": "9:00"} | typed


def test_a_draft_is_given_a_moment_in_the_zone_of_its_group(signed_in, draft, mail_works):
    Group.objects.update(time_zone="America/New_York")
    refused = signed_in.post(page(draft, "publication/later"), moment(publish_on="1/5/2020"))
    later = (draft.starts_at + timedelta(days=9)).strftime("%d/%m/%Y")
    too_late = signed_in.post(page(draft, "publication/later"), moment(publish_on=later))
    day = draft.starts_at - timedelta(days=1)

    signed_in.post(page(draft, "publication/later"), moment(publish_on=day.strftime("%d/%m/%Y")))

    draft.refresh_from_db()
    assert [list(answer.context["form"].errors) for answer in (refused, too_late)] == [["publish_on"]] * 2
    assert draft.publish_at == make_instant(day.date(), time(9), "America/New_York")
    for address in (
        page(draft, "")[:-1],
        draft.group.get_absolute_url().replace("/groups", "/organise/groups"),
    ):
        assert "It will be published on" in signed_in.get(address).content.decode(), address

    signed_in.post(page(draft, "publication/later"), {"never": ""})
    draft.refresh_from_db()
    assert draft.publish_at is None


def test_what_the_clock_could_not_publish_waits_for_its_organisers(signed_in, draft):
    Event.objects.update(not_published_at=timezone.now())

    for address in (page(draft, "")[:-1], "/organise/"):
        assert "something was missing when its moment came" in signed_in.get(address).content.decode(), (
            address
        )


def test_an_event_for_who_has_its_link_is_put_on_the_calendar_by_a_press(
    signed_in, draft, mail_works, client
):
    signed_in.post(page(draft), {"is_unlisted": "on"})
    hidden, there = client.get("/events/"), client.get(draft.get_absolute_url())

    signed_in.post(page(draft, "listing"))
    again = signed_in.post(page(draft, "listing"), follow=True)

    assert (draft.title in hidden.content.decode(), there.status_code) == (False, 200)
    assert draft.title in client.get("/events/").content.decode()
    assert "nothing was done" in again.content.decode()


def test_a_published_event_is_taken_back_unless_somebody_registered_meanwhile(signed_in, group, client):
    event = make_event(group=group)
    asked = signed_in.get(page(event, "taking-back"))
    register(event)

    refused = signed_in.post(page(event, "taking-back"), follow=True)
    looked_again = signed_in.get(page(event, "taking-back"))

    assert [answer.context["is_possible"] for answer in (asked, looked_again)] == [True, False]
    assert "Somebody counts on the event by now" in refused.content.decode()
    assert state(event) == "published"
    other = make_event(group=group)
    signed_in.post(page(other, "taking-back"))
    removal = signed_in.get(page(other, "removal"))
    assert (state(other), client.get(other.get_absolute_url()).status_code) == ("draft", 404)
    assert "It stays a draft" in removal.content.decode()
