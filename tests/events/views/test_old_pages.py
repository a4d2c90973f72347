"""An old page does not say that it worked: something happens in one tab, then a button is pressed in another that was
opened before. Here: somebody's own place."""

import pytest
from django.test import Client

from events.actions import access_needs, leaving, registrations
from people.actions import values
from tests.old_pages import (
    CANCELLED,
    LOOK,
    NO,
    NOTHING,
    OVER,
    YES,
    Old,
    World,
    assert_nothing_was_changed,
    cancel,
    end,
    in_turn,
    leave,
    nothing,
    own,
    remove,
)

pytestmark = pytest.mark.django_db

SAVED = f"{NOTHING} Your place is saved. If you can’t come, you can give it up on this page."
LEFT = f"{NOTHING} You have given up your place. You can ask again on this page."
NO_NEEDS = f"{NOTHING} What you told us about access has been deleted. You can tell us anew here."
DECLINED = f"{NOTHING} You did not take the place. You can ask again on this page."


def in_force(w: World) -> str:
    version = values.current(w.event.group)
    assert version
    return str(version.pk)


def withdraw_needs(w: World) -> None:
    access_needs.withdraw(w.seated)


OF_PLACES = [
    Old("yes, then no", lambda w: leaving.accept_offer(w.offered), own("events:offer", "offered"), SAVED, NO),
    Old("yes twice", lambda w: leaving.accept_offer(w.offered), own("events:offer", "offered"), SAVED, YES),
    Old(
        "no, then yes",
        lambda w: leaving.decline_offer(w.offered),
        own("events:offer", "offered"),
        DECLINED,
        YES,
    ),
    Old("no twice", lambda w: leaving.decline_offer(w.offered), own("events:offer", "offered"), DECLINED, NO),
    Old("cancelled, then yes", cancel, own("events:offer", "offered"), CANCELLED, YES),
    Old("over, then leave", end, own("events:departure", "seated"), OVER),
    Old("left, then leave", leave, own("events:departure", "seated"), LEFT),
    Old("left, then answers", leave, own("events:answers", "seated"), LEFT, {"name": "Amara"}),
    Old("cancelled, then answers", cancel, own("events:answers", "seated"), CANCELLED, {"name": "Amara"}),
    Old(
        "removed, then leave",
        remove,
        own("events:departure", "seated"),
        f"{NOTHING} The organisers have ended your registration.",
    ),
    Old(
        "removed, then ask again",
        remove,
        own("events:rejoining", "seated"),
        f"{NOTHING} The organisers have ended your registration.",
    ),
    Old(
        "came back, then come back",
        lambda w: (leaving.leave(w.waiting), registrations.rejoin(w.waiting)),
        own("events:rejoining", "waiting"),
        f"{NOTHING} You are on the waiting list, 1st. You can leave the waiting list on this page.",
    ),
    Old(
        "left, cancelled, then come back",
        in_turn(leave, cancel),
        own("events:rejoining", "seated"),
        "This event is cancelled. The hall is closed. Nothing was saved.",
    ),
    Old(
        "confirmed twice",
        lambda w: registrations.confirm(w.unconfirmed),
        own("events:confirmation", "unconfirmed"),
        SAVED,
    ),
    Old(
        "confirmed, left, then confirm",
        lambda w: leaving.leave(registrations.confirm(w.unconfirmed)),
        own("events:confirmation", "unconfirmed"),
        LEFT,
    ),
    Old(
        "confirmed, then “not me”",
        lambda w: registrations.confirm(w.unconfirmed),
        own("events:mistake", "unconfirmed"),
        f"{NOTHING} This address has been confirmed since. You can have all of it erased on this page.",
    ),
    Old(
        "agreed twice",
        nothing,
        own("events:values_agreement", "seated"),
        SAVED,
        lambda w: {"values_version": in_force(w)},
    ),
    Old(
        "needs deleted, then a message",
        withdraw_needs,
        own("events:access", "seated"),
        NO_NEEDS,
        {"text": "Hello"},
    ),
    Old(
        "needs deleted, then “that works”",
        withdraw_needs,
        own("events:access_agreement", "seated", need=lambda w: 1),
        NO_NEEDS,
    ),
    Old("needs deleted twice", withdraw_needs, own("events:access_withdrawal", "seated"), NO_NEEDS),
    Old(
        "needs deleted, then how it worked", withdraw_needs, own("events:access_outcome", "seated"), NO_NEEDS
    ),
    Old(
        "“that works” of what was not answered",
        nothing,
        own("events:access_agreement", "seated", need=lambda w: w.seated.access_request.needs.get().pk),
        LOOK,
    ),
    Old("left, then needs", leave, own("events:access_needs", "seated"), LEFT),
    Old(
        "no calendar address, then a new one",
        nothing,
        own("events:calendar_link", "seated"),
        f"{NOTHING} You have no calendar address any more. You can make one on this page.",
        {"wish": "replace"},
    ),
    Old(
        "over, then a room", end, own("breakouts:room", "seated"), f"{NOTHING} Rooms can no longer be chosen."
    ),
    Old(
        "left, then take out of the recap",
        in_turn(end, remove),
        own("breakouts:take_out", "seated"),
        f"{NOTHING} The organisers have ended your registration.",
    ),
]


@pytest.mark.parametrize("old", OF_PLACES, ids=lambda old: old.name)
def test_a_press_on_an_old_page_changes_nothing_and_says_what_is_true_now(client: Client, old: Old):
    assert_nothing_was_changed(client, old)
