"""Saving a place at an event that keeps places for groups, and that has several dates."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import addresses, leaving, quotas, registrations, requests
from events.actions.belonging import DoesNotBelong
from events.forms.registration import RegistrationForm
from events.models import Event, Quota, Registration
from tests.factories import answers, by_hand, make_event, make_hub, make_organiser, make_quota, register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

State = Registration.State
BelongsBy = Registration.BelongsBy


class Tried:
    """A code that may be tried."""

    def rollback(self) -> None:
        pass


@pytest.fixture
@made_once
def event() -> Event:
    """Kent has three places and three ways to show that one belongs there, City two by address alone; Liverpool is full,
    by code alone; anybody may have one of the open ones."""
    make_hub()
    event = make_event(places=10)
    make_quota(event, "Kent", 3, domains="kent.example\nukc.example", code="Sew 1 quilt", asks=True)
    make_quota(event, "City", 2, domains="city.example")
    liverpool = make_quota(event, "Liverpool", 1, code="PATCH")
    make_quota(event, "Open", 2)
    for _number in range(2):
        register(event, pair=liverpool.pair)
    return event


def group(event: Event, name: str) -> str:
    return str(event.quotas.get(name=name).pk)


def form_of(event: Event) -> str:
    return reverse("events:registration_new", args=[event.slug])


def form(event: Event, name: str = "", /, **more: Any) -> RegistrationForm:
    return RegistrationForm(typed(event, name, **more), event=event, try_code=Tried)


def typed(event: Event, name: str, /, **more: Any) -> dict[str, Any]:
    chosen = {"group": group(event, name)} if name else {}
    return {"name": "Amara", "email": "amara@example.org", "accepts_values": "on"} | by_hand() | chosen | more


def send(event: Event, name: str = "", /, *, client: Client | None = None, **more: Any) -> Any:
    return (client or Client()).post(form_of(event), typed(event, name, **more))


def asked(event: Event, name: str = "", /, **more: Any) -> tuple[Any, Any, Any]:
    """The name of the group, how they belong to it, and the state of whoever registers so; the words of the page where
    it refuses."""
    with nothing_stays():
        response = send(event, name, **more)
        if response.status_code == 200:
            return unescape(response.content.decode())
        made = event.registrations.latest("pk")
        return made.quota.name if made.quota else None, made.belongs_by, made.state


def test_whoever_shows_that_they_belong_has_a_place_of_their_group(event: Event):
    """By the address, a part of it too; by the code however it is written; asking, the organisers say it."""
    cases = [
        ("Kent", {"proof": "address", "email": "a@Staff.UKC.example"}, BelongsBy.ADDRESS, State.CONFIRMED),
        ("Kent", {"proof": "code", "code": " sew1QUILT"}, BelongsBy.CODE, State.CONFIRMED),
        ("Kent", {"proof": "asked", "code": "left there"}, BelongsBy.ASKED, State.HELD),
        ("City", {"email": "a@city.example"}, BelongsBy.ADDRESS, State.CONFIRMED),
        ("Liverpool", {"code": "PATCH"}, BelongsBy.CODE, State.WAITING),
        ("Open", {"proof": "code", "code": "left there"}, "", State.CONFIRMED),
    ]
    for name, sent, by, state in cases:
        assert asked(event, name, **sent) == (name, by, state), sent


def test_whoever_does_not_hears_why_at_the_field_and_nothing_is_lost(event: Event):
    cases = [
        (
            "Kent",
            {"proof": "address"},
            "email",
            "This address does not end in kent.example or ukc.example. You can use a code or have us ask",
        ),
        (
            "Kent",
            {"proof": "address", "email": "a@notkent.example"},
            "email",
            "You can use a code or have us ask",
        ),
        (
            "Kent",
            {"proof": "code", "code": "PATCH"},
            "code",
            "This is not the code of Kent. You can have us ask",
        ),
        ("Kent", {"proof": "code"}, "code", "This is not the code of Kent."),
        ("Kent", {}, "proof", "Choose how we can tell that you belong to Kent"),
        ("City", {"proof": "asked"}, "email", "This address does not end in city.example."),
        ("Liverpool", {"proof": "asked"}, "code", "This is not the code of Liverpool."),
        ("", {}, "group", "Choose one of these"),
        ("", {"group": "none"}, "group", "That group has changed meanwhile. Choose again"),
        ("", {"group": "99999"}, "group", "That group has changed meanwhile. Choose again"),
    ]
    for name, sent, field, words in cases:
        problems = form(event, name, **sent).errors
        assert [field] == [*problems], (name, sent)
        assert words in str(problems[field])

    page = asked(event, "Kent", proof="address")
    assert re.search(r'id="id_email_error">\s*<p class="error">.*?This address does not end in', page)
    assert 'value="Amara"' in page


def test_what_each_group_has_stands_beside_it_and_what_was_chosen_decides_the_page(event: Event):
    page = asked(event, "Liverpool", code="PATCH", name="")

    assert "3 places free" in page
    assert "Full. You would be 2nd in line" in page
    assert "<h2>\n" not in page
    assert "You would be 2nd in line</h2>" in page
    assert "The only place for Liverpool is taken." in page
    assert '<button class="btn btn--large" type="submit">Join the waiting list' in page
    page = asked(event, "Kent", name="")
    assert "A place is free</h2>" in page
    assert '<button class="btn btn--large" type="submit">Save my place' in page


def test_where_nobody_can_wait_any_more_a_full_group_says_so(event: Event):
    Event.objects.update(has_waiting_list=False)

    page = asked(event, "Liverpool", code="PATCH")
    assert "Full. There is no waiting list to join" in page
    assert "No place is free there, and there is no waiting list to join" in page
    assert 'type="submit">Join the waiting list' not in page
    assert "in line</h2>" not in page
    assert asked(event, "Open")[2] == State.CONFIRMED


def test_whoever_belongs_to_none_waits_for_what_is_shared(event: Event):
    """Nobody is offered to wait where nothing will be shared; once it is, they register like all others."""
    assert "None of these" not in Client().get(form_of(event)).content.decode()
    Event.objects.update(pool_at=timezone.now() + timedelta(days=1))

    assert "You can wait for places that the others leave. You would be 1st in line" in asked(event, "Kent")
    assert asked(event, group="none") == (None, "", State.WAITING)
    quotas.pool(event)
    assert asked(event, group="none")[2] == State.CONFIRMED


def test_codes_cannot_be_tried_without_end_and_right_ones_hold_nobody_up(event: Event, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"group_code": "2/10m/key"}
    for number in range(2):
        right = {"proof": "code", "code": "sew1quilt", "email": f"a{number}@example.org"}
        assert send(event, "Kent", **right).status_code == 302
    wrong = [send(event, "Kent", proof="code", code=code).content.decode() for code in ("1", "2", "3")]

    assert ["That were many codes" in page for page in wrong] == [False, False, True]
    assert "That were many codes" in asked(event, "Kent", proof="code", code="sew1quilt")
    assert asked(event, "Kent", proof="asked")[2] == State.HELD


def meanwhile(change: Callable[[], Any]) -> Any:
    """Does something once the form has read the groups, before the event is locked."""
    done: list[bool] = []

    def wrapper(execute: Any, sql: str, *args: Any) -> Any:
        result = execute(sql, *args)
        if "events_quota" in sql and not done:
            done.append(True)
            change()
        return result

    return connection.execute_wrapper(wrapper)


def test_what_changed_while_somebody_wrote_is_decided_under_the_lock(event: Event):
    new_code: dict[str, Any] = {"code": "NEW"}
    cases: list[tuple[Callable[[], Any], str]] = [
        (lambda: Quota.objects.filter(name="Kent").update(**new_code), "This is not the code of Kent"),
        (lambda: Quota.objects.filter(name="Kent").delete(), "That group has changed meanwhile"),
    ]
    for change, words in cases:
        with nothing_stays(), meanwhile(change):
            page = unescape(send(event, "Kent", proof="code", code="sew1quilt").content.decode())
            assert words in page
            assert 'value="Amara"' in page


def test_the_last_place_of_a_group_is_given_once(event: Event):
    city = event.quotas.get(name="City")

    places = [register(event, f"{n}@city.example", pair=city.pair).state for n in range(3)]

    assert places == [State.CONFIRMED, State.CONFIRMED, State.WAITING]


def test_another_address_has_to_belong_too_where_the_address_shows_it(event: Event):
    """Of one that nobody has confirmed. The same browser is told; the place stays."""
    kent, client = event.quotas.get(name="Kent"), Client()
    send(event, "Kent", client=client, proof="address", email="typo@kent.example")
    typo = event.registrations.latest("pk")

    sent = reverse("events:registration_sent", args=[event.slug])
    page = unescape(client.post(sent, {"email": "me@example.org"}).content.decode())
    assert "This address does not end in kent.example or ukc.example." in page
    with pytest.raises(DoesNotBelong):
        addresses.use_other_address(typo, "me@example.org")
    client.post(sent, {"email": "me@ukc.example"})
    typo.refresh_from_db()
    assert (typo.email, typo.pair, typo.belongs_by) == ("me@ukc.example", kent.pair, BelongsBy.ADDRESS)


def test_who_asked_and_finds_the_code_need_not_wait_for_an_answer(event: Event):
    """And the other way round: who asks instead has no place by a code any more."""
    kent = event.quotas.get(name="Kent")
    by = {
        BelongsBy.ASKED: answers("a@example.org", pair=kent.pair, belongs_by=BelongsBy.ASKED),
        BelongsBy.CODE: answers("a@example.org", pair=kent.pair, belongs_by=BelongsBy.CODE, code="SEW1QUILT"),
    }
    states = [
        registrations.register_here(event, by[how], made_here=None)[0].state
        for how in (BelongsBy.ASKED, BelongsBy.CODE, BelongsBy.CODE, BelongsBy.ASKED)
    ]

    assert states == [State.HELD, State.CONFIRMED, State.CONFIRMED, State.HELD]


def test_who_has_organisers_ask_stands_in_line_from_when_they_asked(event: Event):
    """Asked about once: who leaves and comes back belongs there by then."""
    kent, ruth = event.quotas.get(name="Kent"), make_organiser(event.group)
    asks = register(event, pair=kent.pair, belongs_by=BelongsBy.ASKED)
    for _number in range(4):
        register(event, pair=kent.pair)

    asks = requests.agree(asks, by=ruth)
    assert (asks.state, asks.position()) == (State.WAITING, 1)
    again = registrations.rejoin(leaving.leave(asks))

    assert (again.state, again.belongs_by) == (State.WAITING, BelongsBy.ORGANISER)


def test_groups_for_everyone_ask_for_nothing_to_be_shown_and_one_is_no_question():
    event = make_event(places=10)
    make_quota(event, "Everybody", 5)
    page = Client().get(form_of(event)).content.decode()
    assert (page.count('name="group"'), page.count('name="proof"')) == (0, 0)
    assert asked(event)[0] == "Everybody"

    make_quota(event, "Students", 5)
    page = Client().get(form_of(event)).content.decode()
    assert (page.count('name="group"'), page.count('name="proof"')) == (2, 0)


def test_who_chooses_a_group_of_one_way_has_chosen_how_they_come():
    event = make_event(places=10, format="both")
    for way in ("in_person", "online"):
        make_quota(event, "Kent", 2, way=way)
    page = Client().get(form_of(event)).content.decode()
    assert "How do you come?" in page
    assert 'name="way"' not in page
    for quota in event.quotas.all():
        with nothing_stays():
            send(event, group=str(quota.pk))
            assert event.registrations.get().pair == quota.pair

    make_quota(event, "City", 2)
    assert "Choose whether you come in person or online" in asked(event, "City")
    assert asked(event, "City", way="online")[0] == "City"


def test_of_several_dates_each_is_asked_and_a_clash_is_told_to_whoever_logged_in():
    """Nobody else learns where somebody goes."""
    event = make_event(dates=3, needs_every_date=True)
    dates = [date.pk for date in event.sessions.all()]
    mine = register(make_event(title="Elsewhere"), "amara@example.org")
    assert mine.person

    client = Client()
    client.force_login(mine.person)
    pages = [user.get(form_of(event)).content.decode() for user in (client, Client())]
    assert ["Elsewhere" in page for page in pages] == [True, False]
    page = asked(event, dates=dates[:2])
    assert 'id="id_dates_error"' in page
    assert "Then we cannot give you a place this time" in page
    send(event, dates=dates)
    rows = event.registrations.get().attendances.values_list("session", "can_come")
    assert sorted(rows) == [(date, True) for date in dates]

    Event.objects.update(needs_every_date=False)
    send(event, dates=dates[1:])
    rows = event.registrations.get().attendances.values_list("session", "can_come")
    assert sorted(rows) == [(dates[0], False), (dates[1], True), (dates[2], True)]
