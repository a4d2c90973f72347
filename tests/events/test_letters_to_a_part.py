"""Whoever looks after the people of one group of places writes to them, and sees of letters what goes to them alone."""

from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.actions import letters, quotas
from events.actions.listed import these
from events.models import Letter, Registration
from mail.actions import outbox
from people.models import Person
from tests.events.test_co_organisers import World, make_world, of_people
from tests.factories import make_co_organiser, register, write_letter
from tests.permission_walk import signed_in
from tests.worlds import nothing_stays

MESSAGES = of_people("messages")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def kim(world: World) -> Client:
    return signed_in(world.people["kent"])


def typed(*audience: str, **more: str) -> dict[str, object]:
    return {"key": str(uuid4()), "audience": audience, "subject": "Bring a pen", "words": "Please."} | more


def letter_of(world: World, person: Person, **more: object) -> Letter:
    quotas_of = world.event.quotas.filter(organisers__person=person).values_list("pk", flat=True)
    begun = letters.begin(world.event, key=uuid4(), quotas=quotas_of)
    saved = letters.save(
        begun, subject=f"By {person.name}", words="Please.", audience=["coming"], opened="", by=person
    )
    if more.get("is_sent"):
        letters.send(saved, by=person)
    return saved


def got(letter: Letter) -> list[str]:
    letter.refresh_from_db()
    mail.outbox.clear()
    with time_machine.travel(letter.leaves_at, tick=False):
        outbox.send_due()
    return sorted(sent.to[0] for sent in mail.outbox if letter.subject in sent.subject)


def test_every_choice_is_counted_among_their_people_and_goes_to_nobody_else(world, kim):
    both = these([world.ours, world.theirs])
    page = kim.get(f"{MESSAGES}?to={both}")
    codes = [code for code, _words in page.context["form"].fields["audience"].choices]

    assert (page.status_code, page.context["only"], codes[0]) == (200, "Kent", both)
    assert [word for word in ("Theo", "2 people") if word in page.content.decode()] == []
    others = f"list:coming:{world.city.pk}::"
    for code in (both, "coming", "list:coming:::", others):
        with nothing_stays():
            kim.post(f"{MESSAGES}?to={code}", typed(code, send=""))
            sent = Letter.objects.exclude(leaves_at=None).first()
            assert (code, got(sent) if sent else []) == (code, [] if code == others else [world.ours.email])


def test_each_sees_the_letters_to_nobody_but_their_own_people(world):
    kent, both, olu = (world.people[who] for who in ("kent", "both", "organiser"))
    cat = make_co_organiser(world.city, name="Cat")
    for is_sent in (False, True):
        for person in (kent, both, cat):
            letter_of(world, person, is_sent=is_sent)
        plain = write_letter(world.event, "By Olu", by=olu)
        if is_sent:
            letters.send(plain, by=olu)
    seen = {}
    for person in (kent, both, cat, olu):
        text = signed_in(person).get(MESSAGES).content.decode()
        seen[person.name] = [name for name in ("Kim", "Bo", "Cat", "Olu") if f"By {name}" in text]

    assert seen == {
        "Kim": ["Kim"],
        "Bo": ["Kim", "Bo", "Cat"],
        "Cat": ["Cat"],
        "Olu": ["Kim", "Bo", "Cat", "Olu"],
    }


def test_letters_of_others_open_for_nobody_and_no_press_reaches_them(world, kim):
    olu = world.people["organiser"]
    not_theirs = [letter_of(world, world.people["both"], is_sent=True), write_letter(world.event, by=olu)]
    own = letter_of(world, world.people["kent"], is_sent=True)
    pages = ("letter", "letter_frame", "letter_return", "letter_departure", "letter_removal")

    def ask(page: str, letter: Letter) -> int:
        address = of_people(page, letter.pk)
        with nothing_stays():
            return (kim.get if page in pages[:2] else kim.post)(address).status_code

    assert {ask(page, letter) for page in pages for letter in not_theirs} == {404}
    assert [ask(page, own) for page in pages] == [200, 200, 302, 302, 302]
    begun = not_theirs[1]
    kim.post(MESSAGES, typed("coming", key=str(begun.key), opened=begun.edition))
    begun.refresh_from_db()
    assert begun.by == olu
    assert kim.get(f"{MESSAGES}?corrects={not_theirs[0].pk}").context["letter"].corrects is None


def test_whoever_is_moved_to_another_group_meanwhile_gets_none_though_an_organiser_sends_it(world):
    olu, draft = world.people["organiser"], letter_of(world, world.people["kent"])
    stays = register(world.event, "stays@kent.example", pair=world.kent.pair)
    signed_in(olu).post(of_people("letter", draft.pk), {**typed("coming", send=""), "opened": draft.edition})

    quotas.move(world.ours, world.city.pair, by=olu)

    draft.refresh_from_db()
    assert draft.copies.count() == 2
    assert got(draft) == [stays.email]


def test_a_correction_stays_with_those_it_corrects_and_a_group_that_is_gone_has_nobody(world, kim):
    sent = letter_of(world, world.people["kent"], is_sent=True)
    letters.let_go(sent)
    kim.post(f"{MESSAGES}?corrects={sent.pk}", typed(send=""))
    correction = sent.corrections.get()
    gone = letter_of(world, world.people["kent"])

    Registration.objects.filter(pk=world.ours.pk).update(quota=None)
    world.kent.delete()

    assert correction.quotas == sent.quotas == [gone.quotas[0]]
    assert letters.is_for(gone) == frozenset()
    text = signed_in(world.people["organiser"]).get(of_people("letter", gone.pk)).content.decode()
    assert "a group of places that is no more" in text


def test_a_try_reaches_whoever_writes_while_they_may(world, kim):
    kim.post(MESSAGES, typed("coming", test=""))
    outbox.send_due()
    kim.post(MESSAGES, typed("coming", test="") | {"subject": "Another"})
    world.kent.organisers.all().delete()

    outbox.send_due()

    assert [sent.to for sent in mail.outbox if "Bring a pen" in sent.subject] == [
        [world.people["kent"].email]
    ]
    assert [sent for sent in mail.outbox if "Another" in sent.subject] == []


def test_more_letters_cost_co_organisers_no_more_queries(world, kim):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert kim.get(MESSAGES).status_code == 200
        return len(queries)

    letter_of(world, world.people["kent"], is_sent=True)
    one = count()
    letter_of(world, world.people["kent"], is_sent=True)
    letter_of(world, world.people["both"], is_sent=True)

    assert count() == one


def test_their_pages_lead_to_what_they_may_write(world, kim):
    first, people = kim.get(of_people("event")), kim.get(of_people("registrations"))

    assert f"{MESSAGES}?to=list%3Alive%3A{world.kent.pk}%3A%3A" in first.content.decode()
    assert f"{MESSAGES}?to=" in people.content.decode()
    text = kim.get(MESSAGES).content.decode()
    assert reverse("organise:emails", args=["programme"]) not in text
