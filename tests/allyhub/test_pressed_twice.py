"""Every button of the hub, pressed once more when it has done its work: the second press says that it changed nothing,
or finds nothing there, and never says that it worked. What needs words is walked in the tables of old pages."""

import pytest
from django.contrib.messages import get_messages
from django.db import transaction

from tests.permission_walk import FILES, PARAMETERS, address_of, sign_in_everyone
from tests.permission_world import World, make_world

pytestmark = pytest.mark.django_db

# Forms: what stands there is saved, and is what is saved.
SAVES_WHAT_STANDS_THERE = {
    "breakouts:helper_notes",
    "breakouts:host_notes",
    "breakouts:host_prompts",
    "events:participants",
    "organise:breakout_plan",
    "organise:event_join",
    "organise:event_words",
    "organise:feedback_text",
    "organise:helper_room",
    "organise:helpers",
    "organise:learning_plan",
    "organise:learning_prompts",
    "organise:recap_publication",
}
# A mail that was asked for is on its way after each press: the first, or one more.
SENDS_A_MAIL = {
    "breakouts:helper_place",
    "breakouts:host_place",
    "events:fresh_link",
    "organise:registration_link",
    "organise:test_mail",
}
MOVES_ON = {"organise:feedback_question_order", "organise:topic_order"}


def test_a_button_pressed_twice_never_says_again_that_it_worked():
    world = make_world()
    sign_in_everyone(world)
    names = PARAMETERS.keys() - FILES - SAVES_WHAT_STANDS_THERE - SENDS_A_MAIL - MOVES_ON

    pressed = {name: press_twice(world, name) for name in sorted(names)}

    worked = {name for name, (first, _second) in pressed.items() if "success" in first}
    assert [name for name in worked if "success" in pressed[name][1]] == []
    assert {"events:departure", "organise:take_out", "breakouts:host_departure"} <= worked


def press_twice(world: World, name: str) -> list[list[str]]:
    """The tones of what is to be said after each of the two presses. Nothing of it stays."""
    address, tones = address_of(name, world), []
    client = world.clients["access_lead" if "access" in name else "organiser"]
    with transaction.atomic():
        for _press in range(2):
            answer = client.post(address)
            tones.append([message.level_tag for message in get_messages(answer.wsgi_request)])
            client.cookies.pop("messages", None)
        transaction.set_rollback(True)
    return tones
