"""A link to pass on to a host whose address is not known: for one person, for a while, to be taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from breakouts.actions import host_departures, host_links, host_reminders, hosts
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Host, Topic
from events.actions import events, publishing
from events.models import Event
from mail.models import OutgoingMail
from tests.breakouts.factories import make_social, make_topic, organiser_of
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
DANI = {"name": "Dani", "email": "dani@example.org"}


@pytest.fixture
@made_once
def topic() -> Topic:
    return make_topic(make_social(starts_in=timedelta(days=20)), "Handling our mistakes")


def page(host: Host) -> str:
    return reverse("breakouts:host_link", args=[host.token_for(Host.TO_HAND_OVER)])


def said(answer) -> str:
    return " ".join(answer.content.decode().split())


def mails(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("to_email", flat=True))


def states(topic: Topic) -> list[tuple[str, str]]:
    return list(topic.hosts.order_by("pk").values_list("email", "state"))


def test_whoever_opens_it_gives_an_address_and_is_asked_there_once(topic):
    host = host_links.make(topic, name="Vanessa")
    own = said(Client().get(topic.event.get_absolute_url()))
    assert "Somebody has been asked to host" in own
    assert "Vanessa" not in own
    assert "Will you hold this room?" in said(Client().get(page(host)))

    answer = Client().post(page(host), DANI)
    again = Client().post(page(host), DANI | {"email": "sam@example.org"})

    assert answer.url == reverse("breakouts:adoption_sent", args=[topic.event.slug, topic.pk])
    assert "Nothing was changed." in said(again) or "nothing was done" in said(again)
    assert "This link is not good any more" in said(Client().get(page(host)))
    assert mails("host-asked") == ["dani@example.org"]
    assert states(topic) == [("dani@example.org", "asked")]
    agreed = hosts.agree(Host.objects.get(), values=None)
    assert (agreed.name, agreed.is_hosting) == ("Dani", True)


def test_it_opens_no_page_of_a_host_and_a_hosts_link_does_not_open_it(topic):
    host = host_links.make(topic, name="Vanessa")

    assert (
        Client().get(reverse("breakouts:host", args=[host.token_for(Host.TO_HAND_OVER)])).status_code == 404
    )
    assert Client().get(reverse("breakouts:host_link", args=[host.token])).status_code == 404


def test_who_has_to_do_with_the_room_already_is_told_alike(topic):
    hosting = hosts.agree(hosts.invite(topic, **DANI, as_co_host=False), values=None)
    willing = hosts.confirm(hosts.offer(topic, name="Sam", email="sam@example.org"), values=None)
    host = host_links.make(topic, name="Vanessa")
    assert host.is_co_host
    answers = [
        Client().post(page(host), {"name": "X", "email": other.email}).url for other in (hosting, willing)
    ]

    assert len(set(answers)) == 1
    assert mails("host-link") == ["dani@example.org"]
    assert states(topic) == [("dani@example.org", "hosting"), ("sam@example.org", "asked")]


def test_a_new_one_closes_the_one_before_and_it_can_be_taken_back(topic):
    old = host_links.make(topic, name="Vanessa")
    new = host_links.make(topic, name="Sage")
    assert Client().get(page(old)).status_code == 404
    with pytest.raises(NoLongerPossible):
        host_links.take(old, **DANI)
    assert topic.hosts.count() == 1

    host_departures.remove(new, by=organiser_of(topic.event))

    assert Client().get(page(new)).status_code == 404
    assert states(topic) == []
    assert mails("host-ended") == []
    assert hosts.is_free(topic)


def test_it_ends_after_a_week_or_with_the_beginning_and_the_room_looks_on(topic):
    host = host_links.make(topic, name="Vanessa")
    assert timezone.now() < host.answer_by <= timezone.now() + hosts.LINK_GOOD_FOR
    willing = hosts.confirm(hosts.offer(topic, name="Sam", email="sam@example.org"), values=None)

    with time_machine.travel(host.answer_by + timedelta(minutes=1), tick=False):
        assert "not good any more" in said(Client().get(page(host)))
        assert [host_reminders.settle(), host_reminders.settle()] == [1, 0]

    willing.refresh_from_db()
    assert states(topic) == [("sam@example.org", "asked")]


def test_an_earlier_date_makes_it_end_earlier(topic):
    host, event = host_links.make(topic, name="Vanessa"), topic.event
    session = event.sessions.get()
    session.starts_at = timezone.now() + timedelta(days=2)
    session.ends_at = session.starts_at + timedelta(hours=2)

    events.save_sessions(event, saved=[session])

    host.refresh_from_db()
    assert host.answer_by == session.starts_at


def test_of_a_draft_it_is_good_from_its_publishing_on():
    event = make_social(state="draft", published_at=None)
    host = host_links.make(make_topic(event), name="Vanessa")
    assert hosts.named(event) == []
    assert "Not open yet" in said(Client().get(page(host)))
    assert "Not open yet" in said(Client().post(page(host), DANI))

    publishing.publish(Event.objects.get(pk=event.pk))

    assert mails("host-asked") == []
    assert "Will you hold this room?" in said(Client().get(page(host)))


def test_the_organiser_copies_it_and_takes_it_back(topic):
    ruth = Client()
    ruth.force_login(organiser_of(topic.event), backend="allauth.account.auth_backends.AuthenticationBackend")
    make = reverse("organise:topic_host_link", args=[topic.event.slug, topic.pk])
    assert "Enter their name" in said(ruth.post(make, {"name": ""}))

    made = said(ruth.post(make, {"name": "Vanessa"}, follow=True))
    host = Host.objects.get()

    assert f"http://localhost:8000{page(host)}" in made
    assert "Has a link to pass on, good until" in said(
        ruth.get(reverse("organise:topic", args=[topic.event.slug, topic.pk]))
    )
    removal = reverse("organise:host_removal", args=[topic.event.slug, topic.pk, host.pk])
    assert "Take back the link for Vanessa?" in said(ruth.get(removal))
    assert "The link for Vanessa is taken back." in said(ruth.post(removal, follow=True))
