"""Words fit the state of hosts, helpers and whoever proposed a topic, on their pages and in their mails: a phrase is read
by those for whom it is true, and by nobody else."""

from typing import Any

import pytest
from django.urls import reverse

from breakouts.actions import helpers, host_departures, hosts, review, topics
from breakouts.mails.writing import A_HELPER, A_HOST
from events.models import Event
from mail.kinds import About
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_role,
    make_social,
    make_topic,
    offer_to_host,
    organiser_of,
    propose,
)
from tests.factories import make_hub
from tests.words import TIMES, TRIED, Rule, at, mails_to, read, read_by_others, time_of
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

World = tuple[Event, dict[str, Any]]

AFTER_THE_START = ("begun", "over", "cancelled")

OF_HOSTS: dict[str, Rule] = {
    "Will you hold this room?": at("before", "begun", who="offer asked"),
    "Will you host this room together?": at("before", "begun", who="asked_as_co_host"),
    "You host this room": at("before", "begun", who="hosting beside"),
    "You hosted this room": at("over", who="hosting beside"),
    "in line to host": at("before", "begun", who="willing"),
    "If they can’t, we ask whoever is first in line": at("before", who="willing"),
    "nobody is asked any more": at("begun", who="willing"),
    "We look for another host now.": at("before", who="gave_back"),
    "will host the room.": at("before", who="gave_back_to_co_host"),
    "Your place at the event is still yours": at(
        "before", "begun", who="gave_back gave_back_to_co_host removed closed"
    ),
    "Thank you for having been ready to host": at("begun", "over", who="willing"),
    "Thank you for holding the room": at("over", who="hosting beside"),
    "I could hold it after all": at("before", who="gave_back gave_back_to_co_host declined removed"),
    "This event is cancelled": at("cancelled", who="offer asked asked_as_co_host"),
}
MAILS_OF_HOSTS: dict[str, Rule] = {
    "I can hold it": at("before", "begun", who="offer"),
    "Yes or no: answer here": at("before", "begun", who="asked asked_as_co_host"),
    "You have a place at the event": at("before", "begun", who="hosting beside"),
    "and you host": at("before", who="hosting beside"),
    "Somebody else has the room at the moment": at("before", "begun", who="willing"),
    "you are no longer needed for it": at("before", "begun", who="removed"),
}
OF_HELPERS: dict[str, Rule] = {
    "You look after the technology": at("before", "begun", who="helping"),
    "You are in reserve": at("before", "begun", who="reserve"),
    "you would be 2nd in reserve": at("before", "begun", who="offer"),
    "Whoever is first in reserve gets the slot": at("before", "begun", who="helping"),
    "Do you want to help?": at("before", "begun", who="offer"),
    "the slot is yours, and we write to you at once": at("before", "begun", who="reserve"),
    "Your place at the event is still yours": at("before", "begun", who="left removed"),
    "Thank you for helping It made a difference.": at("over", who="helping"),
    "Thank you for having been there in reserve": at("over", who="reserve"),
    "somebody else can help instead": at(*TIMES[:3], who="left"),
    "The organisers no longer need this help": at(*TIMES[:3], who="removed"),
    "What help is still wanted": at("before", "begun", who="left removed"),
}
MAILS_OF_HELPERS: dict[str, Rule] = {
    "If it was you, open this page and press the button": at("before", "begun", who="offer"),
    "You have a place at the event.": at("before", "begun", who="helping"),
    "All slots are taken at the moment": at("before", "begun", who="reserve"),
    "no longer need your help": at("before", "begun", who="removed"),
}
OF_PROPOSERS: dict[str, Rule] = {
    "They read every topic": at("before", who="proposed"),
    "It has not become a room of this event": at(*AFTER_THE_START, who="proposed"),
    "It goes back to them when you have changed it": at("before", who="change_wanted"),
    "Everyone can see it on the event's page now": at(*TIMES, who="accepted"),
    "A host is wanted now": at("before", who="accepted"),
    "We write to you when it is": at("before", who="merged"),
    "Suggest another topic": at("before", who="withdrawn"),
    "can choose another room": at("before", who="folded"),
    "That is no judgement of you": at(*TIMES, who="declined"),
}


@made_once
def make_hosts() -> World:
    make_hub()
    event = make_social()
    by = organiser_of(event)
    people = {
        name: make_host(make_topic(event))
        for name in ("hosting", "gave_back", "gave_back_to_co_host", "removed", "closed")
    }
    people["offer"] = offer_to_host(make_topic(event))
    people["willing"] = make_host(people["hosting"].topic)
    people["asked"] = ask(make_topic(event))
    people["asked_as_co_host"] = ask(people["hosting"].topic, by=people["hosting"])
    people["declined"] = host_departures.step_down(ask(make_topic(event)))
    former = people["gave_back_to_co_host"]
    people["beside"] = hosts.agree(ask(former.topic, by=former), values=None)
    for name in ("gave_back", "gave_back_to_co_host"):
        host_departures.step_down(people[name])
    host_departures.remove(people["removed"], by=by)
    review.fold(people["closed"].topic, by=by)
    return event, people


def ask(topic: Any, *, by: Any = None) -> Any:
    email = f"asked-{topic.pk}@example.org"
    return hosts.invite(topic, name="Sam", email=email, as_co_host=by is not None, by=by)


@made_once
def make_helpers() -> World:
    make_hub()
    event = make_social()
    role = make_role(event, "tech", wanted=3)
    people = {name: make_helper(role) for name in ("left", "removed", "helping")}
    helpers.step_down(people["left"])
    helpers.remove(people["removed"], by=organiser_of(event))
    helpers.want(event, {"tech": 1})
    people["reserve"] = make_helper(role)
    people["offer"] = helpers.offer(role, name="Ren", email="ren@example.org")
    return event, people


@made_once
def make_proposers() -> World:
    make_hub()
    event = make_social()
    by = organiser_of(event)
    names = ("proposed", "change_wanted", "accepted", "declined", "merged", "withdrawn", "folded")
    people = {name: propose(event) for name in names}
    review.ask_for_change(people["change_wanted"].topic, by=by, words="Shorter, please.")
    review.accept(people["accepted"].topic, by=by)
    review.decline(people["declined"].topic, by=by, words="Not this time.")
    review.merge(people["merged"].topic, into=people["proposed"].topic, by=by)
    topics.withdraw(people["withdrawn"])
    review.fold(review.accept(people["folded"].topic, by=by), by=by)
    return event, people


HOST_PAGES = ("host", "host_departure", "host_answer", "host_confirmation")
HELPER_PAGES = ("helper", "helper_departure", "helper_confirmation")
PROPOSER_PAGES = ("proposal", "proposal_words", "proposal_withdrawal")


@pytest.mark.many
@pytest.mark.parametrize("time", TRIED)
@pytest.mark.parametrize(
    ("make_world", "pages", "rules"),
    [
        pytest.param(make_hosts, HOST_PAGES, OF_HOSTS, id="hosts"),
        pytest.param(make_helpers, HELPER_PAGES, OF_HELPERS, id="helpers"),
        pytest.param(make_proposers, PROPOSER_PAGES, OF_PROPOSERS, id="proposers"),
    ],
)
def test_a_phrase_on_a_page_is_read_by_those_for_whom_it_is_true(
    make_world: Any, pages: tuple[str, ...], rules: dict[str, Rule], time: str
):
    event, people = make_world()

    with time_of(event, time):
        texts = {
            name: read(reverse(f"breakouts:{page}", args=[row.token]) for page in pages)
            for name, row in people.items()
        }

    assert read_by_others(texts, rules, time) == {}


@pytest.mark.many
@pytest.mark.parametrize("time", TRIED)
@pytest.mark.parametrize(
    ("make_world", "about", "rules"),
    [
        pytest.param(make_hosts, A_HOST, MAILS_OF_HOSTS, id="hosts"),
        pytest.param(make_helpers, A_HELPER, MAILS_OF_HELPERS, id="helpers"),
    ],
)
def test_a_phrase_in_a_mail_is_read_by_those_for_whom_it_is_true(
    make_world: Any, about: About, rules: dict[str, Rule], time: str
):
    event, people = make_world()

    with time_of(event, time):
        session = event.sessions.get()
        context = {"session": session.pk}
        texts = {name: mails_to(about.rows().get(pk=row.pk), about, context) for name, row in people.items()}

    assert read_by_others(texts, rules, time) == {}
