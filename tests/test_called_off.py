"""Every page of an event that is called off, before and after the day it was to be on: none that a mail led to is gone,
and none says a thing that is not so."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.actions import calling_off
from tests.amounts import amount
from tests.permission_walk import FILES, METHODS, PARAMETERS, ROWS, address_of
from tests.permission_world import World, make_world

pytestmark = pytest.mark.django_db

# Of the pages that concern one event, by what stands in their address.
OF_EVENT = [
    name
    for name in sorted(ROWS)
    if METHODS[name] == "get" and name not in FILES and {"slug", "token", "code"} & set(PARAMETERS[name])
    if name.startswith(("breakouts:", "events:", "feedback:"))
    and name not in {"events:group", "events:series", "events:venue"}
]
# What nobody may read of an event that did not take place.
NEVER = re.compile(
    r"is over|are over|has begun|thank you for (taking part|helping|having been)|your place is saved|save (my|your) place"
    r"|we look forward|the meeting opens|how was it",
    re.IGNORECASE,
)
NOT_WHEN_POSTPONED = re.compile(r"is cancelled|does not take place", re.IGNORECASE)
# They are about another event, or about none.
ELSEWHERE = {
    "feedback:done",
    "feedback:quote",
    "feedback:quote_new",
    "feedback:screen",
    "feedback:screen_sent",
}
ELSEWHERE |= {
    "feedback:answer",
    "feedback:answer_sent",
    "feedback:no_reminder",
    "feedback:story",
    "feedback:thanks",
}


def words_of(html: str) -> str:
    """What stands in the page itself."""
    main = re.search(r"<main.*</main>", html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main[0] if main else html).split())


BEFORE, AFTER = timedelta(), timedelta(days=9)
TRIED = [("cancelled", BEFORE), ("postponed", AFTER), ("postponed", BEFORE), ("cancelled", AFTER)]


@pytest.mark.many
@pytest.mark.parametrize(("state", "when"), TRIED[: amount(2, many=4)])
def test_no_page_is_gone_and_none_says_what_is_not_so(state, when):
    world = make_world()
    call_off = calling_off.cancel if state == "cancelled" else calling_off.postpone
    call_off(world.event, reason="Snow.", by=world.people["organiser"])

    wrong: list[str] = []
    with time_machine.travel(timezone.now() + when, tick=False):
        for name in [name for name in OF_EVENT if name not in ELSEWHERE]:
            wrong += what_is_wrong(Client(), name, world, state, is_after=bool(when))
    assert wrong == []


def what_is_wrong(client: Client, name: str, world: World, state: str, *, is_after: bool) -> list[str]:
    answer = client.get(address_of(name, world), follow=True)
    words = words_of(answer.content.decode())
    found = [f"{name}: {answer.status_code}"] if answer.status_code != 200 else []
    if state == "postponed" or not is_after:
        found += [f"{name}: {said[0]}" for said in [NEVER.search(words)] if said]
    if state == "postponed":
        found += [f"{name}: {said[0]}" for said in [NOT_WHEN_POSTPONED.search(words)] if said]
    return found
