"""Somebody who phoned and has no email address: no mail is ever sent to them, and organisers are told whom to phone."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import adding, calling_off, leaving, list_acts, my_data, papers, reminders
from events.actions.entering import Answers
from events.actions.list_acts import Order
from events.models import Event, KeptOut, ListAct, Paper, Registration
from events.short_codes import code_of
from feedback.actions import rounds
from kit.joins import joins
from kit.links import NO_EMAIL_HOST
from mail.actions import outbox
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import make_event, make_hub, make_organiser, register
from tests.feedback.factories import put_back
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

State = OutgoingMail.State


@made_once
def phoned() -> Registration:
    """Nan, who phoned Ruth; Amara registered."""
    make_hub()
    event = make_event(slug="social", places=2)
    ruth = make_organiser(event.group, name="Ruth")
    nan = add(event, "Nan", by=ruth)
    register(event, "amara@example.org", name="Amara")
    OutgoingMail.objects.all().delete()
    return nan


def add(event: Event, name: str, *, by: Person) -> Registration:
    return adding.add(event, Answers(name=name, email=""), by=by)


def ruth_of(event: Event) -> Person:
    return event.group.memberships.get().person


def signed_in(event: Event) -> Client:
    client = Client()
    client.force_login(ruth_of(event), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def let_mails_out() -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        outbox.send_due()


def page(registration: Registration, name: str) -> str:
    return reverse(f"organise:{name}", args=[registration.event.slug, registration.reference])


def said(came) -> str:
    return " ".join(came.content.decode().split())


def test_no_kind_of_mail_is_sent_and_what_is_to_be_told_waits_for_the_phone():
    nan = phoned()
    for kind in joins.MAIL_KINDS:
        outbox.queue(kind=kind, key=f"{kind}/nan", to_email=nan.email, group=nan.event.group, about=nan.pk)

    outbox.send_due()

    assert django_mail.outbox == []
    left = OutgoingMail.objects.exclude(state__in=[State.DROPPED, State.PHONE])
    assert {mail.kind for mail in left} <= {"event-changed"}  # it says a difference: below
    waits = set(OutgoingMail.objects.to_be_phoned().values_list("kind", flat=True))
    assert "place" in waits
    assert waits <= joins.TOLD_BY_PHONE


def test_what_everyone_hears_becomes_a_thing_to_do_until_they_were_told():
    nan = phoned()
    client, event = signed_in(nan.event), nan.event
    calling_off.cancel(event, reason="The hall is flooded.", by=ruth_of(event))
    let_mails_out()
    people = reverse("organise:registrations", args=[event.slug])

    overview = said(client.get(reverse("organise:event", args=[event.slug])))
    listed = said(client.get(people, {"part": "to-phone"}))
    told, again = (said(client.post(page(nan, "registration_told"), follow=True)) for _ in range(2))

    assert [mail.to for mail in django_mail.outbox] == [["amara@example.org"]]
    assert "Phone 1 person who has no email address" in overview
    assert f"{people}?part=to-phone" in overview
    assert "Nan" in listed
    assert "Amara" not in listed
    assert "Noted: Nan knows." in told
    assert "There is nothing to tell them." in again
    assert OutgoingMail.objects.get(to_email=nan.email).state == State.TOLD
    calling_off.call_back(event, by=ruth_of(event))
    let_mails_out()
    assert OutgoingMail.objects.to_be_phoned().filter(to_email=nan.email).count() == 1


def test_that_there_is_something_to_read_is_told_too():
    nan = phoned()
    slides = Paper(event=nan.event, kind=Paper.Kind.SLIDES, address="https://slides.example.org/1")
    papers.save(slides, None)

    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        papers.tell_due()
        outbox.send_due()

    assert [mail.kind for mail in OutgoingMail.objects.to_be_phoned()] == ["papers"]


def test_neither_reminders_nor_feedback_are_things_to_do():
    nan = phoned()
    assert nan.event.starts_at
    with time_machine.travel(nan.event.starts_at - timedelta(hours=20), tick=False):
        reminders.send_due()
        outbox.send_due()
    put_back(nan.event, timedelta(hours=3))
    rounds.open_due()
    rounds.ask_due()
    outbox.send_due()

    assert OutgoingMail.objects.filter(to_email=nan.email).exclude(state=State.DROPPED).count() == 0
    assert OutgoingMail.objects.filter(to_email=nan.email).exists()


def test_an_address_is_given_or_said_to_be_none_and_two_people_without_one_are_two(client):
    nan = phoned()
    event, client = nan.event, signed_in(nan.event)
    new = reverse("organise:registration_new", args=[event.slug])
    full = {"beyond_capacity": "She asked first"}

    for typed, words in (
        ({"name": "Nan"}, "Enter their email address, or say below that they have none"),
        (
            {"name": "Nan", "email": "n@example.org", "no_email": "on"},
            "Take this tick away, or empty the address",
        ),
    ):
        assert words in said(client.post(new, typed | full)), typed
    came = said(client.post(new, {"name": "Nan", "no_email": "on"} | full, follow=True))

    assert "Nan has a place." in came
    assert "none: tell them by phone" in came
    assert event.registrations.filter(name="Nan", person=None).count() == 2
    assert not Person.objects.filter(email__endswith=NO_EMAIL_HOST).exists()
    assert OutgoingMail.objects.count() == 0  # they hear it on the phone


def test_what_stands_for_no_address_is_shown_nowhere():
    nan = phoned()
    client, visitor = signed_in(nan.event), Client()
    event = nan.event
    own = [
        nan.get_absolute_url(),
        *(
            reverse(f"events:{name}", args=[nan.token])
            for name in ("answers", "departure", "fresh_link", "address")
        ),
    ]
    organise = [
        *(page(nan, name) for name in ("registration", "registration_paper", "registration_removal")),
        *(
            reverse(f"organise:{name}", args=[event.slug])
            for name in ("registrations", "registrations_csv", "emails")
        ),
    ]

    for address in own:
        assert NO_EMAIL_HOST not in said(visitor.get(address, follow=True)), address
    for address in organise:
        assert NO_EMAIL_HOST not in said(client.get(address)), address
    assert "no email address" in said(client.get(organise[3]))
    assert "There is no email address to send it to." in said(visitor.post(own[3], follow=True))
    assert "news of" not in said(visitor.get(own[1]))
    visitor.post(own[4], {"email": "thief@example.org"})
    assert OutgoingMail.objects.count() == 0
    assert my_data.collect(nan.email)["addresses"] == []


def test_the_short_address_opens_the_page_however_it_is_written_and_only_of_those_without_an_address():
    nan, client = phoned(), Client()
    amara = nan.event.registrations.get(name="Amara")

    def status(code: str) -> int:
        return client.get(f"/at/{code}/").status_code

    code = code_of(nan)
    cache.clear()
    assert code in said(signed_in(nan.event).get(page(nan, "registration_paper")))
    assert client.get(f"/at/{code.lower()}/").headers["Location"] == nan.get_absolute_url()
    assert {status(code) for _ in range(7)} == {302}  # whoever is right is not held up
    assert status(code_of(amara)) == 404
    assert signed_in(nan.event).get(page(amara, "registration_paper")).status_code == 404
    Registration.objects.filter(pk=nan.pk).update(link_version=2)
    assert status(code) == 404
    Registration.objects.filter(pk=nan.pk).update(link_version=1)
    assert {status(f"{code[:-1]}{letter}") for letter in "23456789" if letter != code[-1]} == {404}
    assert status(code) == 404  # too many guesses
    cache.clear()
    assert status(code) == 302


def test_erased_and_taken_off_nothing_of_them_stays_and_nobody_is_kept_out():
    nan = phoned()
    client, event = signed_in(nan.event), nan.event
    bo = add(event, "Bo", by=ruth_of(event))

    leaving.remove(bo, by=ruth_of(event))
    assert KeptOut.objects.count() == 0
    came = said(client.post(page(nan, "registration_erasure"), follow=True))

    assert "Erased." in came
    nan.refresh_from_db()
    assert (nan.name, nan.is_live) == ("", False)
    assert not OutgoingMail.objects.filter(to_email__contains=nan.reference.lower()).exists()
    amara = event.registrations.get(name="Amara")
    assert client.post(page(amara, "registration_erasure")).status_code == 404


def test_who_is_offered_a_place_says_yes_on_the_phone():
    nan = phoned()
    event, by = nan.event, ruth_of(nan.event)
    eve = add(event, "Eve", by=by)
    leaving.remove(event.registrations.get(name="Amara"), by=by)
    outbox.send_due()
    assert OutgoingMail.objects.get(to_email=eve.email).state == State.PHONE

    list_acts.carry_out(event, Order(ListAct.Kind.PLACE, [eve.reference]), key=uuid4(), by=by)

    eve.refresh_from_db()
    assert eve.has_place
