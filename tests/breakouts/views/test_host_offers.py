"""Offering to host, the host agreement, and answering when one is asked."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from breakouts.actions import host_departures, hosts, review, rooms
from breakouts.models import Host, Topic
from events.actions import calling_off
from mail.models import OutgoingMail
from people.actions import values
from tests.breakouts.factories import make_host, make_social, make_topic, offer_to_host, organiser_of
from tests.factories import by_hand, make_group

pytestmark = pytest.mark.django_db

YES = {"answer": "yes", "name": "Sam", "accepts_values": "on"}


def adoption(topic: Topic) -> str:
    return reverse("breakouts:adoption", args=[topic.event.slug, topic.pk])


def link(name: str, host: Host) -> str:
    return reverse(f"breakouts:{name}", args=[host.token])


def offer(client: Client, topic: Topic, **fields: Any) -> Any:
    data = {"name": "Keli", "email": "keli@example.org", "support": "A practice call"} | by_hand() | fields
    return client.post(adoption(topic), data, follow=True)


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


def test_a_room_without_a_host_is_an_open_invitation(client):
    topic = make_topic(make_social(), "How do we listen?")

    page = said(client.get(adoption(topic)))

    assert "Could you hold this conversation?" in page
    assert "Room 1: How do we listen?" in page
    assert "You can give it back until the event begins" in page


def test_an_offer_is_written_to_and_holds_nothing_yet(client):
    topic = make_topic(make_social())

    answer = offer(client, topic)

    assert "Check your inbox" in said(answer)
    assert mails("host-confirm") == ["keli@example.org"]
    host = topic.hosts.get()
    assert (host.state, host.support) == ("offered", "A practice call")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Enter your name"),
        ({"email": "keli"}, "Enter an email address in the right form"),
        ({"support": "x" * 1001}, "Shorten this to 1000 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, fields, words):
    topic = make_topic(make_social())

    answer = offer(client, topic, **fields)

    assert words in said(answer)
    assert "A practice call" in said(answer) or "x" * 1001 in said(answer)
    assert not topic.hosts.exists()


def test_a_room_that_has_a_host_takes_an_offer_as_next_in_line(client):
    topic = make_topic(make_social(), host="Dani")

    assert "Dani will hold it at the moment" in said(client.get(adoption(topic)))
    offer(client, topic)

    assert mails("host-confirm")[-1] == "keli@example.org"


def test_while_somebody_is_asked_it_says_so_without_a_name(client):
    topic = make_topic(make_social())
    hosts.invite(topic, name="Secretive", email="s@example.org", as_co_host=False)

    page = said(client.get(adoption(topic)))

    assert "Somebody has been asked" in page
    assert "Secretive" not in page


def test_whoever_hosts_already_is_sent_their_link_and_the_page_does_not_tell(client):
    topic = make_topic(make_social())
    make_host(topic, "keli@example.org")
    stranger = said(offer(client, topic, email="new@example.org"))

    known = said(offer(client, topic))

    assert known == stranger
    assert mails("host-link") == ["keli@example.org"]
    assert topic.hosts.count() == 2


def test_only_accepted_topics_of_events_that_can_be_seen_can_be_adopted(client):
    event = make_social()
    topic, other = make_topic(event), make_topic(make_social())
    review.fold(topic, by=organiser_of(event))

    assert client.get(adoption(topic)).status_code == 404
    assert client.get(reverse("breakouts:adoption", args=[event.slug, other.pk])).status_code == 404
    assert client.get(reverse("breakouts:adoption", args=[event.slug, 10**30])).status_code == 404
    assert client.get(reverse("breakouts:adoption_sent", args=[event.slug, topic.pk])).status_code == 404


def test_after_the_start_and_for_a_cancelled_event_nobody_is_looked_for(client):
    event = make_social()
    topic = make_topic(event)

    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        assert "It has begun" in said(client.get(adoption(topic)))
        offer(client, topic)
    calling_off.cancel(event, reason="We are ill.", by=organiser_of(event))
    page = said(client.get(adoption(topic)))

    assert "We are ill." in page
    assert not topic.hosts.exists()


def test_whoever_is_signed_in_finds_their_name_and_address_filled_in(client):
    topic = make_topic(make_social())
    person = make_host(make_topic(make_social()), "keli@example.org", name="Keli").person
    client.force_login(person)

    page = said(client.get(adoption(topic)))

    assert 'value="keli@example.org"' in page


def test_the_link_in_the_mail_shows_the_host_agreement_and_changes_nothing(client):
    topic = make_topic(make_social(group=make_group(guiding_values="We **listen** first.")))
    host = offer_to_host(topic)

    page = said(client.get(link("host_confirmation", host)))

    assert "<strong>listen</strong>" in page
    assert "If somebody is hurt" in page
    assert said(client.get(host.get_absolute_url(), follow=True)) == page
    assert topic.hosts.get().state == "offered"


def test_agreeing_gives_the_room_and_says_so(client):
    event = make_social(group=make_group(guiding_values="Listen."))
    host = offer_to_host(make_topic(event))

    answer = client.post(link("host_confirmation", host), {"accepts_values": "on"}, follow=True)

    host.refresh_from_db()
    assert "The room is yours" in said(answer)
    assert (host.state, host.values_version) == ("hosting", values.current(event.group))
    assert host.values_accepted_at is not None


def test_without_the_tick_nothing_is_agreed(client):
    host = offer_to_host(make_topic(make_social()))

    answer = client.post(link("host_confirmation", host))

    host.refresh_from_db()
    assert "Tick the box to say that you agree" in said(answer)
    assert host.state == "offered"


def test_values_that_changed_while_somebody_read_are_read_anew(client):
    event = make_social(group=make_group(guiding_values="Listen."))
    host = offer_to_host(make_topic(event))
    read = values.current(event.group)
    values.publish(event.group, "Listen, then ask.")

    answer = client.post(link("host_confirmation", host), {"accepts_values": "on", "values_version": read.pk})

    assert "have changed while you were reading" in said(answer)
    assert "Listen, then ask." in said(answer)


def test_whoever_is_second_by_a_moment_is_told_so_and_is_first_in_line(client):
    topic = make_topic(make_social())
    slow, quick = offer_to_host(topic), offer_to_host(topic)
    hosts.confirm(quick, values=None)

    answer = client.post(link("host_confirmation", slow), {"accepts_values": "on"}, follow=True)

    assert "Somebody was faster by a moment." in said(answer)
    assert "You are 1st in line to host" in said(answer)


def test_whoever_offers_to_a_hosted_room_is_not_told_of_a_race_there_was_not(client):
    topic = make_topic(make_social(), host="Dani")
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        host = offer_to_host(topic)
        answer = client.post(link("host_confirmation", host), {"accepts_values": "on"}, follow=True)

    assert "faster" not in said(answer)
    assert "You are 1st in line to host" in said(answer)


def test_pressing_twice_is_harmless(client):
    host = offer_to_host(make_topic(make_social()))

    for _press in range(2):
        answer = client.post(link("host_confirmation", host), {"accepts_values": "on"}, follow=True)
        assert answer.status_code == 200

    host.refresh_from_db()
    assert host.state == "hosting"


def test_an_offer_to_a_room_that_is_closed_cannot_be_confirmed(client):
    event = make_social()
    topic = make_topic(event)
    host = offer_to_host(topic)
    Topic.objects.filter(pk=topic.pk).update(state=Topic.State.FOLDED, number=None)
    rooms.rewrite_summary(event)

    opened = said(client.get(link("host_confirmation", host)))
    pressed = said(client.post(link("host_confirmation", host), {"accepts_values": "on"}))

    assert "This can no longer be confirmed" in opened
    assert "This can no longer be confirmed" in pressed


def test_after_the_event_an_offer_cannot_be_confirmed(client):
    event = make_social()
    host = offer_to_host(make_topic(event))

    with time_machine.travel(event.ends_at + timedelta(minutes=1), tick=False):
        page = said(client.post(link("host_confirmation", host), {"accepts_values": "on"}))

    assert "This can no longer be confirmed" in page


def test_this_was_not_me_forgets_the_address(client):
    topic = make_topic(make_social())
    host = offer_to_host(topic)

    assert "Was it not you?" in said(client.get(link("host_mistake", host)))
    answer = client.post(link("host_mistake", host), follow=True)

    assert "We have forgotten your address" in said(answer)
    assert not topic.hosts.exists()
    assert client.get(link("host_mistake", host)).status_code == 404
    assert mails("host-lost") == []


def test_a_confirmed_host_gives_the_room_back_instead(client):
    host = make_host(make_topic(make_social()))

    assert client.post(link("host_mistake", host)).url == link("host_departure", host)


def asked_host(**fields: Any) -> Host:
    topic = make_topic(make_social(**fields))
    return hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=False)


def test_whoever_is_asked_sees_until_when_and_can_say_yes(client):
    host = asked_host()

    page = said(client.get(host.get_absolute_url(), follow=True))
    answer = client.post(link("host_answer", host), YES, follow=True)

    assert "Please answer by" in page
    assert "The room is yours" in said(answer)
    host.refresh_from_db()
    assert (host.state, host.is_email_confirmed) == ("hosting", True)


def test_a_yes_needs_the_tick(client):
    host = asked_host()

    answer = client.post(link("host_answer", host), {"answer": "yes"})

    assert "Tick the box to say that you agree" in said(answer)


def test_a_no_needs_no_tick_and_no_reason_and_the_address_can_be_forgotten(client):
    host = asked_host()

    answer = client.post(link("host_answer", host), {"answer": "no"}, follow=True)

    page = said(answer)
    assert "You said no, and that is fine" in page
    assert "Forget my address" in page
    client.post(link("host_mistake", host))
    assert not Host.objects.exists()


def test_a_co_host_is_told_who_asks(client):
    topic = make_topic(make_social(), host="Keli")
    sam = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=True, by=topic.hosts.get())

    page = said(client.get(link("host_answer", sam)))

    assert "Keli would like to host it with you" in page
    assert "Yes, I will be co-host" in page


def test_whoever_is_asked_says_how_they_want_to_be_called(client):
    host = asked_host()

    assert 'value="Sam"' in said(client.get(link("host_answer", host)))
    assert "Enter your name" in said(client.post(link("host_answer", host), YES | {"name": " "}))
    client.post(link("host_answer", host), YES | {"name": "Samira"})

    plan = host.event.breakout_plan
    plan.refresh_from_db()
    assert plan.on_the_page["topics"][0]["hosts"] == ["Samira"]


def test_a_late_answer_gets_an_honest_page(client):
    host = asked_host()
    with time_machine.travel(host.answer_by + timedelta(minutes=1), tick=False):
        host_departures.expire_late()
        answer = client.post(link("host_answer", host), YES, follow=True)

    page = said(answer)
    assert "The time to answer has passed" in page
    assert "I could hold it after all" in page


def test_the_answer_of_somebody_whom_the_clock_has_not_passed_over_yet_counts(client):
    host = asked_host()

    with time_machine.travel(host.answer_by + timedelta(minutes=1), tick=False):
        client.post(link("host_answer", host), YES)

    host.refresh_from_db()
    assert host.state == "hosting"


def test_an_answer_after_the_room_was_closed_says_how_it_stands(client):
    host = asked_host()
    review.fold(host.topic, by=organiser_of(host.topic.event))

    answer = client.post(link("host_answer", host), YES, follow=True)

    assert "This room does not take place" in said(answer)


def test_links_of_other_hosts_cut_or_changed_open_nothing(client):
    host = make_host(make_topic(make_social()))
    Host.objects.filter(pk=host.pk).update(link_version=2)

    for name in ("host", "host_confirmation", "host_answer", "host_departure"):
        assert client.get(link(name, host)).status_code == 404
        assert client.get(reverse(f"breakouts:{name}", args=["nonsense"])).status_code == 404


def test_whom_to_call_is_read_by_nobody_whose_address_is_not_confirmed(client):
    event = make_social(plan_call_name="Nia", plan_call_phone="01332 000 000")
    topic = make_topic(event)
    invited = hosts.invite(topic, name="Sam", email="sam@example.org", as_co_host=False)

    for name, host in (("host_confirmation", offer_to_host(topic)), ("host_answer", invited)):
        page = said(client.get(link(name, host)))
        assert "Will you hold this room?" in page
        assert "01332 000 000" not in page
