"""Whoever asks why nobody is asked now is answered from how things stand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions import calling_off, leaving, offers
from events.models import Event, Quota, Registration
from events.pages.organise.why_waiting import lines_now
from tests.events.actions.test_lines import World, full
from tests.factories import make_access_lead, make_event, make_organiser, make_quota, register
from tests.worlds import nothing_stays

pytestmark = pytest.mark.django_db


def said(event: Event) -> dict[str, str]:
    event = Event.objects.get(pk=event.pk)
    return {line.title: " ".join(line.why) for line in lines_now(event, timezone.now())}


def unconfirmed(w: World) -> None:
    Registration.objects.filter(name__in=["Cy", "Di"]).update(email_confirmed_at=None)


def one_more(w: World) -> None:
    Quota.objects.filter(pk=w.quotas["Liverpool"].pk).update(places=3)
    Event.objects.update(capacity=7)


def others_have_more(w: World) -> None:
    one_more(w)
    Event.objects.update(capacity=4)


def shared_later(w: World) -> None:
    Event.objects.update(pool_at=timezone.now() + timedelta(days=3))


def none_of_them(w: World) -> None:
    register(w.event, "zoe@example.org", name="Zoe")


WHY: dict[str, tuple[Callable[[World], object], str, str]] = {
    "full": (lambda w: None, "Liverpool: 2 people wait", "All 2 places are taken."),
    "one": (lambda w: None, "Kent: 1 person waits", "The one place is taken."),
    "offered": (lambda w: leaving.leave(w.ama), "Liverpool: 1 person waits", "1 offer is open, until"),
    "unconfirmed": (unconfirmed, "Liverpool: 2 people wait", "None of them has confirmed their address yet"),
    "not offered yet": (one_more, "Liverpool: 2 people wait", "offered within a minute"),
    "in all": (others_have_more, "Liverpool: 2 people wait", "the event has no more in all"),
    "shared later": (shared_later, "Liverpool: 2 people wait", "What the groups leave is shared from"),
    "no group": (none_of_them, "1 person waits", "They belong to none of the groups"),
    "to decide": (
        lambda w: Registration.objects.filter(name__in=["Xan", "Yan"]).update(state="held"),
        "Liverpool: 2 people wait",
        "2 requests wait for you to decide",
    ),
    "draft": (
        lambda w: Event.objects.update(state="draft"),
        "Liverpool: 2 people wait",
        "The event is a draft",
    ),
    "off": (
        lambda w: calling_off.postpone(w.event, reason="Flooded.", by=w.ruth),
        "Liverpool: 2 people wait",
        "places are offered when it takes place after all",
    ),
    "begun": (
        lambda w: w.event.sessions.update(starts_at=timezone.now() - timedelta(minutes=5)),
        "Liverpool: 2 people wait",
        "The event has begun",
    ),
    "unconfirmed places": (
        lambda w: Registration.objects.filter(name="Ama").update(email_confirmed_at=None),
        "Liverpool: 2 people wait",
        "1 place is held for an address that nobody has confirmed yet.",
    ),
}


def test_each_reason_is_named():
    world = full()
    for name, (happen, line, words) in WHY.items():
        with nothing_stays():
            happen(world)
            assert words in said(world.event)[line], name


def test_what_is_held_back_is_named_and_nothing_is_where_nobody_waits():
    event = make_event(places=3)
    quota = make_quota(event, "Kent", 1)
    register(event, pair=quota.pair)
    assert said(event) == {}

    register(event, pair=quota.pair)

    assert said(event) == {
        "Kent: 1 person waits": "The one place is taken. 2 places are held back: they are kept for no group."
    }


def test_an_event_without_groups_has_one_line_and_says_nothing_of_who_needs_what():
    event = make_event(places=1)
    make_access_lead(event.group)
    make_organiser(event.group)
    first, second, _third = register(event), register(event, needs={"captions": ""}), register(event)
    assert said(event) == {"2 people wait": "The one place is taken."}
    leaving.leave(first)
    before = said(event)
    second.refresh_from_db()

    offers.ask_about_access(second)

    assert said(event) == before
    assert "1 offer is open" in before["1 person waits"]
