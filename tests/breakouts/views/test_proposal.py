"""The page of whoever proposed a topic, opened by the link in their mail."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from breakouts.actions import review, topics
from breakouts.models import Proposer, Topic
from events.models import Event
from people.models import Person
from tests.breakouts.factories import make_social, make_topic, organiser_of, propose
from tests.factories import make_hub

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hub():
    make_hub()


@pytest.fixture
def event() -> Event:
    return make_social()


@pytest.fixture
def by(event: Event) -> Person:
    return organiser_of(event)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def page_of(proposer: Proposer) -> str:
    response = Client().get(proposer.get_absolute_url())
    assert response.status_code == 200
    return words(response)


def address(name: str, proposer: Proposer) -> str:
    return reverse(f"breakouts:proposal{name}", args=[proposer.token])


NAMES = ("", "_confirmation", "_mistake", "_words", "_withdrawal")


@pytest.mark.parametrize("name", NAMES)
def test_a_cut_changed_or_revoked_link_opens_nothing(event, name):
    proposer = propose(event)
    good = address(name, proposer)
    cut = good.replace(proposer.token, proposer.token[:-2])
    proposer.link_version += 1
    proposer.save()

    assert [Client().get(url).status_code for url in (cut, good)] == [404, 404]


def test_links_of_others_open_other_proposals_only(event):
    mine, theirs = propose(event, "Mine"), propose(event, "Theirs")

    assert "Theirs" not in page_of(mine)
    assert "Mine" not in page_of(theirs)


def test_before_the_address_is_confirmed_there_is_only_the_question(event):
    proposer = propose(event, "My words", confirmed=False)

    response = Client().get(proposer.get_absolute_url())

    assert response["Location"] == address("_confirmation", proposer)
    page = words(Client().get(response["Location"]))
    assert "Is this your topic?" in page
    assert "My words" in page


def test_a_named_co_host_stands_in_what_was_typed(event):
    named = {"hosting": "with_co_host", "co_host_name": "Sam Miller", "co_host_email": "sam@example.org"}
    first, second = propose(event, **named, confirmed=False), propose(event, **named)

    assert "With Sam Miller" in words(Client().get(address("_confirmation", first)))
    assert "With Sam Miller" in page_of(second)


def test_opening_the_mail_changes_nothing_and_pressing_does(event):
    proposer = propose(event, confirmed=False)

    for name in NAMES:
        Client().get(address(name, proposer))
    proposer.topic.refresh_from_db()
    assert proposer.topic.state == "new"
    response = Client().post(address("_confirmation", proposer))

    proposer.topic.refresh_from_db()
    assert (response["Location"], proposer.topic.state) == (proposer.get_absolute_url(), "proposed")


def test_confirming_again_leads_to_the_page(event):
    proposer = propose(event)

    for ask in (Client().get, Client().post):
        assert ask(address("_confirmation", proposer))["Location"] == proposer.get_absolute_url()


def test_too_late_to_confirm_is_said_and_still_can_be_forgotten(event):
    proposer = propose(event, confirmed=False)

    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        for ask in (Client().get, Client().post):
            page = words(ask(address("_confirmation", proposer)))
            assert "This can no longer be confirmed" in page
            assert address("_mistake", proposer) in page


def test_this_was_not_me_forgets_everything(event):
    proposer = propose(event, confirmed=False)
    assert "Was it not you?" in words(Client().get(address("_mistake", proposer)))

    response = Client().post(address("_mistake", proposer), follow=True)

    assert Topic.objects.count() == 0
    assert "We have forgotten your address" in words(response)


def test_once_confirmed_it_is_taken_back_instead_of_forgotten(event):
    proposer = propose(event)

    for ask in (Client().get, Client().post):
        assert ask(address("_mistake", proposer))["Location"] == address("_withdrawal", proposer)
    assert Topic.objects.count() == 1


def test_while_it_is_with_the_organisers_it_says_so(event):
    page = page_of(propose(event, "Names"))

    assert "<h1>Your topic is with the organisers</h1>" in page
    assert "You confirmed your address. The organisers have it now." in page
    assert "Change it" in page
    assert "Take my topic back" in page


def test_a_wanted_change_shows_what_the_organisers_wrote_and_leads_to_the_form(event, by):
    proposer = propose(event, "Names", why="Short")
    review.ask_for_change(proposer.topic, by=by, words="Could you say <more>?")

    page = page_of(proposer)
    form = words(Client().get(address("_words", proposer)))

    assert "<h1>The organisers ask you for a change</h1>" in page
    assert "Could you say &lt;more&gt;?" in page
    assert "Could you say &lt;more&gt;?" in form
    assert "> Short</textarea>" in form


def test_old_and_new_words_stand_side_by_side(event, by):
    proposer = propose(event, "Names", why="Short words")
    review.ask_for_change(proposer.topic, by=by, words="More, please")

    new = {"title": "Names", "why": "Longer words", "content_note": "", "support": ""}
    response = Client().post(address("_words", proposer), new, follow=True)

    page = words(response)
    assert "The organisers have the new words now" in page
    assert "What has changed" in page
    assert "Short" in page
    assert "Longer" in page


def test_a_change_that_misses_something_keeps_what_was_typed(event):
    proposer = propose(event)

    response = Client().post(address("_words", proposer), {"title": "", "why": "Typed with care"})

    assert "There is a problem" in words(response)
    assert "Typed with care" in words(response)


def test_a_decision_made_while_writing_is_said_and_keeps_what_was_typed(event, by):
    proposer = propose(event)
    review.accept(proposer.topic, by=by)

    response = Client().post(address("_words", proposer), {"title": "New", "why": "Typed with care"})

    assert "The organisers decided while you were writing" in words(response)
    assert "Typed with care" in words(response)


def test_a_meeting_address_is_asked_about_in_a_change_too(event):
    proposer = propose(event)
    new = {"title": "New", "why": "https://zoom.us/j/123456789"}

    asked = Client().post(address("_words", proposer), new)
    saved = Client().post(address("_words", proposer), new | {"address_is_meant": "on"})

    assert "looks like the way into a meeting" in words(asked)
    assert saved.status_code == 302


def test_a_topic_is_taken_back_with_one_press(event):
    proposer = propose(event)
    assert "Take your topic back?" in words(Client().get(address("_withdrawal", proposer)))

    response = Client().post(address("_withdrawal", proposer), follow=True)

    assert "<h1>You took your topic back</h1>" in words(response)
    assert Client().post(address("_withdrawal", proposer)).status_code == 302


def test_what_is_decided_cannot_be_taken_back_or_changed(event, by):
    proposer = propose(event)
    review.accept(proposer.topic, by=by)

    for name in ("_words", "_withdrawal"):
        assert Client().get(address(name, proposer))["Location"] == proposer.get_absolute_url()
    assert "Take my topic back" not in page_of(proposer)


def test_the_page_is_kept_by_nobody_and_found_by_no_search(event):
    response = Client().get(propose(event).get_absolute_url())

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


def test_the_page_asks_no_more_with_a_long_history_and_many_rooms(event, by):
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            page_of(proposer)
        return len(context)

    proposer = propose(event, "Topic")
    topics.change(proposer, title="Topic 0", why="", content_note="", support="")
    before = queries()
    for number in range(1, 4):
        topics.change(proposer, title=f"Topic {number}", why="", content_note="", support="")
        make_topic(event, host="Keli")

    assert queries() == before
