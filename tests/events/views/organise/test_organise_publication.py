"""Publishing, throwing away."""

import pytest
from django.utils import timezone

from events.models import Event
from mail.models import OutgoingMail
from tests.factories import make_event

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

    assert addresses == [
        "http://localhost:8000/events/social/",
        "http://localhost:8000/events/social.ics",
        "http://localhost:8000/groups/socials/feed.ics",
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
