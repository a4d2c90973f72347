"""Whoever hosted or helped is thanked once, by one email, for all they did; what the mail says is true when it leaves."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from breakouts.actions import hosts, thanking
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import BreakoutPlan, Host
from events.models import Event
from mail.models import OutgoingMail
from tests.breakouts.factories import (
    make_helper,
    make_host,
    make_recap,
    make_role,
    make_social,
    make_topic,
    offer_to_host,
    organiser_of,
)
from tests.factories import make_hub
from tests.feedback.factories import put_back
from tests.mails import composed
from tests.old_pages import notices
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db


@made_once
def make_world() -> Event:
    """A room with a host who also keeps the time, one with another host, and people who would have."""
    make_hub()
    event = make_social(title="Allies & *friends*")
    keli = make_host(make_topic(event, "How to *listen*"), name="Keli", email="keli@example.org")
    make_host(make_topic(event, "Where we stand"), name="Ruth")
    make_helper(make_role(event, "timekeeper"), name="Keli", email=keli.email)
    make_helper(make_role(event, "tech"), name="Sage")
    offer_to_host(keli.topic)
    hosts.invite(keli.topic, name="Kit", email="kit@example.org", as_co_host=True)
    OutgoingMail.objects.all().delete()
    return event


def thanked() -> list[str]:
    return [
        mail.to_email for mail in OutgoingMail.objects.of_kind("host-thanks", "helper-thanks").order_by("pk")
    ]


def test_each_who_hosted_or_helped_gets_one_email_and_nobody_else():
    event = make_world()
    put_back(event, timedelta(days=1))
    client = Client()
    client.force_login(organiser_of(event), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("organise:thanks", args=[event.slug])

    shown = client.get(page).content.decode()
    first, second = (notices(client.post(page, follow=True)) for _press in range(2))

    assert ("3 people hosted or helped" in shown, "Thank 3 people by email" in shown) == (True, True)
    assert first == [("success", "The email goes to 3 people.")]
    assert second == [("warning", "Nothing was changed. This page says how it stands.")]
    assert len(thanked()) == len({*thanked()}) == 3
    mail = composed("host-thanks", to="keli@example.org").text
    assert [words in mail for words in ("How to *listen*", "Keep the time", "Where we stand")] == [
        True,
        True,
        False,
    ]
    assert "They have been thanked" in client.get(page).content.decode()


def test_the_email_leads_to_the_recap_once_there_is_one_and_is_dropped_when_it_makes_no_sense():
    event = make_world()
    put_back(event, timedelta(days=1))
    thanking.thank(event)
    recap = reverse("breakouts:recap", args=[event.slug])
    without = composed("host-thanks", to="keli@example.org").text

    make_recap(event.topics.get(number=1))
    with_recap = composed("host-thanks", to="keli@example.org").text
    with nothing_stays():
        Host.objects.filter(name="Keli").update(state=Host.State.ENDED)
        ended = composed("host-thanks", to="keli@example.org")
    put_back(event, -timedelta(days=5))

    assert (recap in without, recap in with_recap) == (False, True)
    assert ended is None
    assert composed("host-thanks", to="keli@example.org") is None  # it is to come after all


def test_nobody_is_thanked_at_another_time_or_twice():
    event = make_world()
    tries = {"before": -timedelta(days=1), "after": timedelta(days=1), "late": timedelta(days=61)}

    for name, ago in tries.items():
        with nothing_stays():
            put_back(event, ago)
            if name != "after":
                with pytest.raises(NoLongerPossible):
                    thanking.thank(event)
                continue
            thanking.thanked_otherwise(event)
            for again in (thanking.thank, thanking.thanked_otherwise):
                with pytest.raises(NoLongerPossible):
                    again(event)
            assert BreakoutPlan.objects.get(event=event).thanked_at
            assert thanked() == []
