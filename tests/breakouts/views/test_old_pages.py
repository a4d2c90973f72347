"""An old page does not say that it worked: something happens in one tab, then a button is pressed in another that was
opened before. Here: hosts, helpers and whoever proposed a topic."""

import pytest
from django.test import Client

from breakouts.actions import helpers, host_departures, hosts, review, topics
from tests.old_pages import (
    CANCELLED,
    NO,
    NOTHING,
    OVER,
    YES,
    Old,
    assert_nothing_was_changed,
    cancel,
    end,
    nothing,
    own,
)

pytestmark = pytest.mark.django_db

HOSTS = f"{NOTHING} You host this room. If you can’t after all, you can give it back on this page."
NO_HOST = f"{NOTHING} You have given the room back. You can offer again on this page."
HELPS = f"{NOTHING} You help: Take notes. If you can’t help after all, you can tell us on this page."
TAKEN_BACK = f"{NOTHING} You took your topic back."
VALUES = {"accepts_values": "on"}

OF_VOLUNTEERS = [
    Old(
        "host confirmed twice",
        lambda w: hosts.confirm(w.host_offer, values=None),
        own("breakouts:host_confirmation", "host_offer"),
        f"{NOTHING} You are 1st in line to host. You can take your offer back on this page.",
        VALUES,
    ),
    Old(
        "host confirmed, then “not me”",
        lambda w: hosts.confirm(w.host_offer, values=None),
        own("breakouts:host_mistake", "host_offer"),
        f"{NOTHING} You are 1st in line to host. You can take your offer back on this page.",
    ),
    Old(
        "asked: yes, then no",
        lambda w: hosts.agree(w.asked, values=None),
        own("breakouts:host_answer", "asked"),
        HOSTS,
        NO,
    ),
    Old(
        "asked: yes twice",
        lambda w: hosts.agree(w.asked, values=None),
        own("breakouts:host_answer", "asked"),
        HOSTS,
        YES | VALUES | {"name": "Sam"},
    ),
    Old(
        "asked: no, then yes",
        lambda w: host_departures.step_down(w.asked),
        own("breakouts:host_answer", "asked"),
        f"{NOTHING} You said no, and that is fine. You can offer again on this page.",
        YES | VALUES,
    ),
    Old(
        "asked, taken back, then yes",
        lambda w: host_departures.take_back(w.co_host, by=w.host),
        own("breakouts:host_answer", "co_host"),
        f"{NOTHING} You are no longer asked. You can offer again on this page.",
        YES | VALUES,
    ),
    Old(
        "asked, cancelled, then yes",
        cancel,
        own("breakouts:host_answer", "asked"),
        CANCELLED,
        YES | VALUES | {"name": "Sam"},
    ),
    Old(
        "stepped down twice",
        lambda w: host_departures.step_down(w.host),
        own("breakouts:host_departure", "host"),
        NO_HOST,
    ),
    Old("over, then step down", end, own("breakouts:host_departure", "host"), OVER),
    Old(
        "stepped down, then questions",
        lambda w: host_departures.step_down(w.host),
        own("breakouts:host_prompts", "host"),
        NO_HOST,
        {"prompts": "Why?", "before": ""},
    ),
    Old(
        "cancelled, then questions",
        cancel,
        own("breakouts:host_prompts", "host"),
        CANCELLED,
        {"prompts": "Why?"},
    ),
    Old(
        "stepped down, then ask a co-host",
        lambda w: host_departures.step_down(w.host),
        own("breakouts:host_co_host", "host"),
        NO_HOST,
        {"name": "Lee", "email": "lee@example.org"},
    ),
    Old(
        "taken away twice",
        nothing,
        own("breakouts:host_material_removal", "host", pk=lambda w: 1),
        f"{NOTHING} It was taken away before, and so was its file.",
    ),
    Old(
        "helper confirmed twice",
        lambda w: helpers.confirm(w.helper_offer, values=None),
        own("breakouts:helper_confirmation", "helper_offer"),
        f"{NOTHING} You are in reserve, 1st. If you can’t help after all, you can tell us on this page.",
        VALUES,
    ),
    Old(
        "helper confirmed, then “not me”",
        lambda w: helpers.confirm(w.helper_offer, values=None),
        own("breakouts:helper_mistake", "helper_offer"),
        f"{NOTHING} You are in reserve, 1st. If you can’t help after all, you can tell us on this page.",
    ),
    Old("helper “not me”, who helps", nothing, own("breakouts:helper_mistake", "helper"), HELPS),
    Old(
        "helper stepped down twice",
        lambda w: helpers.step_down(w.helper),
        own("breakouts:helper_departure", "helper"),
        f"{NOTHING} You have stepped down.",
    ),
    Old(
        "helper taken off, then step down",
        lambda w: helpers.remove(w.helper, by=w.organiser),
        own("breakouts:helper_departure", "helper"),
        f"{NOTHING} You no longer help with this.",
    ),
    Old("over, then helper steps down", end, own("breakouts:helper_departure", "helper"), OVER),
    Old(
        "topic confirmed twice",
        lambda w: topics.confirm(w.proposer_offer),
        own("breakouts:proposal_confirmation", "proposer_offer"),
        f"{NOTHING} Your topic is with the organisers. You can change it or take it back on this page.",
    ),
    Old(
        "topic taken back twice",
        lambda w: topics.withdraw(w.proposer),
        own("breakouts:proposal_withdrawal", "proposer"),
        TAKEN_BACK,
    ),
    Old(
        "topic accepted, then taken back",
        lambda w: review.accept(w.proposer.topic, by=w.organiser),
        own("breakouts:proposal_withdrawal", "proposer"),
        f"{NOTHING} Your topic is room 3.",
    ),
    Old(
        "topic declined, then “not me”",
        lambda w: review.decline(w.proposer.topic, by=w.organiser, words="Sorry"),
        own("breakouts:proposal_mistake", "proposer"),
        f"{NOTHING} Your topic was not taken this time.",
    ),
]


@pytest.mark.parametrize("old", OF_VOLUNTEERS, ids=lambda old: old.name)
def test_a_press_on_an_old_page_changes_nothing_and_says_what_is_true_now(client: Client, old: Old):
    assert_nothing_was_changed(client, old)
