from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from breakouts.actions import helpers, host_departures, hosts, plans, retention, review
from breakouts.actions.hosts import AlreadyThere, AskedOften, Enough
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Host, Placement, Topic
from events.actions import calling_off, events, my_data, publishing
from events.models import Event
from mail.models import OutgoingMail
from tests.breakouts.factories import (
    make_host,
    make_social,
    make_topic,
    offer_to_host,
    organiser_of,
    propose,
    sit,
)
from tests.factories import register

pytestmark = pytest.mark.django_db


def states(topic: Topic) -> list[str]:
    return list(topic.hosts.order_by("pk").values_list("state", flat=True))


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


def on_the_page(event: Event) -> list[tuple[str, list[str]]]:
    event.breakout_plan.refresh_from_db()
    return [(topic["state"], topic["hosts"]) for topic in event.breakout_plan.on_the_page["topics"]]


def test_whoever_confirms_first_has_the_room_and_the_next_is_willing_and_told():
    event = make_social()
    topic = make_topic(event)
    slow, quick = offer_to_host(topic, name="Slow"), offer_to_host(topic, name="Quick")

    hosts.confirm(quick, values=None)
    hosts.confirm(slow, values=None)

    assert states(topic) == ["willing", "hosting"]
    assert mails("host-next") == [slow.email]
    assert on_the_page(event) == [("hosted", ["Quick"])]


def test_an_offer_that_is_not_confirmed_holds_nothing():
    event = make_social()
    topic = make_topic(event)

    offer_to_host(topic)

    assert on_the_page(event) == [("open", [])]


def test_a_host_has_a_place_at_the_event_even_when_it_is_full():
    event = make_social(places=1)
    register(event)

    host = make_host(make_topic(event), "sage@example.org")

    assert host.registration.state == "confirmed"
    assert host.registration.email == "sage@example.org"


def test_a_host_who_had_registered_keeps_that_registration():
    event = make_social(places=1)
    register(event)
    waiting = register(event, "sage@example.org")

    host = make_host(make_topic(event), "sage@example.org")

    waiting.refresh_from_db()
    assert (host.registration, waiting.state) == (waiting, "confirmed")


def test_when_a_host_steps_down_whoever_offered_next_is_asked():
    event = make_social()
    topic = make_topic(event)
    host, second, third = (make_host(topic) for _ in range(3))

    host_departures.step_down(host)

    assert states(topic) == ["ended", "asked", "willing"]
    assert mails("host-asked") == [second.email]
    assert on_the_page(event) == [("asked", [])]
    assert third.state == Host.State.WILLING


def test_when_nobody_is_left_to_ask_the_organisers_are_told_once():
    event = make_social()
    topic = make_topic(event)
    host = make_host(topic)

    host_departures.step_down(host)
    with pytest.raises(NoLongerPossible):
        host_departures.step_down(host)

    assert mails("host-lost") == [organiser_of(event).email]
    assert on_the_page(event) == [("open", [])]


def test_whoever_does_not_answer_in_time_is_passed_over():
    topic = make_topic(make_social())
    host, second, third = (make_host(topic) for _ in range(3))
    host_departures.step_down(host)
    second.refresh_from_db()

    with time_machine.travel(second.answer_by + timedelta(minutes=1), tick=False):
        assert [host_departures.expire(topic), host_departures.expire(topic)] == [1, 0]

    assert states(topic) == ["ended", "ended", "asked"]
    assert mails("host-asked") == [second.email, third.email]


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(days=20), timedelta(days=3)),
        (timedelta(hours=20), timedelta(hours=10)),
        (timedelta(hours=3), timedelta(hours=2)),
        (timedelta(hours=1), timedelta(hours=1)),
        (timedelta(minutes=5), timedelta(minutes=15)),
    ],
)
def test_the_time_to_answer_follows_the_time_left(left, expected):
    event = make_social(starts_in=left)
    now = event.starts_at - left

    assert hosts.answer_by(event, now) - now == expected


def test_a_co_host_beside_the_host_and_one_of_them_may_go():
    event = make_social()
    topic = make_topic(event, host="Keli")
    keli = topic.hosts.get()
    sam = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True, by=keli)

    hosts.agree(sam, values=None)
    assert on_the_page(event) == [("hosted", ["Keli", "Sam"])]

    host_departures.step_down(keli)
    assert on_the_page(event) == [("hosted", ["Sam"])]
    assert mails("host-lost") == []


def test_a_co_host_who_does_not_answer_leaves_the_topic_as_it_is_and_the_host_is_told():
    event = make_social()
    topic = make_topic(event, host="Keli")
    keli = topic.hosts.get()
    sam = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True, by=keli)

    with time_machine.travel(sam.answer_by + timedelta(minutes=1), tick=False):
        host_departures.expire(topic)

    assert on_the_page(event) == [("hosted", ["Keli"])]
    assert mails("co-host-silent") == [keli.email]


def test_nobody_is_asked_twice():
    topic = make_topic(make_social(), host="Keli")
    hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True)

    with pytest.raises(AlreadyThere):
        hosts.invite(topic, name="Sam", email="Sam@example.org", as_co_host=True)


def test_a_host_can_step_down_until_the_event_begins():
    event = make_social()
    host = make_host(make_topic(event))

    with time_machine.travel(event.starts_at, tick=False), pytest.raises(NoLongerPossible):
        host_departures.step_down(host)


def test_somebody_named_by_mistake_is_forgotten():
    topic = make_topic(make_social())
    host = offer_to_host(topic)

    host_departures.not_me(host)

    assert not topic.hosts.exists()


def test_a_confirmed_address_is_no_mistake():
    host = make_host(make_topic(make_social()))

    with pytest.raises(NoLongerPossible):
        host_departures.not_me(host)


def test_whoever_proposed_and_would_host_is_asked_with_the_acceptance_and_their_co_host_too():
    event = make_social()
    proposer = propose(
        event, hosting="with_co_host", name="Keli", co_host_name="Sam", co_host_email="sam@example.org"
    )

    topic = review.accept(proposer.topic, by=organiser_of(event))

    asked = list(topic.hosts.order_by("is_co_host").values_list("name", "state", "is_co_host"))
    assert asked == [("Keli", "asked", False), ("Sam", "asked", True)]
    assert on_the_page(event) == [("asked", [])]


def test_a_folded_room_has_no_hosts_and_they_are_told():
    event = make_social()
    topic = make_topic(event, host="Dani")

    review.fold(topic, by=organiser_of(event))

    assert states(topic) == ["ended"]
    assert mails("room-folded") == [topic.hosts.get().email]
    with pytest.raises(NoLongerPossible):
        offer_to_host(topic)


def test_after_the_start_nobody_is_asked_any_more():
    event = make_social()
    topic = make_topic(event)
    host, willing = make_host(topic), make_host(topic)

    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        host_departures.remove(host, by=organiser_of(event))

    willing.refresh_from_db()
    assert willing.state == Host.State.WILLING
    assert mails("host-lost") == []


def test_for_a_cancelled_event_nobody_is_asked_any_more():
    event = make_social()
    topic = make_topic(event)
    asked = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=False)
    willing = make_host(topic)
    calling_off.cancel(event, reason="We are ill.", by=organiser_of(event))

    with time_machine.travel(asked.answer_by + timedelta(minutes=1), tick=False):
        assert host_departures.expire_late() == 0

    willing.refresh_from_db(), asked.refresh_from_db()
    # Who was asked keeps the time to answer, should it take place after all.
    assert (asked.state, willing.state) == (Host.State.ASKED, Host.State.WILLING)
    assert mails("host-lost") == []


def test_times_are_those_of_the_moment():
    host = make_host(make_topic(make_social()))

    assert host.hosting_since <= timezone.now()


def test_each_time_a_room_loses_its_host_the_organisers_are_told():
    """Also when the one who leaves last came first."""
    topic = make_topic(make_social())
    early, late = offer_to_host(topic), make_host(topic)
    host_departures.step_down(late)
    early = hosts.confirm(early, values=None)

    host_departures.step_down(early)

    assert mails("host-lost") == [organiser_of(topic.event).email] * 2


def test_a_room_that_never_had_a_host_has_lost_none():
    topic = make_topic(make_social())

    host_departures.not_me(offer_to_host(topic))

    assert mails("host-lost") == []


def test_when_whoever_was_asked_is_a_mistake_the_next_is_asked():
    event = make_social()
    topic = make_topic(event)
    asked = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=False)
    willing = make_host(topic)

    host_departures.not_me(asked)

    assert mails("host-asked") == ["sam@example.org", willing.email]


def test_until_an_offer_is_confirmed_what_was_typed_last_counts():
    topic = make_topic(make_social())
    offer_to_host(topic, "keli@example.org", name="Kely")

    host = offer_to_host(topic, "keli@example.org", name="Keli", support="A guide")

    assert (topic.hosts.get(), host.name, host.support) == (host, "Keli", "A guide")
    assert mails("host-confirm") == ["keli@example.org"]


def test_what_a_stranger_types_does_not_rename_a_host():
    topic = make_topic(make_social())
    make_host(topic, "keli@example.org", name="Keli")

    offer_to_host(topic, "keli@example.org", name="Rude words")

    assert topic.hosts.get().name == "Keli"


def test_only_whoever_hosts_the_room_asks_others_to_join():
    topic = make_topic(make_social(), host="Keli")
    willing = make_host(topic)

    with pytest.raises(NoLongerPossible):
        hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True, by=willing)


def test_a_room_has_four_hosts_at_most_and_hosts_ask_no_more_than_twelve_people():
    topic = make_topic(make_social(), host="Keli")
    keli = topic.hosts.get()

    def ask(number: int) -> Host:
        return hosts.invite(topic, name="Co", email=f"co{number}@example.org", as_co_host=True, by=keli)

    asked = [ask(number) for number in range(3)]
    with pytest.raises(Enough):
        ask(3)
    for number in range(4, 13):
        host_departures.step_down(asked.pop())
        asked.append(ask(number))
    host_departures.step_down(asked.pop())
    with pytest.raises(Enough):
        ask(13)


def test_hosts_ask_nobody_more_than_twice():
    keli = make_host(make_topic(make_social()))

    def ask() -> Host:
        return hosts.invite(keli.topic, name="Sam", email="sam@example.org", as_co_host=True, by=keli)

    host_departures.take_back(ask(), by=keli)
    host_departures.step_down(ask())
    with pytest.raises(AskedOften):
        ask()


def test_nobody_takes_back_what_was_answered():
    topic = make_topic(make_social(), host="Keli")
    keli = topic.hosts.get()
    sam = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True, by=keli)
    hosts.agree(sam, values=None)

    with pytest.raises(NoLongerPossible):
        host_departures.take_back(sam, by=keli)


def test_whoever_hosts_with_somebody_who_steps_down_is_told():
    topic = make_topic(make_social(), host="Keli")
    keli = topic.hosts.get()
    sam = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True, by=keli)
    host_departures.step_down(hosts.agree(sam, values=None))

    assert mails("co-host-no") == [keli.email]


def test_whoever_offers_and_becomes_host_gives_up_the_seat_they_had():
    event = make_social()
    topic, other = make_topic(event), make_topic(event)
    seated = sit(event, other, "keli@example.org")

    make_host(topic, "keli@example.org")

    assert not Placement.objects.filter(registration=seated).exists()


def test_an_erased_host_leaves_a_room_that_looks_for_another():
    event = make_social()
    topic = make_topic(event)
    make_host(topic, "keli@example.org", name="Keli")
    willing = make_host(topic)

    my_data.erase_everything("keli@example.org")

    willing.refresh_from_db()
    assert on_the_page(event) == [("asked", [])]
    assert willing.is_asked
    assert not Host.objects.filter(email="keli@example.org").exists()


def test_hosts_are_forgotten_90_days_after_the_event():
    event = make_social()
    make_topic(event, host="Keli")

    with time_machine.travel(event.ends_at + timedelta(days=89), tick=False):
        retention.forget_what_is_over()
        assert Host.objects.count() == 1
    with time_machine.travel(event.ends_at + timedelta(days=91), tick=False):
        retention.forget_what_is_over()

    assert Host.objects.count() == 0
    assert on_the_page(event) == [("open", [])]
    assert mails("host-lost") == []


def test_an_offer_nobody_confirmed_is_forgotten_after_seven_days_but_not_whoever_is_yet_to_be_asked():
    event = make_social(starts_in=timedelta(days=60))
    lost = offer_to_host(make_topic(event))
    make_topic(event, host="Keli")
    named = propose(
        event, hosting="with_co_host", co_host_name="Sam", co_host_email="sam@example.org"
    ).topic.hosts.get()

    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        retention.forget_what_is_over()

    assert set(Host.objects.values_list("name", flat=True)) == {"Keli", named.name}
    assert not Host.objects.filter(pk=lost.pk).exists()


def test_who_is_named_in_a_draft_is_asked_when_it_is_published():
    """Until they say yes the page names nobody, and no stranger can claim the room before they were asked."""
    draft = make_social(state="draft", published_at=None, slug="draft")
    named, shared, free = (make_topic(draft) for _ in range(3))
    hosts.invite(named, name="Sage", email="sage@example.org", as_co_host=False)
    hosts.invite(shared, name="Keli", email="keli@example.org", as_co_host=False)
    hosts.invite(shared, name="Sam", email="sam@example.org", as_co_host=True)
    unsent = OutgoingMail.objects.count()
    with pytest.raises(AlreadyThere):
        hosts.invite(named, name="Sage", email="sage@example.org", as_co_host=False)
    for topic in (named, free):
        with pytest.raises(NoLongerPossible):
            hosts.offer(topic, name="A stranger", email="stranger@example.org")

    publishing.publish(draft)

    assert unsent == 0
    assert mails("host-asked") == ["sage@example.org", "keli@example.org", "sam@example.org"]
    assert on_the_page(draft) == [("asked", []), ("asked", []), ("open", [])]
    early = hosts.offer(named, name="A stranger", email="stranger@example.org")
    assert hosts.confirm(early, values=None).is_willing
    sage = named.hosts.get(email="sage@example.org")
    hosts.agree(sage, values=None)
    assert on_the_page(draft)[0] == ("hosted", ["Sage"])
    outbox_before = OutgoingMail.objects.count()
    publishing.publish(draft)
    assert OutgoingMail.objects.count() == outbox_before


def test_who_was_only_named_is_forgotten_without_a_word():
    for end in (
        lambda host: host_departures.remove(host, by=organiser_of(host.event)),
        lambda host: host_departures.forget(host),
        lambda host: review.fold(host.topic, by=organiser_of(host.event)),
    ):
        draft = make_social(state="draft", published_at=None)
        host = hosts.invite(make_topic(draft), name="Sage", email="sage@example.org", as_co_host=False)

        end(host)

        assert not Host.objects.filter(pk=host.pk).exists()
    assert not OutgoingMail.objects.exists()


def test_who_is_named_stays_until_the_draft_is_published():
    """An address that somebody else typed is forgotten after a while, but not before its owner was asked."""
    draft = make_social(state="draft", published_at=None)
    hosts.invite(make_topic(draft), name="Sage", email="sage@example.org", as_co_host=False)

    with time_machine.travel(timezone.now() + timedelta(days=60)):
        retention.forget_what_is_over()

    assert Host.objects.count() == 1


def test_one_note_taker_a_room_is_wanted_unless_somebody_said_otherwise():
    def wanted() -> int:
        return sum(event.helper_roles.filter(kind="notes").values_list("wanted", flat=True))

    event = make_social()
    numbers = []
    for _room in range(3):
        make_topic(event)
        numbers.append(wanted())
    review.accept(propose(event).topic, by=organiser_of(event))
    numbers.append(wanted())
    review.fold(event.topics.accepted().first(), by=organiser_of(event))
    numbers.append(wanted())
    copy = events.create(event.group, title="The next", by=organiser_of(event), copy_of=event)
    plans.begin_with(copy, like=event)
    kinds_of_copy = list(copy.helper_roles.values_list("kind", flat=True))
    helpers.want(event, {"notes": 1})
    make_topic(event)
    numbers.append(wanted())

    assert numbers == [1, 2, 3, 4, 3, 1]
    assert "notes" not in kinds_of_copy
