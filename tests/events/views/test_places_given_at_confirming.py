"""What people and organisers read where places are given to whoever confirms."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from allyhub.joins import MAIL_KINDS
from events.models import Event, Registration
from mail.models import OutgoingMail
from tests.factories import by_hand, make_event, make_organiser, register
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@made_once
def besieged() -> Event:
    """Four places: two are held by addresses that nobody confirms, and six more have asked."""
    event = make_event(places=4, slug="besieged")
    for number in range(8):
        register(event, f"nobody{number}@example.org", confirmed=False)
    return event


def words_of(response: Any) -> str:
    """What a page says, in one line."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r"\s+", " ", text).replace(" .", ".")


def form_of(event: Event) -> str:
    return reverse("events:registration_new", args=[event.slug])


def sent_of(event: Event) -> str:
    return reverse("events:registration_sent", args=[event.slug])


def last_mail(registration: Registration) -> str:
    mail = OutgoingMail.objects.of_kind("confirm").get(about=registration.pk)
    composed = MAIL_KINDS["confirm"].compose(mail)
    assert composed
    return " ".join(composed.text.split())


def confirmation_of(registration: Registration) -> str:
    return words_of(Client().get(reverse("events:confirmation", args=[registration.token])))


def test_pages_and_mail_say_that_a_place_is_given_at_confirming():
    event = besieged()
    asked = register(event, "amara@example.org", confirmed=False)

    form, sent = words_of(Client().get(form_of(event))), words_of(Client().get(sent_of(event)))

    assert "Save my place" in form
    assert "2 places are left. We hold none until an address is confirmed" in form
    assert "2 places are left, and one may be yours only once you have pressed the button" in sent
    for words in (last_mail(asked), confirmation_of(asked)):
        assert "Confirm to get your place: 2 are left. We hold none until then" in words
        assert "hold it for you until" not in words


def test_whoever_has_a_place_until_they_confirm_reads_that_it_is_held():
    event = besieged()
    held = event.registrations.order_by("pk")[0]

    for words in (last_mail(held), confirmation_of(held)):
        assert "hold it for you until" in words
        assert "Confirm to get your place" not in words


def test_when_others_were_faster_there_is_a_place_in_line():
    event = besieged()
    asked = event.registrations.order_by("pk")[4]
    register(event), register(event)

    for words in (last_mail(asked), confirmation_of(asked)):
        assert "All places are taken at the moment" in words
        assert "Confirm to get your place" not in words
    assert "Join the waiting list" in words_of(Client().get(form_of(event)))


def test_the_answer_is_the_same_for_whoever_holds_a_place_and_for_a_stranger():
    event, answers = besieged(), []

    for email in ("nobody0@example.org", "nobody7@example.org", "stranger@example.org"):
        client = Client()
        typed = {"name": "Amara", "email": email, "accepts_values": "on"} | by_hand()
        response = client.post(form_of(event), typed)
        page = words_of(client.get(response.url)).replace(email, "their address")
        answers.append((response.status_code, response.url, page))

    assert answers[0] == answers[1] == answers[2]


def test_organisers_see_what_nobody_has_confirmed_and_give_it_back():
    event = make_event(places=8)
    organiser, client = make_organiser(event.group), Client()
    client.force_login(organiser)
    overview, people, page = (
        reverse(name, args=[event.slug])
        for name in ("organise:event", "organise:registrations", "organise:held_places")
    )
    words = "of 8 places are held by addresses that nobody has confirmed"
    assert "No place is held" in words_of(client.get(page))
    register(event, confirmed=False), register(event, confirmed=False)
    assert words not in words_of(client.get(overview))
    assert f"2 {words}" in words_of(client.get(people))
    register(event, confirmed=False)

    seen = [words_of(client.get(address)) for address in (overview, people, page)]
    pressed = words_of(client.post(page, follow=True))
    again = words_of(client.post(page, follow=True))

    assert [f"3 {words}" in page for page in seen] == [True] * 3
    assert ("3 places are free again" in pressed, words in pressed) == (True, False)
    assert "No place is held for an address that nobody has confirmed" in again
