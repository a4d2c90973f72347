"""A code that leaked: a new one stops the old at once, and whoever came by it waits until somebody agrees."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import leaving, list_acts, list_undoing, registrations, requests
from events.actions.list_acts import Order, Why
from events.models import Event, ListAct, Quota, Registration
from mail.actions import outbox
from people.models import Person
from tests.factories import by_hand, make_event, make_group, make_hub, make_organiser, make_quota, register
from tests.permission_walk import signed_in
from tests.worlds import made_once

State, BelongsBy = Registration.State, Registration.BelongsBy


@dataclass
class World:
    event: Event
    kent: Quota
    organiser: Person
    came: dict[str, Registration]


@made_once
def make_world() -> World:
    """Three places of Kent are taken, two by the code with addresses of anybody's; one person waits."""
    make_hub()
    event = make_event(group=make_group(), slug="leaked", places=20)
    kent = make_quota(event, "Kent", 3, code="kent-2026", domains="kent.example")
    by = {
        "kim@kent.example": BelongsBy.ADDRESS,
        "zoe@anywhere.example": BelongsBy.CODE,
        "abe@anywhere.example": BelongsBy.CODE,
        "ren@kent.example": BelongsBy.ADDRESS,
    }
    came = {}
    for email, how in by.items():
        made = register(event, email, name=email[:3].title(), pair=kent.pair, belongs_by=how)
        came[email[:3]] = made
    return World(event, kent, make_organiser(event.group), came)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def states(world: World) -> dict[str, str]:
    rows = world.event.registrations.values_list("name", "state")
    return {name.lower(): state for name, state in rows if name}


def hold(world: World, *names: str, words: str = "Tell us your work address.") -> ListAct:
    order = Order(ListAct.Kind.HOLD, [world.came[name].reference for name in names], reason=words)
    act, left_out = list_acts.carry_out(world.event, order, key=uuid4(), by=world.organiser)
    assert left_out == []
    return act


def test_a_press_makes_a_new_code_and_an_open_form_is_told_so(world):
    page = reverse("organise:code_leak", args=["leaked", world.kent.pk])
    organiser = signed_in(world.organiser)
    told = [organiser.post(page, {"old": "kent-2026"}, follow=True) for _press in range(2)]
    typed = {"name": "Bo", "email": "bo@anywhere.example", "accepts_values": "on", "anything": "no"}
    typed |= by_hand() | {"group": world.kent.pk, "proof": "code", "code": "kent-2026"}

    answer = Client().post(reverse("events:registration_new", args=["leaked"]), typed)

    world.kent.refresh_from_db()
    assert [str(message.level_tag) for page in told for message in page.context["messages"]] == [
        "success",
        "warning",
    ]
    assert world.kent.code not in ("", "kent-2026")
    assert answer.status_code == 200
    assert "code" in answer.context["form"].errors
    assert not world.event.registrations.filter(email="bo@anywhere.example").exists()


def test_whoever_came_by_the_code_is_listed_by_the_ending_of_the_address_since_a_day(world):
    page = reverse("organise:code_leak", args=["leaked", world.kent.pk])
    organiser = signed_in(world.organiser)
    tomorrow = timezone.localdate() + timedelta(days=1)

    listed = [
        [one.name for one in organiser.get(address).context["people"]]
        for address in (page, f"{page}?since={tomorrow}", f"{page}?since=rubbish", f"{page}?since=2026-99-99")
    ]

    assert listed == [["Abe", "Zoe"], [], ["Abe", "Zoe"], ["Abe", "Zoe"]]


def test_they_hold_no_place_until_somebody_agrees_and_keep_their_turn(world):
    asked_at = world.came["zoe"].queued_at
    act = hold(world, "zoe", "abe")
    held = states(world)
    with time_machine.travel(act.undo_until):
        outbox.send_due()
    told = {one.to[0]: one.body for one in mail.outbox if "once more" in one.body}
    zoe = Registration.objects.get(pk=world.came["zoe"].pk)

    agreed = requests.agree(zoe, by=world.organiser)

    assert held == {"kim": "confirmed", "zoe": "held", "abe": "held", "ren": "offered"}
    assert sorted(told) == ["abe@anywhere.example", "zoe@anywhere.example"]
    assert all("Tell us your work address." in body for body in told.values())
    assert (agreed.state, agreed.queued_at, agreed.belongs_by) == ("confirmed", asked_at, "organiser")


def test_leaving_and_coming_back_is_no_way_around_it(world):
    hold(world, "zoe")
    zoe = Registration.objects.get(pk=world.came["zoe"].pk)

    back = registrations.rejoin(leaving.leave(zoe))

    assert back.is_held


def test_undone_they_have_what_they_had_as_far_as_it_is_free(world):
    act = hold(world, "zoe", "abe")

    left_out = list_undoing.undo(act, by=world.organiser)

    rows = {one.name.lower(): one for one in world.event.registrations.all()}
    assert [one.why for one in left_out] == [Why.PLACE_GONE]
    assert sorted([rows["zoe"].state, rows["abe"].state]) == [State.CONFIRMED, State.WAITING]
    assert {rows[name].belongs_by for name in ("zoe", "abe")} == {BelongsBy.CODE}
    outbox.send_due()
    assert not [one for one in mail.outbox if "once more" in one.body]


def test_on_the_page_the_ticked_are_shown_before_anything_is_done(world):
    organiser = signed_in(world.organiser)
    address = reverse("organise:list_act_new", args=["leaked"])
    query = f"?do=hold&who={world.came['zoe'].reference}"

    shown = organiser.get(address + query)
    form = {"key": str(uuid4()), "who": world.came["zoe"].reference, "reason": "Who are you?"}
    organiser.post(address + query, form)

    assert "Let 1 person wait for your yes or no?" in shown.content.decode()
    assert "What you write to them" in shown.content.decode()
    assert states(world)["zoe"] == "held"
