"""Four answers show nothing, by any way in: every address that can be filled in is asked, as a visitor, an attendee, an
organiser and an administrator, and its whole answer (status, headers, every byte) compared with that to no answer at all.
The fifth opens the results; the sixth to ninth change no byte again."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from events.models import Event, Registration, Series
from feedback.actions import rounds
from feedback.models import AnswerLink, FeedbackRound
from tests.amounts import amount
from tests.factories import make_event, make_hub, make_organiser, make_person, register
from tests.feedback.factories import answer, fresh, make_round, put_back
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
CLOSED = "Closed to protect people: results open when five people have answered"
# Written by lot into every form.
SECRET = re.compile(rb'name="(csrfmiddlewaretoken|once|key)" value="[\w-]+"')
LEFT_OUT = ("account_", "mfa_", "socialaccount_", "admin:")
Answers = dict[tuple[str, str], tuple[int, dict[str, str], bytes]]


class World:
    """An event with answers to come, and a later one of the same series whose results are open."""

    def __init__(self) -> None:
        make_hub()
        self.round = make_round(11, ago=timedelta(days=3), title="Being better allies")
        group = self.round.event.group
        series = Series.objects.create(group=group, title="Socials", slug="socials")
        later = make_event(group=group, series=series, title="Finding words")
        for _person in range(5):
            register(later)
        put_back(later, timedelta(days=1))
        Event.objects.filter(pk=self.round.event.pk).update(series=series)
        self.later = rounds.round_of(Event.objects.get(pk=later.pk))
        rounds.make_links(self.later)
        answer(self.later, 5, keep="The tea")
        rounds.release_due()
        self.silent = AnswerLink.objects.filter(round=self.round).order_by("pk").last()
        self.known = self._known()
        self.organiser = make_organiser(group)
        self.people = {
            "visitor": None,
            "attendee": self.silent.registration.person,
            "organiser": self.organiser,
            "administrator": make_person(is_staff=True, is_superuser=True),
        }
        # Signing in leaves a trace in what somebody may see of themselves: once, before all walks.
        self.cookies = {who: signed_in(person).cookies for who, person in self.people.items()}

    def more(self, number: int) -> None:
        """So many more people answer, and the clock beats. One of them all never does."""
        AnswerLink.objects.filter(pk=self.silent.pk).update(is_used=True)
        answer(fresh(self.round), number, keep="The breaks", change="The room was too warm")
        AnswerLink.objects.filter(pk=self.silent.pk).update(is_used=False)
        rounds.release_due()

    def all_answers(self, *those: str) -> Answers:
        """To those kinds of people, or to all. Each walk begins with the cookies of signing in and no others."""
        found = {}
        for who in those or self.people:
            client = Client()
            client.cookies.load({name: cookie.value for name, cookie in self.cookies[who].items()})
            ways = [*every_way_in(self.known, who), *(every_admin_page() if who == "administrator" else [])]
            for address in ways:
                found[who, address] = what_comes(client, address)
        return found

    def _known(self) -> dict[str, list[Any]]:
        registration, event = self.silent.registration, self.round.event
        return {
            "event": [event.slug, self.later.event.slug],
            "group": [event.group.slug],
            "token": [registration.token, self.silent.token],
            "code": [self.round.room_code],
            "year": [2026],
            "month": [5],
            "pk": [registration.pk],
            "reference": [registration.reference],
        }


make_world = made_once(World)


@pytest.fixture
def world() -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield make_world()


def signed_in(person: Any) -> Client:
    client = Client()
    if person:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def every_way_in(known: dict[str, list[Any]], who: str) -> Iterator[str]:
    """The pages meant for this kind of person: that others get none of them stands in the permission table."""
    for name, route, parameters in _addresses(get_resolver().url_patterns):
        is_for_organisers = name.startswith("organise:")
        if name.startswith(LEFT_OUT) or is_for_organisers != (who in ("organiser", "administrator")):
            continue
        if who in ("attendee", "administrator") and parameters:
            continue
        kinds = ["group" if "groups/<" in route else one if one != "slug" else "event" for one in parameters]
        for values in product(*(known.get(kind, []) for kind in kinds)):
            with suppress(NoReverseMatch):  # a key of another kind
                yield reverse(name, args=values)


def every_admin_page() -> Iterator[str]:
    yield reverse("admin:index")
    for model in admin.site._registry:
        yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def what_comes(client: Client, address: str) -> tuple[int, dict[str, str], bytes]:
    came = client.get(address)
    body = came.getvalue() if came.streaming else came.content
    return came.status_code, dict(came.headers), SECRET.sub(b"", body)


def differing(before: Answers, after: Answers) -> list[tuple[str, str]]:
    return [way for way in before if before[way] != after[way]]


def results(round: FeedbackRound, name: str = "feedback") -> str:
    return reverse(f"organise:{name}", args=[round.event.slug])


def test_four_answers_change_no_byte_of_anything(world):
    before = world.all_answers()

    world.more(4)

    after = world.all_answers()
    assert differing(before, after) == []
    assert len({address for _who, address in after}) > 100  # or the walk has lost its way
    for name in ("feedback", "feedback_csv"):
        assert CLOSED.encode() in after["organiser", results(world.round, name)][2]


def test_the_fifth_opens_and_not_before_the_clock_lets_it_in(world):
    world.more(4)
    client = signed_in(world.organiser)
    AnswerLink.objects.filter(pk=world.silent.pk).update(is_used=True)
    answer(fresh(world.round), 1, keep="The breaks")
    waiting = client.get(results(world.round)).content.decode()

    rounds.release_due()

    opened = client.get(results(world.round)).content.decode()
    assert CLOSED in waiting
    assert CLOSED not in opened
    assert "5 people answered" in opened
    assert opened.count("The breaks</blockquote>") == 5
    assert "Shown when five have answered it" in opened  # only four wrote what to change


@pytest.mark.many
def test_the_next_four_change_no_byte_of_anything(world):
    """Of what an organiser reads now that results are open, above all."""
    those = ("organiser", "attendee", "visitor", "administrator")[: amount(1, many=4)]
    world.more(5)
    before = world.all_answers(*those)

    world.more(4)

    assert differing(before, world.all_answers(*those)) == []
    assert b"5 people answered" in before["organiser", results(world.round)][2]


def test_the_tenth_opens_with_the_four_before_it(world):
    world.more(5)
    world.more(4)
    world.more(1)

    opened = signed_in(world.organiser).get(results(world.round)).content.decode()

    assert "10 people answered" in opened


def test_a_gap_in_the_trends_of_another_event_looks_the_same_for_none_and_four(world):
    """The later event's page compares with earlier ones: with this one only when five have answered."""
    page = results(world.later)
    client = signed_in(world.organiser)
    nobody = what_comes(client, page)

    world.more(4)
    four = what_comes(client, page)
    world.more(1)
    five = what_comes(client, page)

    assert nobody == four
    assert b"Compared with earlier events" not in four[2]
    assert b"Compared with earlier events" in five[2]


def test_no_way_in_that_writes_lets_anybody_see_four(world):
    world.more(4)
    client = signed_in(world.organiser)
    for text in world.round.texts.all():
        for name in ("feedback_text", "feedback_hiding", "feedback_showing"):
            address = reverse(f"organise:{name}", args=[world.round.event.slug, text.pk])
            sent = client.post(address, {"new": "breaks", "because": "names somebody"}, follow=True)

            assert CLOSED in sent.content.decode()
            assert "The breaks" not in sent.content.decode()
    assert Registration.objects.filter(event=world.round.event).count() == 11


def _addresses(
    patterns: list[URLPattern | URLResolver], namespace: str = "", route: str = ""
) -> Iterator[tuple[str, str, list[str]]]:
    """Name, address and parameters of every page."""
    for pattern in patterns:
        whole = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _addresses(pattern.url_patterns, inner, whole)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", whole, list(pattern.pattern.converters)
