"""What whoever proposes a topic does with it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from breakouts.actions import review, rooms, topics
from breakouts.actions.refusals import NoLongerPossible
from breakouts.actions.topics import TooManyUnconfirmed
from breakouts.models import Host, Proposer, Topic
from events.actions import calling_off
from events.models import Closed, Event
from kit.meanwhile import NotOpen
from mail.models import OutgoingMail
from tests.breakouts.factories import make_social, organiser_of, propose
from tests.factories import make_event

pytestmark = pytest.mark.django_db

DANI = "dani@example.org"


@pytest.fixture
def event() -> Event:
    return make_social()


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


def steps(topic: Topic) -> list[str]:
    return list(topic.steps.values_list("kind", flat=True))


def test_a_proposal_waits_for_its_address_and_nobody_is_told_before(event):
    proposer = propose(event, email="Dani@Example.org", confirmed=False)

    assert (proposer.topic.state, proposer.email, steps(proposer.topic)) == ("new", DANI, ["proposed"])
    assert mails("proposal-confirm") == [DANI]
    assert mails("proposals-waiting") == []


def test_a_confirmed_proposal_reaches_the_organisers(event):
    proposer = topics.confirm(propose(event, email=DANI, confirmed=False))

    assert proposer.topic.state == "proposed"
    assert proposer.person
    assert proposer.person.email == DANI
    assert steps(proposer.topic) == ["proposed", "confirmed"]
    assert mails("proposals-waiting") == [organiser_of(event).email]


def test_confirming_twice_is_once(event):
    proposer = propose(event)

    with pytest.raises(NoLongerPossible):
        topics.confirm(proposer)

    assert steps(proposer.topic) == ["proposed", "confirmed"]


def test_three_proposals_within_ten_minutes_are_one_mail_to_the_organisers(event):
    with time_machine.travel("2026-04-01 12:01:00+00:00", tick=False):
        for _ in range(3):
            propose(event)

    assert len(mails("proposals-waiting")) == 1


def test_sending_the_same_again_is_one_proposal_and_one_mail(event):
    with time_machine.travel("2026-04-01 12:01:00+00:00", tick=False):
        first = propose(event, "Names", email=DANI, confirmed=False)
        second = propose(event, "Names", email=DANI, confirmed=False)

    assert (second.pk, event.topics.count()) == (first.pk, 1)
    assert mails("proposal-confirm") == [DANI]


def test_until_it_is_confirmed_the_newest_words_count(event):
    propose(event, "Names", email=DANI, confirmed=False, co_host_name="Sam", co_host_email="sam@example.org")
    propose(event, "Names", why="Second thoughts", hosting="alone", email=DANI, confirmed=False)

    topic = event.topics.get()
    assert (topic.why, topic.hosting, topic.hosts.count()) == ("Second thoughts", "alone", 0)
    assert topic.proposers.get().would_host is True


def test_what_is_confirmed_is_changed_by_its_link_only(event):
    first = propose(event, "Names", why="As it was", email=DANI)

    again = propose(event, "Names", why="As it was", hosting="alone", email=DANI, confirmed=False)

    first.topic.refresh_from_db()
    assert (again.pk, first.topic.hosting) == (first.pk, "someone_else")
    assert mails("proposal-again") == [DANI]


def test_other_words_under_the_same_title_are_another_proposal_once_the_first_is_confirmed(event):
    propose(event, "Names", why="As it was", email=DANI)

    propose(event, "Names", why="Something else", email=DANI, confirmed=False)

    assert event.topics.count() == 2


def test_nobody_fills_a_strangers_inbox_with_proposals(event):
    for number in range(3):
        propose(event, f"Topic {number}", email=DANI, confirmed=False)

    with pytest.raises(TooManyUnconfirmed):
        propose(event, "One more", email=DANI, confirmed=False)

    assert len(mails("proposal-confirm")) == 3
    assert propose(make_social(), "Elsewhere", email=DANI, confirmed=False).pk


def test_a_co_host_is_named_and_not_written_to_yet(event):
    proposer = propose(
        event, hosting="with_co_host", co_host_name="Sam", co_host_email="SAM@example.org", email=DANI
    )

    host = proposer.topic.hosts.get()
    assert (host.name, host.email, host.state, host.is_co_host) == ("Sam", "sam@example.org", "offered", True)
    assert OutgoingMail.objects.filter(to_email="sam@example.org").exists() is False


def test_nobody_is_their_own_co_host(event):
    propose(event, hosting="with_co_host", co_host_name="Dani", co_host_email=DANI.upper(), email=DANI)

    assert Host.objects.count() == 0


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ({"plan_takes_topics": False}, Closed.NOT_OFFERED),
        ({"plan_topics_until": timezone.now() - timedelta(hours=1)}, Closed.TOO_LATE),
        ({"starts_in": timedelta(hours=-1)}, Closed.BEGUN),
        ({"state": "draft"}, Closed.NOT_PUBLISHED),
    ],
)
def test_a_closed_list_takes_no_proposal_and_says_why(plan, reason):
    event = make_social(**plan)

    with pytest.raises(NotOpen) as refusal:
        propose(event)

    assert (refusal.value.reason, event.topics.count()) == (reason, 0)


def test_an_event_without_rooms_takes_no_proposal():
    with pytest.raises(NotOpen) as refusal:
        propose(make_event())

    assert refusal.value.reason == Closed.NOT_OFFERED


def test_what_was_proposed_in_time_can_be_confirmed_after_the_list_has_closed(event):
    proposer = propose(event, confirmed=False)
    event.breakout_plan.topics_until = timezone.now()
    event.breakout_plan.save()

    assert topics.confirm(proposer).topic.state == "proposed"


def test_nothing_is_confirmed_or_changed_once_the_event_has_begun(event):
    late, waiting = propose(event, confirmed=False), propose(event)

    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        with pytest.raises(NoLongerPossible):
            topics.confirm(late)
        with pytest.raises(NoLongerPossible):
            topics.change(waiting, title="New", why="", content_note="", support="")


def test_nothing_is_confirmed_for_a_cancelled_event(event):
    proposer = propose(event, confirmed=False)
    calling_off.cancel(event, reason="Ruth is ill.", by=organiser_of(event))

    with pytest.raises(NoLongerPossible):
        topics.confirm(proposer)


def test_whoever_never_proposed_anything_is_forgotten_at_once(event):
    proposer = propose(event, confirmed=False)

    topics.not_me(proposer)

    assert (Topic.objects.count(), Proposer.objects.count()) == (0, 0)


def test_what_was_confirmed_is_not_forgotten_by_a_press(event):
    proposer = propose(event)

    with pytest.raises(NoLongerPossible):
        topics.not_me(proposer)

    assert Topic.objects.count() == 1


def test_changed_words_go_back_to_the_organisers_and_the_old_ones_stay_beside_them(event):
    proposer = propose(event, "Names", why="Too short")
    review.ask_for_change(proposer.topic, by=organiser_of(event), words="Could you say more?")

    topic = topics.change(proposer, title="Our names", why="Long enough", content_note="", support="A guide")

    version = topic.versions.get()
    assert (topic.state, topic.title, topic.support) == ("proposed", "Our names", "A guide")
    assert (version.title, version.why) == ("Names", "Too short")
    assert steps(topic)[-2:] == ["change_wanted", "changed"]


def test_saving_the_same_words_keeps_no_version(event):
    proposer = propose(event, "Names", why="It matters")

    topic = topics.change(proposer, title="Names", why="It matters", content_note="", support="A guide")

    assert (topic.versions.count(), topic.support) == (0, "A guide")


@pytest.mark.parametrize("state", ["new", "accepted", "declined", "merged", "withdrawn", "folded"])
def test_words_change_only_while_nothing_is_decided(event, state):
    proposer = propose(event, "Names")
    Topic.objects.filter(pk=proposer.topic_id).update(state=state, number=1 if state == "accepted" else None)
    rooms.rewrite_summary(event)

    with pytest.raises(NoLongerPossible):
        topics.change(proposer, title="Others", why="", content_note="", support="")


def test_a_proposal_is_taken_back_and_a_named_co_host_is_forgotten(event):
    proposer = propose(event, hosting="with_co_host", co_host_name="Sam", co_host_email="sam@example.org")

    topics.withdraw(proposer)
    with pytest.raises(NoLongerPossible):
        topics.withdraw(proposer)

    topic = event.topics.get()
    assert (topic.state, topic.hosts.count(), steps(topic)[-1]) == ("withdrawn", 0, "withdrawn")
    assert steps(topic).count("withdrawn") == 1


def test_a_room_is_not_taken_back_by_whoever_proposed_it(event):
    proposer = propose(event)
    review.accept(proposer.topic, by=organiser_of(event))

    with pytest.raises(NoLongerPossible):
        topics.withdraw(proposer)
