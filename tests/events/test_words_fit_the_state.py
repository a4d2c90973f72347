"""Words fit the person's state: whoever is registered, in each state and at each time, walks through their pages and gets
their mails. A phrase is read by those for whom it is true, and by nobody else."""

import pytest
from django.urls import reverse

from events.actions import leaving
from events.mail_writing import A_REGISTRATION
from events.models import Event, Registration
from tests.breakouts.factories import make_social, make_topic, organiser_of
from tests.factories import make_hub, register
from tests.words import TIMES, TRIED, Rule, mails_to, read, read_by_others, time_of
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

World = tuple[Event, dict[str, Registration]]

OWN_PAGES = (
    "events:manage",
    "events:answers",
    "events:departure",
    "events:offer",
    "events:date",
    "events:access_needs",
    "events:calendar_link",
    "events:papers",
    "breakouts:room",
    "breakouts:take_out",
)
# What their addresses have besides.
AND = {"events:date": (1,)}

EVERYONE = "place unconfirmed unconfirmed_queue waiting offered left left_list declined removed held unconfirmed_held"
NO_PLACE = EVERYONE.removeprefix("place ")
ENDED = "left left_list declined"

ON_PAGES: dict[str, Rule] = {
    "Do you want this place?": {"before": "unconfirmed"},
    "Yes, keep my place": {"before": "unconfirmed unconfirmed_queue"},
    "Do you want to be on the waiting list?": {"before": "unconfirmed_queue"},
    "Yes, keep my place in line": {"before": "unconfirmed_queue"},
    "Do you want to ask for a place?": {"before": "unconfirmed_held"},
    "Yes, ask for a place": {"before": "unconfirmed_held"},
    "Your request is with the organisers": {"before": "held", "begun": "held"},
    "Take my request back": dict.fromkeys(("before", "begun", "cancelled"), "held"),
    "nobody decided about your request": {"over": "held"},
    "Your place is saved": {"before": "place", "begun": "place"},
    "Choose a room, if you like": {"before": "place"},
    "The meeting’s address is not here yet": {"begun": "place"},
    "Your way into the meeting": {"before": "place", "begun": "place"},
    "You have not chosen a room yet": {"before": "place", "begun": "place"},
    "Give up my place": {"before": "place", "begun": "place", "cancelled": "offered place"},
    "Thank you for taking part": {"over": "place"},
    "You are on the waiting list": {"before": "waiting"},
    "If a place becomes free we ask you": {"before": f"waiting unconfirmed_queue {ENDED}"},
    "We ask you by email. You have": {"before": "waiting"},
    "Leave the waiting list": {"before": "waiting", "begun": "waiting", "cancelled": "waiting"},
    "You can choose a room as soon as you have a place": {"before": "waiting"},
    "No place came free": {"begun": "waiting", "over": "waiting"},
    "there was none for you": {"begun": "waiting"},
    "there was no place for you": {"over": "waiting"},
    "A place is offered to you until": {"before": "offered"},
    "Yes, I take the place": {"before": "offered"},
    "as soon as you have taken the place": {"before": "offered"},
    "The time to answer has passed": {"begun": "offered", "over": "offered"},
    "You have given up your place": {"before": "left", "begun": "left", "over": "left"},
    "You have left the waiting list": {"before": "left_list", "begun": "left_list", "over": "left_list"},
    "You did not take the place": dict.fromkeys(TIMES, "declined"),
    "The organisers have ended your registration": {
        "before": "removed",
        "begun": "removed",
        "over": "removed",
    },
    "Would you like to come after all?": {"before": ENDED},
    "You hold no place at this event": {
        "before": NO_PLACE,
        "begun": NO_PLACE,
    },
    "This event is cancelled": {"cancelled": EVERYONE},
}
IN_MAILS: dict[str, Rule] = {
    "We hold it for you until": {"before": "unconfirmed"},
    "We hold your place in line until": {"before": "unconfirmed_queue"},
    "Hello. Your place at": {"before": "place", "begun": "place", "over": "place"},
    "give up your place": {"before": "unconfirmed place", "begun": "place", "over": "place"},
    "or leave the waiting list": {
        "before": "unconfirmed_queue waiting",
        "begun": "waiting",
        "over": "waiting",
    },
    "The organisers decide about your request, and we": {"before": "held", "begun": "held"},
    "Please do so by": {"before": "unconfirmed_held"},
    "or take your request back": {"before": "held unconfirmed_held", "begun": "held", "over": "held"},
    "is full at the moment": {"before": "waiting"},
    "and no place came free": {"begun": "waiting", "over": "waiting"},
    "A place is offered to you": {"before": "offered"},
    "someone else gets your place": {"before": "place"},
    "You have left the waiting list of": dict.fromkeys(TIMES, "left_list"),
    "You have given up your place at": dict.fromkeys(TIMES, "left"),
    "You can ask again from your own page": {"before": "left left_list"},
}


@made_once
def make_world() -> World:
    """Somebody in each state, named as they are before the event."""
    make_hub()
    event = make_social(places=3, format="online")
    make_topic(event)
    people = {"left": leaving.leave(register(event))}
    people["removed"] = leaving.remove(register(event), by=organiser_of(event))
    people["unconfirmed"] = register(event, confirmed=False)
    people["place"], leaver = register(event), register(event)
    people |= {name: register(event) for name in ("declined", "offered", "left_list", "waiting")}
    people["unconfirmed_queue"] = register(event, confirmed=False)
    leaving.leave(leaver)
    leaving.decline_offer(people["declined"])
    people["left_list"] = leaving.leave(people["left_list"])
    for name, is_confirmed in (("held", True), ("unconfirmed_held", False)):
        leaving.remove(register(event, f"{name}@example.org"), by=organiser_of(event))
        people[name] = register(event, f"{name}@example.org", confirmed=is_confirmed)
    return event, people


@pytest.mark.many
@pytest.mark.parametrize("time", TRIED)
@pytest.mark.parametrize("rules", [ON_PAGES, IN_MAILS], ids=["pages", "mails"])
def test_a_phrase_is_read_by_those_for_whom_it_is_true_and_by_nobody_else(rules: dict[str, Rule], time: str):
    event, people = make_world()

    with time_of(event, time):
        leaving.expire_due()
        find = mails_of if rules is IN_MAILS else pages_of
        texts = {name: find(Registration.objects.get(pk=row.pk)) for name, row in people.items()}

    assert read_by_others(texts, rules, time) == {}


def pages_of(registration: Registration) -> str:
    """All that somebody can read behind their own links."""
    own = [reverse(name, args=[registration.token, *AND.get(name, ())]) for name in OWN_PAGES]
    return read([*own, reverse("events:join", args=[registration.join_token])])


def mails_of(registration: Registration) -> str:
    session = registration.event.sessions.get()
    context = {"session": session.pk, "sequence": session.sequence, "when": "1d"}
    return mails_to(registration, A_REGISTRATION, context)
