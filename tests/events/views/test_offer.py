"""The page on which an offered place is answered, and where somebody stands who waits, in their own words."""

from datetime import timedelta
from typing import NamedTuple

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import leaving, offers, quotas
from events.models import AccessOffer, Event, Quota, Registration
from events.pages.nothing_to_do import nothing_to_do
from events.pages.registration_words import heading
from events.pages.whats_next import history
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import make_access_lead, make_event, make_quota, register
from tests.mails import as_it_leaves
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db


class World(NamedTuple):
    """A programme of two dates. Liverpool has one place, offered to Bo, who needs captions; Cy and Di wait. Kent has two,
    and nobody has them. What is left is shared a week before."""

    event: Event
    lead: Person
    liverpool: Quota
    kent: Quota

    def __getattr__(self, name: str) -> Registration:
        return self.event.registrations.get(name=name.title())

    def look(self, name: str, page: str = "offer") -> str:
        answer = Client().get(reverse(f"events:{page}", args=[getattr(self, name).token]))
        return " ".join(answer.content.decode().split())

    def press(self, name: str, answer: str, *dates: int) -> str:
        data = {"answer": answer, "dates": dates}
        page = Client().post(reverse("events:offer", args=[getattr(self, name).token]), data, follow=True)
        return " ".join(page.content.decode().split())

    @property
    def dates(self) -> list[int]:
        return [session.pk for session in self.event.sessions.all()]


@made_once
def programme() -> World:
    pool_at = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=20)
    event = make_event(places=4, dates=2, starts_in=timedelta(days=30), pool_at=None, time_zone="UTC")
    liverpool, kent = make_quota(event, "Liverpool", 1), make_quota(event, "Kent", 2)
    event.pool_at = pool_at
    event.save()
    world = World(event, make_access_lead(event.group, name="Lea"), liverpool, kent)
    for name in ("Ama", "Bo", "Cy", "Di"):
        needs = {"needs": {"captions": ""}} if name == "Bo" else {}
        register(event, f"{name.lower()}@example.org", name=name, pair=liverpool.pair, **needs)
    leaving.leave(world.ama)
    return world


def test_an_offer_is_taken_with_the_dates_and_only_with_them():
    world = programme()
    page = world.look("bo")
    assert "<title>A place is free" in page
    assert page.count('name="dates"') == 2

    refused = world.press("bo", "yes")
    assert "Tick at least one date" in refused
    assert world.bo.is_offered

    assert "The place is yours." in world.press("bo", "yes", world.dates[1])
    said = dict(world.bo.attendances.values_list("session", "can_come"))
    assert (world.bo.state, said) == ("confirmed", {world.dates[0]: False, world.dates[1]: True})


def test_each_answer_says_what_is_true_now():
    world = programme()
    for answer, state, words in (
        ("access", "offered", "The place is kept for you until the access leads answer"),
        ("later", "waiting", "You are 2nd in line for Liverpool"),
        ("no", "cancelled", "You did not take the place"),
    ):
        with nothing_stays():
            page = world.press("bo", answer, *world.dates)
            assert (world.bo.state, words in page) == (state, True), answer
            again = world.press("bo", answer, *world.dates)
            assert (world.bo.state, "Nothing was changed" in again) == (state, True), answer


def test_where_they_would_stand_is_said_before_they_press():
    world = programme()
    with nothing_stays():
        assert "you are at its end: 2nd" in world.look("bo")
        for row in (world.cy, world.di):
            leaving.leave(row)
        assert "Not now, I stay on the list" not in world.look("bo")
        assert "the place would come straight back to you" in world.press("bo", "later")
        assert world.bo.is_offered


def test_somebody_who_needs_something_reads_what_can_still_be_arranged_and_not_what_they_need():
    world = programme()
    for code, days in (("captions", 5), ("bsl", 60)):
        AccessOffer.objects.create(code=code, lead_working_days=days)

    page = world.look("bo")
    early, late = page.split("There is time enough to arrange:")[1].split("It is late for this")
    assert "captions" in early.lower()
    assert "British Sign Language" in late
    assert "We try and tell you by" in late

    leaving.decline_offer(world.bo)
    assert world.cy.is_offered
    assert "What you need" not in world.look("cy")


def test_an_access_lead_answers_on_the_board_with_one_press_and_nobody_else_can():
    world = programme()
    offers.ask_about_access(world.bo)
    assert "The place is kept for you" in world.look("bo", "manage")
    client = Client()
    client.force_login(world.lead)
    number, slug = world.bo.access_request.pk, world.event.slug
    board = client.get(reverse("organise:access", args=[slug])).content.decode()
    assert "Bo takes the place only if it works" in board
    address = reverse("organise:access_offer", args=[slug, number])

    for works, state, heard in (
        ("yes", "confirmed", "Give up my place"),
        ("no", "offered", "It cannot be arranged by then"),
    ):
        with nothing_stays():
            assert Client().post(address, {"works": works}).status_code == 302
            assert world.bo.access_word == "asked"
            page = client.post(address, {"works": works}, follow=True).content.decode()
            assert world.bo.state == state
            assert heard in world.look("bo", "manage")
            assert "takes the place only if it works" not in page
            again = client.post(address, {"works": "yes"}, follow=True).content.decode()
            assert "They do not wait for this answer any more." in again
            assert world.bo.state == state


def test_no_mail_about_an_offer_says_that_somebody_needs_something():
    world = programme()
    offers.ask_about_access(world.bo)
    offers.answer_about_access(world.bo, works=False)
    mails = OutgoingMail.objects.filter(to_email="bo@example.org", kind__in=("offer", "place", "waiting"))
    letters = [letter for mail in mails if (letter := as_it_leaves(mail))]
    assert letters
    for letter in letters:
        assert not {"access", "captions", "arranged"} & set(letter.text.lower().replace(",", " ").split())


def test_whoever_answers_too_late_reads_where_they_would_stand_and_stays_with_one_press():
    world = programme()
    with time_machine.travel(world.bo.offer_ends_at + timedelta(minutes=1), tick=False):
        page = world.press("bo", "yes", *world.dates)
        assert "We are sorry: the offer had ended before your answer came." in page
        assert "you would be 2nd." in page
        assert "Would you like to stay on the list?" in page
        assert world.cy.is_offered
        # Registration may have closed meanwhile.
        Event.objects.update(registration_closes_at=timezone.now())
        for _press in range(2):
            Client().post(reverse("events:rejoining", args=[world.bo.token]))
        assert list(world.event.registrations.in_the_queue().values_list("name", flat=True)) == ["Di", "Bo"]
        assert world.event.registrations.filter(email="bo@example.org").count() == 1


def test_whoever_waits_reads_for_whose_places_what_frees_one_and_what_changes_when_they_are_shared():
    world = programme()
    now = timezone.now()
    assert heading(world.di, now) == "You are 2nd in line for Liverpool"
    words = " ".join(nothing_to_do(world.di, now).words)
    assert "First come, first served." in words
    assert "whoever has the one for Liverpool gives it back" in words
    assert "Today that is 3 places, and you would be 2nd." in words
    for name in ("Ned", "Olu"):
        register(world.event, f"{name.lower()}@example.org", name=name)
    assert heading(world.ned, now) == "You are 1st in line for the places that are left"
    assert "you would be 3rd" in " ".join(nothing_to_do(world.ned, now).words)

    quotas.pool(world.event)
    world.event.refresh_from_db()

    assert (world.di.is_offered, world.ned.is_offered) == (True, True)
    assert heading(world.olu, timezone.now()) == "You are on the waiting list, 1st"
    words = " ".join(nothing_to_do(world.olu, timezone.now()).words)
    assert "all places are for everyone, whoever waited longest first" in words
    assert "The places that were left became places for everyone who waits." in [
        moment.words for moment in history(world.olu)
    ]
