"""The pages on which an event is called off, for good or for now, and called back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.actions import calling_off
from events.models import Event
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.factories import make_event, register

pytestmark = pytest.mark.django_db

OFF = pytest.mark.parametrize(
    ("name", "state"), [("cancellation", "cancelled"), ("postponement", "postponed")]
)


def page(event: Event, name: str) -> str:
    return f"/organise/events/{event.slug}/{name}/"


def state(event: Event) -> str:
    return Event.objects.values_list("state", flat=True).get(pk=event.pk)


@OFF
def test_it_says_how_many_are_told_and_asks_why(signed_in, group, name, state):
    event = make_event(group=group)
    register(event), register(event), register(event, confirmed=False)

    shown = signed_in.get(page(event, name))
    refused = signed_in.post(page(event, name), {"reason": " "})

    assert (shown.context["told"], shown.context["not_told"]) == (2, 1)
    assert "the event and tell 2 people" in shown.content.decode()
    assert list(refused.context["form"].errors) == ["reason"]
    assert Event.objects.get(pk=event.pk).is_published


@OFF
def test_everyone_reads_why(signed_in, group, client, name, state):
    event = make_event(group=group)
    register(event)

    answer = signed_in.post(page(event, name), {"reason": "Ruth is ill."}, follow=True)

    assert Event.objects.get(pk=event.pk).state == state
    assert OutgoingMail.objects.filter(kind="event-changed").count() == 1
    assert f"The event is {state}, and everyone" in answer.content.decode()
    html = client.get(event.get_absolute_url()).content.decode()
    assert f"This event is {state}." in html
    assert "Ruth is ill." in html


@OFF
def test_what_is_over_offers_it_nowhere_and_refuses_it(signed_in, group, name, state):
    """A page that was open since before the end is pressed two days after it."""
    event = make_event(group=group)
    register(event)
    with time_machine.travel(event.ends_at + timedelta(days=2), tick=False):
        overview = signed_in.get(f"/organise/events/{event.slug}/").content.decode()
        pressed = signed_in.post(page(event, name), {"reason": "Ruth is ill."}, follow=True).content.decode()

    assert page(event, name) not in overview
    assert "Nothing was changed. This event is over. Nobody was written to." in pressed
    assert Event.objects.get(pk=event.pk).is_published
    assert not OutgoingMail.objects.filter(kind="event-changed").exists()


@pytest.mark.parametrize(
    ("before", "name", "words"),
    [
        ([calling_off.cancel], "cancellation", "The event is cancelled."),
        ([calling_off.postpone, calling_off.cancel], "postponement", "The event is cancelled."),
        ([calling_off.postpone], "postponement", "The event is postponed."),
        ([], "calling-back", "The event takes place."),
    ],
)
def test_a_press_on_an_old_page_says_what_is_true_now(signed_in, group, before, name, words):
    event = make_event(group=group)
    for call_off in before:
        call_off(event, reason="Snow", by=None)

    page_after = signed_in.post(page(event, name), {"reason": "Ruth is ill."}, follow=True).content.decode()

    assert f"Nothing was changed. {words}" in page_after


@OFF
@pytest.mark.parametrize(
    ("starts_in", "words"), [(2, "so the emails leave at once"), (48, "leave after ten minutes")]
)
def test_it_says_when_the_mails_leave(signed_in, group, name, state, starts_in, words):
    event = make_event(group=group, starts_in=timedelta(hours=starts_in))

    assert words in signed_in.get(page(event, name)).content.decode()


def test_calling_back_says_who_is_told_and_who_never_knew(signed_in, group):
    event = make_event(group=group)
    register(event), register(event)
    calling_off.cancel(event, reason="Snow", by=None)
    OutgoingMail.objects.filter(kind="event-changed").first().delete()

    early = signed_in.get(page(event, "calling-back"))
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        outbox.send_due()
        late = signed_in.get(page(event, "calling-back"))
        answer = signed_in.post(page(event, "calling-back"), follow=True)

    assert (early.context["told"], early.context["waiting"]) == (0, 1)
    assert (late.context["told"], late.context["waiting"]) == (1, 0)
    assert "Call it back and tell 1 person" in late.content.decode()
    assert "The event takes place" in answer.content.decode()
    assert state(event) == "published"


def test_who_has_not_heard_that_it_is_postponed_does_not_hear_that_it_is_on_again(signed_in, group):
    event = make_event(group=group)
    register(event), register(event)
    calling_off.postpone(event, reason="Snow", by=None)

    shown = signed_in.get(page(event, "calling-back")).context
    signed_in.post(page(event, "calling-back"))

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        outbox.send_due()
    assert (shown["told"], shown["waiting"]) == (0, 2)
    assert not OutgoingMail.objects.filter(kind="event-changed", state="sent").exists()


def test_a_postponed_event_leads_to_its_dates(signed_in, group):
    event = make_event(group=group)
    calling_off.postpone(event, reason="Snow", by=None)

    with time_machine.travel(event.ends_at + timedelta(days=1)):
        html = signed_in.get(page(event, "calling-back")).content.decode()
        refused = signed_in.post(page(event, "calling-back"))

    assert page(event, "dates") in html
    assert "Set the new dates first." in refused.content.decode()
    assert state(event) == "postponed"


def test_a_postponed_event_is_called_to_mind_wherever_organisers_look(signed_in, group):
    event = make_event(group=group, title="The social")
    calling_off.postpone(event, reason="Snow", by=None)

    with time_machine.travel(event.ends_at + timedelta(days=1)):
        pages = [
            signed_in.get(address).content.decode()
            for address in (
                "/organise/",
                f"/organise/groups/{group.slug}/",
                f"/organise/events/{event.slug}/",
            )
        ]

    assert ["Set the new dates: everyone waits for them" in page for page in pages] == [True, False, True]
    assert all("The social" in page and "Postponed" in page for page in pages)


@pytest.mark.parametrize("name", ["cancellation", "postponement", "calling-back"])
def test_a_draft_leads_back(signed_in, group, name):
    draft = make_event(group=group, state="draft", published_at=None)

    assert signed_in.get(page(draft, name)).status_code == 302
    assert signed_in.post(page(draft, name), {"reason": "Why?"}).status_code == 302
    assert state(draft) == "draft"


@pytest.mark.parametrize("name", ["cancellation", "postponement", "calling-back"])
def test_other_groups_events_look_like_missing_ones(signed_in, name):
    event = make_event()

    statuses = [signed_in.get(page(event, name)).status_code, signed_in.post(page(event, name)).status_code]

    assert (statuses, state(event)) == ([404, 404], "published")
