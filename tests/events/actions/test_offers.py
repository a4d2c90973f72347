"""What can be answered to an offered place beside yes and no."""

from datetime import timedelta
from typing import NamedTuple

import pytest
import time_machine
from django.utils import timezone

from events.actions import access_needs, calling_off, leaving, offers
from events.actions.leaving import NoLongerPossible
from events.models import Event, Registration
from events.pages.organise.organiser_words import history
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import make_access_lead, make_event, make_organiser, register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db


class World(NamedTuple):
    """One place. It is offered to Bo, who needs captions; Cy and Di wait."""

    event: Event
    lead: Person
    ruth: Person

    def __getattr__(self, name: str) -> Registration:
        return self.event.registrations.get(name=name.title())

    def states(self) -> str:
        rows = self.event.registrations.exclude(name="Ama").order_by("pk")
        return " ".join(rows.values_list("state", flat=True))

    def line(self) -> str:
        return " ".join(self.event.registrations.in_the_queue().values_list("name", flat=True))

    def mails(self) -> dict[str, int]:
        """How many of each kind are owed since the world was made."""
        kinds = OutgoingMail.objects.order_by("pk").values_list("kind", flat=True)
        return {kind: list(kinds).count(kind) for kind in kinds}


@made_once
def offered() -> World:
    event = make_event(places=1, starts_in=timedelta(days=30))
    world = World(event, make_access_lead(event.group, name="Lea"), make_organiser(event.group, name="Ruth"))
    for name in ("Ama", "Bo", "Cy", "Di"):
        needs = {"needs": {"captions": ""}} if name == "Bo" else {}
        register(event, f"{name.lower()}@example.org", name=name, **needs)
    OutgoingMail.objects.all().delete()
    leaving.leave(world.ama)
    return world


def test_an_offer_to_somebody_who_needs_something_tells_the_access_leads_at_once():
    world = offered()

    mail = OutgoingMail.objects.get(kind="access-for-leads")
    assert (mail.to_email, mail.about) == (world.lead.email, world.event.pk)
    assert mail.next_attempt_at <= timezone.now()

    leaving.decline_offer(world.bo)
    assert world.cy.is_offered
    assert world.mails() == {"offer": 2, "left": 1, "access-for-leads": 1}


def test_whoever_wants_to_come_later_waits_at_the_end():
    world = offered()
    assert offers.place_at_the_end(world.bo) == 2

    offers.stay(world.bo)

    assert world.states() == "waiting offered waiting"
    assert world.line() == "Di Bo"
    with pytest.raises(NoLongerPossible):
        offers.stay(world.bo)


def test_where_nobody_else_waits_the_place_is_not_offered_to_the_same_person_again():
    world = offered()
    for row in (world.cy, world.di):
        leaving.leave(row)
    assert offers.place_at_the_end(world.bo) is None

    with pytest.raises(offers.NobodyElseWaits):
        offers.stay(world.bo)

    assert world.bo.is_offered
    assert world.mails()["offer"] == 1


def test_the_place_is_held_for_whoever_waits_to_hear_whether_their_access_works_until_the_offer_ends():
    world = offered()
    ends_at = world.bo.offer_ends_at
    offers.ask_about_access(world.bo)
    assert world.mails()["access-for-leads"] == 2

    for answer, states in ((True, "confirmed waiting waiting"), (False, "offered waiting waiting")):
        with nothing_stays():
            offers.answer_about_access(world.bo, works=answer)
            assert world.states() == states
            assert world.bo.access_word == ("" if answer else "cannot")
            assert world.bo.offer_ends_at == (None if answer else ends_at)
            assert world.mails()["place" if answer else "offer"] == (1 if answer else 2)
            with pytest.raises(NoLongerPossible):
                offers.answer_about_access(world.bo, works=True)
            with pytest.raises(NoLongerPossible):
                offers.ask_about_access(world.bo)
            # The same words for whoever waits for nothing: organisers do not read who needs something.
            assert not {"access", "need"} & set(" ".join(m.words for m in history(world.bo)).split())
            assert len(history(world.bo)) == world.bo.steps.count() - (1 if answer else 2)

    for answered_by_person in (leaving.accept_offer, leaving.decline_offer, offers.stay, leaving.leave):
        with nothing_stays():
            answered_by_person(world.bo)
            assert world.bo.access_word == ""


def test_when_nobody_answered_about_access_the_place_goes_on_and_they_stay_in_line():
    world = offered()
    offers.ask_about_access(world.bo)

    with time_machine.travel(world.bo.offer_ends_at, tick=False):
        assert leaving.expire(world.event) == 1
        assert leaving.expire(world.event) == 0
        assert (world.states(), world.line()) == ("waiting offered waiting", "Di Bo")
        assert world.mails() | {"access-for-leads": 0} == {
            "offer": 2, "left": 1, "access-for-leads": 0, "waiting": 1
        }  # fmt: skip


def test_whoever_needs_nothing_took_it_back_or_is_too_late_cannot_wait_for_an_answer():
    world = offered()

    def took_back() -> Registration:
        access_needs.withdraw(world.bo)
        return world.bo

    def off() -> Registration:
        calling_off.postpone(world.event, reason="Flooded.", by=world.ruth)
        return world.bo

    for who in (lambda: world.cy, took_back, off):
        with nothing_stays(), pytest.raises(NoLongerPossible):
            offers.ask_about_access(who())
    with time_machine.travel(world.bo.offer_ends_at, tick=False), pytest.raises(NoLongerPossible):
        offers.ask_about_access(world.bo)
    offers.ask_about_access(world.bo)
    with time_machine.travel(world.bo.offer_ends_at, tick=False), pytest.raises(NoLongerPossible):
        offers.answer_about_access(world.bo, works=True)
