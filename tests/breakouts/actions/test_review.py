"""What organisers decide: each step from a proposal to a room, and back."""

from datetime import timedelta

import pytest
import time_machine

from breakouts.actions import host_departures, review, rooms, topics
from breakouts.actions.refusals import NoLongerPossible
from breakouts.actions.review import SeatsTooFew
from breakouts.models import Placement, Proposer, RoomChoice, Topic
from concerns.models import Concern
from events.actions import leaving
from events.models import Event
from mail.models import OutgoingMail
from people.models import Membership, Person
from tests.breakouts.factories import make_host, make_social, make_topic, organiser_of, propose, sit
from tests.factories import make_member, register

pytestmark = pytest.mark.django_db

HARM = "canary-text-that-attacks"


@pytest.fixture
def event() -> Event:
    return make_social()


@pytest.fixture
def by(event: Event) -> Person:
    return organiser_of(event)


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


def steps(topic: Topic) -> list[str]:
    return list(topic.steps.values_list("kind", flat=True))


def numbered(event: Event) -> list[tuple[int, str]]:
    return list(event.topics.accepted().values_list("number", "title"))


def on_the_page(event: Event) -> list[tuple[int, str]]:
    event.breakout_plan.refresh_from_db()
    return [(topic["number"], topic["title"]) for topic in event.breakout_plan.on_the_page["topics"]]


def asked(topic: Topic) -> list[tuple[str, bool]]:
    return list(topic.hosts.filter(state="asked").order_by("pk").values_list("email", "is_co_host"))


# Accepting


def test_an_accepted_proposal_becomes_the_last_room_and_the_proposer_is_told(event, by):
    make_topic(event, "First")
    proposer = propose(event, "Second")

    topic = review.accept(proposer.topic, by=by, words="Lovely.")

    assert (topic.state, topic.number, topic.answer) == ("accepted", 2, "Lovely.")
    assert steps(topic) == ["proposed", "confirmed", "accepted"]
    assert (topic.steps.last().by, topic.steps.last().note) == (by, "Lovely.")
    assert mails("proposal-news") == [proposer.email]
    assert on_the_page(event) == [(1, "First"), (2, "Second")]


def test_accepting_twice_is_once(event, by):
    topic = propose(event, hosting="alone").topic

    review.accept(topic, by=by)
    with pytest.raises(NoLongerPossible):
        review.accept(topic, by=by)

    assert steps(topic).count("accepted") == 1
    assert len(mails("proposal-news")) == len(mails("host-asked")) == 1


def test_whoever_would_rather_not_host_is_not_asked(event, by):
    topic = review.accept(propose(event, hosting="someone_else").topic, by=by)

    assert asked(topic) == []


def test_a_co_host_named_in_a_proposal_is_asked_only_with_the_acceptance(event, by):
    proposer = propose(event, hosting="with_co_host", co_host_name="Sam", co_host_email="sam@example.org")
    before = mails("host-asked")

    topic = review.accept(proposer.topic, by=by)

    assert before == []
    assert asked(topic) == [("sam@example.org", True), (proposer.email, False)]


@pytest.mark.parametrize("state", ["new", "declined", "merged", "withdrawn", "folded"])
def test_what_is_decided_or_not_confirmed_cannot_be_accepted(event, by, state):
    topic = propose(event).topic
    Topic.objects.filter(pk=topic.pk).update(state=state)

    with pytest.raises(NoLongerPossible):
        review.accept(topic, by=by)


def test_a_proposal_for_what_is_over_is_not_accepted(event, by):
    topic = propose(event).topic

    with time_machine.travel(event.ends_at + timedelta(hours=1)), pytest.raises(NoLongerPossible):
        review.accept(topic, by=by)

    assert mails("host-asked") == []


# Asking for a change


def test_a_change_is_asked_for_in_words_and_the_next_words_are_to_be_reviewed_again(event, by):
    proposer = propose(event, "Old title")

    topic = review.ask_for_change(proposer.topic, by=by, words="Could the title say more?")
    assert (topic.state, topic.answer) == ("change_wanted", "Could the title say more?")

    topics.change(proposer, title="New title", why="It matters.", content_note="", support="")
    topic.refresh_from_db()
    assert topic.state == "proposed"
    assert steps(topic)[2:] == ["change_wanted", "changed"]
    assert list(topic.versions.values_list("title", flat=True)) == ["Old title"]


def test_a_room_is_not_sent_back_to_be_changed(event, by):
    with pytest.raises(NoLongerPossible):
        review.ask_for_change(make_topic(event), by=by, words="Please.")


# Declining


def test_a_declined_proposal_keeps_the_kind_words_and_its_history(event, by):
    proposer = propose(event, hosting="with_co_host", co_host_name="Sam", co_host_email="sam@example.org")

    topic = review.decline(proposer.topic, by=by, words="Thank you. Not this time.")

    assert (topic.state, topic.answer) == ("declined", "Thank you. Not this time.")
    assert mails("proposal-news") == [proposer.email]
    assert not topic.hosts.exists()
    assert not topic.is_set_aside
    with pytest.raises(NoLongerPossible):
        review.decline(topic, by=by, words="Again.")


def test_what_attacks_people_is_left_with_those_who_read_concerns_only(event, by):
    contact = make_member(event.group, Membership.Role.NAMED_CONTACT)
    proposer = propose(event, HARM, why=HARM, content_note=HARM, support=HARM)
    review.ask_for_change(proposer.topic, by=by, words=f"You wrote: {HARM}")
    topics.change(proposer, title=f"{HARM} again", why=HARM, content_note="", support=HARM)

    topic = review.set_aside(proposer.topic, by=by, words="We cannot take this.")

    concern = Concern.objects.get()
    assert concern.kind == "proposal"
    assert concern.text.count(HARM) >= 7
    assert proposer.email in concern.who
    assert mails("concern-news") == [contact.email]
    assert topic.is_set_aside
    assert str(topic) == "(a proposal that was set aside)"
    assert not topic.versions.exists()
    assert HARM not in repr([*Topic.objects.values(), *topic.steps.values(), *OutgoingMail.objects.values()])
    assert [step.note for step in topic.steps.all() if step.note] == ["We cannot take this."]


def test_a_room_cannot_be_set_aside(event, by):
    with pytest.raises(NoLongerPossible):
        review.set_aside(make_topic(event), by=by, words="No.")


# Joining two


def test_two_proposals_become_one_and_both_who_would_host_are_asked_when_it_is_accepted(event, by):
    first, second = propose(event, "Faith", hosting="alone"), propose(event, "Belief", hosting="alone")

    into = review.merge(second.topic, into=first.topic, by=by, words="They ask the same.")
    before = mails("host-asked")
    topic = review.accept(into, by=by)

    second.topic.refresh_from_db()
    assert (second.topic.state, second.topic.merged_into) == ("merged", topic)
    assert before == []
    assert asked(topic) == [(first.email, False), (second.email, True)]
    assert second.email in mails("proposal-news")


def test_a_proposal_joined_with_a_room_asks_its_proposer_to_co_host_at_once(event, by):
    room = make_topic(event, host="Keli")
    proposer = propose(event, hosting="alone")

    review.merge(proposer.topic, into=room, by=by)

    assert asked(room) == [(proposer.email, True)]


def test_a_proposal_joined_with_a_room_without_host_asks_its_proposer_to_host(event, by):
    room = make_topic(event)
    proposer = propose(event, hosting="alone")

    review.merge(proposer.topic, into=room, by=by)

    assert asked(room) == [(proposer.email, False)]


def test_what_had_been_joined_with_a_proposal_goes_on_with_it(event, by):
    first, second, third = (propose(event, hosting="alone") for _ in range(3))
    review.merge(first.topic, into=second.topic, by=by)
    review.merge(second.topic, into=third.topic, by=by)

    topic = review.accept(third.topic, by=by)

    assert sorted(email for email, _co in asked(topic)) == sorted([first.email, second.email, third.email])
    assert [co for _email, co in asked(topic)].count(False) == 1


def test_somebody_who_proposed_both_is_asked_once(event, by):
    first = propose(event, "Faith", hosting="alone", email="same@example.org")
    second = propose(event, "Belief", hosting="alone", email="same@example.org")
    review.merge(second.topic, into=first.topic, by=by)

    topic = review.accept(first.topic, by=by)

    assert asked(topic) == [("same@example.org", False)]


def test_whoever_said_no_is_not_asked_again_when_something_is_joined_with_the_room(event, by):
    first, second = (propose(event, hosting="alone") for _ in range(2))
    topic = review.accept(first.topic, by=by)
    host_departures.step_down(topic.hosts.get())

    review.merge(second.topic, into=topic, by=by)

    assert asked(topic) == [(second.email, False)]


def test_whoever_proposed_what_was_joined_hears_of_its_end(event, by):
    first, second, third, fourth = (propose(event) for _ in range(4))
    review.merge(second.topic, into=first.topic, by=by)
    review.merge(fourth.topic, into=third.topic, by=by)
    OutgoingMail.objects.all().delete()

    review.decline(first.topic, by=by, words="Not this time.")
    review.fold(review.accept(third.topic, by=by), by=by, words="Too few hosts.")

    assert mails("proposal-news").count(second.email) == mails("room-folded").count(fourth.email) == 1
    for proposer, state, words in (
        (second, "declined", "Not this time."),
        (fourth, "folded", "Too few hosts."),
    ):
        proposer.topic.refresh_from_db()
        assert (proposer.topic.state, proposer.topic.answer) == (state, words)


def test_what_was_joined_with_a_proposal_that_is_taken_back_is_to_be_decided_by_itself(event, by):
    first, second = propose(event), propose(event, "Belief")
    review.merge(second.topic, into=first.topic, by=by)

    topics.withdraw(first)
    with pytest.raises(NoLongerPossible):
        topics.withdraw(first)

    second.topic.refresh_from_db()
    assert (second.topic.state, second.topic.merged_into) == ("proposed", None)
    assert steps(second.topic)[-2:] == ["merged", "returned"]
    assert list(event.topics.to_review()) == [second.topic]


def test_what_was_joined_can_be_taken_back_and_the_other_goes_on(event, by):
    first, second = propose(event), propose(event, "Belief", hosting="alone")
    review.merge(second.topic, into=first.topic, by=by)

    topics.withdraw(second)
    with pytest.raises(NoLongerPossible):
        topics.withdraw(second)
    room = review.accept(first.topic, by=by)

    second.topic.refresh_from_db()
    assert (second.topic.state, second.topic.merged_into) == ("withdrawn", None)
    assert steps(second.topic)[-2:] == ["merged", "withdrawn"]
    assert (room.is_accepted, asked(room)) == (True, [])


def test_whoever_takes_their_part_of_a_room_back_is_no_longer_asked_to_host_it(event, by):
    room = make_topic(event, "Theirs")
    proposer, willing = propose(event, "Mine", hosting="alone"), "sam@example.org"
    review.merge(proposer.topic, into=room, by=by)
    before = asked(room)
    make_host(room, willing)

    topics.withdraw(proposer)

    assert (before, asked(room)) == ([(proposer.email, False)], [(willing, False)])
    assert mails("proposal-news") == [proposer.email]


def test_once_the_event_has_begun_a_part_of_a_room_stays(event, by):
    proposer, room = propose(event, "Mine"), make_topic(event, "Theirs")
    review.merge(proposer.topic, into=room, by=by)

    with time_machine.travel(event.starts_at, tick=False), pytest.raises(NoLongerPossible):
        topics.withdraw(proposer)


def test_what_was_joined_with_something_that_is_set_aside_is_judged_by_itself(event, by):
    first, second = propose(event, HARM), propose(event, "Belief")
    review.merge(second.topic, into=first.topic, by=by)

    review.set_aside(first.topic, by=by, words="We cannot take this.")

    second.topic.refresh_from_db()
    assert (second.topic.state, second.topic.title) == ("proposed", "Belief")


@pytest.mark.parametrize("state", ["new", "declined", "merged", "withdrawn", "folded"])
def test_a_proposal_is_joined_with_nothing_that_is_not_going_on(event, by, state):
    topic, other = propose(event).topic, propose(event).topic
    Topic.objects.filter(pk=other.pk).update(state=state)

    with pytest.raises(NoLongerPossible):
        review.merge(topic, into=other, by=by)


def test_a_proposal_is_joined_neither_with_itself_nor_with_another_events(event, by):
    topic, elsewhere = propose(event).topic, propose(make_social()).topic

    for into in (topic, elsewhere):
        with pytest.raises(NoLongerPossible):
            review.merge(topic, into=into, by=by)


# Rooms of their own, and their words


def test_an_organisers_own_topic_is_a_room_at_once_and_pressed_twice_is_one(event, by):
    topic = review.add(event, title="Ours", by=by)
    same = review.add(event, title="Ours", by=by)

    assert (topic, topic.number, topic.created_by) == (same, 1, by)
    assert on_the_page(event) == [(1, "Ours")]


def test_the_words_before_an_organisers_edit_are_kept(event, by):
    topic = make_topic(event, "Before")

    review.edit(topic, by=by, title="After")
    review.edit(topic, by=by, seats=10, join_address="https://meeting.example.org/4")

    assert list(topic.versions.values_list("title", flat=True)) == ["Before"]
    topic.refresh_from_db()
    assert (topic.seats, topic.join_address) == (10, "https://meeting.example.org/4")
    assert on_the_page(event) == [(1, "After")]


def test_a_rooms_own_seats_are_never_fewer_than_people_sit_there(event, by):
    topic = make_topic(event)
    sit(event, topic), sit(event, topic)

    with pytest.raises(SeatsTooFew) as refusal:
        review.edit(topic, by=by, seats=1)

    assert refusal.value.taken == 2
    review.edit(topic, by=by, seats=2)


# Numbers


def test_moving_a_room_changes_no_other_number(event, by):
    for title in ("A", "B", "C", "D"):
        make_topic(event, title)
    b = event.topics.get(title="B")
    review.fold(b, by=by)

    moved = review.move(event.topics.get(title="C"), up=True)

    assert moved.number == 1
    assert numbered(event) == [(1, "C"), (3, "A"), (4, "D")] == on_the_page(event)


def test_a_room_at_the_end_stays_there(event):
    first, last = make_topic(event, "A"), make_topic(event, "B")

    for room, up in ((first, True), (last, False)):
        with pytest.raises(NoLongerPossible):
            review.move(room, up=up)

    assert numbered(event) == [(1, "A"), (2, "B")]


def test_after_a_fold_in_the_middle_the_next_room_comes_at_the_end(event, by):
    make_topic(event, "A")
    middle = make_topic(event, "B")
    make_topic(event, "C")

    review.fold(middle, by=by)
    review.accept(propose(event, "D").topic, by=by)

    assert numbered(event) == [(1, "A"), (3, "C"), (4, "D")]


def test_what_is_no_room_does_not_move(event):
    proposal = propose(event).topic

    with pytest.raises(NoLongerPossible):
        review.move(proposal, up=True)


# Folding


def test_people_of_a_folded_room_are_told_and_choose_again(event, by):
    topic, other = make_topic(event, "A", host="Dani"), make_topic(event, "B")
    person = sit(event, topic)

    review.fold(topic, by=by)

    assert sorted(mails("room-folded")) == sorted([person.email, topic.hosts.get().email])
    assert not Placement.objects.exists()
    assert not RoomChoice.objects.exists()
    assert on_the_page(event) == [(2, "B")]
    rooms.choose(person, other)
    assert Placement.objects.get().topic == other


def test_folding_twice_is_once_and_its_proposer_is_told(event, by):
    proposer = propose(event)
    topic = review.accept(proposer.topic, by=by)

    review.fold(topic, by=by, words="Too few hosts.")
    with pytest.raises(NoLongerPossible):
        review.fold(topic, by=by, words="Too few hosts.")

    topic.refresh_from_db()
    assert (topic.state, topic.answer, topic.number) == ("folded", "Too few hosts.", None)
    assert steps(topic)[-2:] == ["accepted", "folded"]
    assert mails("proposal-news") == mails("room-folded") == [proposer.email]


def test_whoever_left_is_not_told_of_a_fold(event, by):
    topic = make_topic(event)
    gone = sit(event, topic)
    leaving.leave(gone)

    review.fold(topic, by=by)

    assert mails("room-folded") == []


def test_a_folded_room_is_no_longer_joined_with_anything(event, by):
    room = make_topic(event)
    review.fold(room, by=by)

    with pytest.raises(NoLongerPossible):
        review.merge(propose(event).topic, into=room, by=by)


def test_every_decision_names_who_took_it(event, by):
    accepted, declined, changed, merged = (propose(event).topic for _ in range(4))

    review.ask_for_change(changed, by=by, words="Please.")
    review.accept(accepted, by=by)
    review.merge(merged, into=accepted, by=by)
    review.decline(declined, by=by, words="Sorry.")
    review.fold(accepted, by=by)

    last = [topic.steps.last() for topic in (changed, accepted, merged, declined)]
    assert [step.by for step in last] == [by] * 4
    assert Proposer.objects.count() == 4


def test_hosts_of_a_room_stay_when_its_words_change(event, by):
    topic = make_topic(event)
    host = make_host(topic)

    review.edit(topic, by=by, title="Other words")
    host_departures.step_down(host)

    assert mails("host-lost") == [by.email]


def test_somebody_who_only_waits_for_a_place_has_no_seat_to_lose(by):
    event = make_social(places=1)
    topic = make_topic(event)
    sit(event, topic)
    waiting = register(event)

    assert waiting.state == "waiting"
    with pytest.raises(rooms.NoPlaceYet):
        rooms.choose(waiting, topic)
