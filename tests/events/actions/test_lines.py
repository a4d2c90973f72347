"""Whoever waits is asked as soon as a place is free that they can have, and nobody gets one before them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from events.actions import (
    adding,
    address_changes,
    calling_off,
    events,
    giving_back,
    importing,
    invitations,
    leaving,
    list_acts,
    list_undoing,
    my_data,
    offers,
    quotas,
    registrations,
    requests,
    volunteers,
)
from events.actions.list_acts import Order
from events.models import Event, ImportLine, KeptOut, ListAct, Quota, Registration
from events.models.places import Pair
from kit.links import mailbox_digests
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import answers, make_event, make_organiser, make_quota, register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db


class World(NamedTuple):
    """Liverpool has two places: Ama and Bo have them, Cy and Di wait. Kent has one: Eve has it, Flo waits. City has two
    that nobody has. What is left, one, is for the others: Xan has it, Yan waits."""

    event: Event
    ruth: Person
    quotas: dict[str, Quota]

    def __getattr__(self, name: str) -> Registration:
        found = self.event.registrations.order_by("-pk").filter(name=name.title()).first()
        if found is None:
            raise AttributeError(name)
        return found

    def asked(self) -> str:
        offered = self.event.registrations.filter(state="offered").order_by("queued_at", "pk")
        return " ".join(offered.values_list("name", flat=True))

    def pair(self, name: str) -> Pair:
        return self.quotas[name].pair

    def come(self, name: str, quota: str, *, confirmed: bool = True) -> Registration:
        email = f"{name.lower()}@example.org"
        return register(self.event, email, name=name, pair=self.pair(quota), confirmed=confirmed)


@made_once
def full() -> World:
    event = make_event(places=6)
    numbers = {"Liverpool": 2, "Kent": 1, "City": 2, "Others": None}
    made = {name: make_quota(event, name, number) for name, number in numbers.items()}
    world = World(event, make_organiser(event.group, name="Ruth"), made)
    for quota, names in {"Liverpool": "Ama Bo Cy Di", "Kent": "Eve Flo", "Others": "Xan Yan"}.items():
        for name in names.split():
            world.come(name, quota)
    OutgoingMail.objects.all().delete()
    return world


def offered(w: World) -> None:
    leaving.leave(w.ama)


def keep_out(w: World, email: str) -> None:
    kept = KeptOut.objects.create(group=w.event.group, event=w.event, kind=KeptOut.Kind.NAMED)
    kept.mailboxes.create(digest=mailbox_digests(email)[0])


def in_bulk(w: World, kind: str, row: Registration, reason: str = "") -> ListAct:
    order = Order(kind, [row.reference], reason=reason)
    return list_acts.carry_out(w.event, order, key=uuid4(), by=w.ruth)[0]


def removed_and_undone(w: World) -> None:
    act = in_bulk(w, ListAct.Kind.OFF, w.cy)
    list_undoing.undo(act, by=w.ruth)
    leaving.leave(w.bo)


def while_it_is_off(w: World) -> None:
    calling_off.postpone(w.event, reason="The hall floods.", by=w.ruth)
    leaving.leave(w.ama)
    assert not w.asked()
    calling_off.call_back(w.event.locked(), by=w.ruth)


def raised(w: World, number: int) -> None:
    event = w.event.locked()
    event.capacity = number
    events.save(event, fields=["capacity"])


def more_for_liverpool(w: World) -> None:
    quota = Quota.objects.get(pk=w.quotas["Liverpool"].pk)
    quota.places, other = 3, Quota.objects.get(pk=w.quotas["City"].pk)
    other.places = 1
    quotas.save(w.event, saved=[quota, other])


def moved_to_another_address(w: World) -> None:
    keep_out(w, "new@example.org")
    change = address_changes.ask(w.ama, "new@example.org")
    address_changes.agree(change, as_old=True)
    address_changes.agree(change, as_old=False)


def too_late_but_helps(w: World) -> None:
    offered(w)
    with time_machine.travel(w.cy.offer_ends_at, tick=False):
        volunteers.welcome(w.event, name="Cy", email=w.cy.email, reason="Helps at the door.")


def begun_and_moved(w: World) -> None:
    start = w.event.sessions.get().starts_at
    with time_machine.travel(start + timedelta(minutes=1), tick=False):
        leaving.leave(w.ama)
        assert not w.asked()
        session = w.event.sessions.get()
        session.starts_at, session.ends_at = (
            start + timedelta(days=9),
            start + timedelta(days=9, hours=1),
        )
        events.save_sessions(w.event, saved=[session])


def not_confirmed(w: World) -> Registration:
    """Una holds one of the two places of City, Val has the other, Wim waits."""
    una = w.come("Una", "City", confirmed=False)
    w.come("Val", "City")
    w.come("Wim", "City")
    assert una.state == "confirmed"
    return una


def never_confirmed(w: World) -> None:
    una = not_confirmed(w)
    with time_machine.travel(una.confirm_by, tick=False):
        leaving.expire(w.event)


def confirmed_while_kept_out(w: World) -> None:
    una = not_confirmed(w)
    keep_out(w, una.email)
    registrations.confirm(una)


def expired(w: World) -> None:
    with time_machine.travel(w.cy.offer_ends_at, tick=False):
        leaving.expire(w.event)


def accept_while_kept_out(w: World) -> None:
    keep_out(w, w.cy.email)
    leaving.accept_offer(w.cy)


PLACE_FREED: dict[str, tuple[Callable[[World], object], str]] = {
    "leaves": (lambda w: leaving.leave(w.ama), "Cy"),
    "removed": (lambda w: leaving.remove(w.ama, by=w.ruth), "Cy"),
    "taken off with others": (lambda w: in_bulk(w, ListAct.Kind.OFF, w.ama), "Cy"),
    "taken off the list and put back": (removed_and_undone, "Cy"),
    "says no": (lambda w: (offered(w), leaving.decline_offer(w.cy)), "Di"),
    "leaves instead of answering": (lambda w: (offered(w), leaving.leave(w.cy)), "Di"),
    "stays at the end": (lambda w: (offered(w), offers.stay(w.cy)), "Di"),
    "does not answer": (lambda w: (offered(w), expired(w)), "Di"),
    "answers too late, but helps": (too_late_but_helps, "Di"),
    "says yes while kept out": (lambda w: (offered(w), accept_while_kept_out(w)), "Di"),
    "kept out": (lambda w: (keep_out(w, w.ama.email), leaving.expire(w.event)), "Cy"),
    "moved to an address that is kept out": (moved_to_another_address, "Cy"),
    "never confirmed": (never_confirmed, "Wim"),
    "confirmed while kept out": (confirmed_while_kept_out, "Wim"),
    "not me": (lambda w: leaving.not_me(not_confirmed(w)), "Wim"),
    "given back": (lambda w: (not_confirmed(w), giving_back.give_back(w.event, by=w.ruth)), "Wim"),
    "asks for another quota before confirming": (
        lambda w: (not_confirmed(w), w.come("Una", "Kent", confirmed=False)),
        "Wim",
    ),
    "erased": (lambda w: leaving.erase(w.ama), "Cy"),
    "all their data erased": (lambda w: my_data.erase_everything(w.ama.email), "Cy"),
    "more places": (lambda w: raised(w, 8), "Yan"),
    "no limit": (lambda w: raised(w, None), "Yan"),
    "quota made larger": (more_for_liverpool, "Cy"),
    "pooled": (lambda w: quotas.pool(w.event), "Cy Di"),
    "moved by an organiser": (lambda w: quotas.move(w.ama, w.pair("City"), by=w.ruth), "Cy"),
    "goes to another quota": (lambda w: quotas.switch(w.ama, w.pair("City")), "Cy"),
    "called back": (while_it_is_off, "Cy"),
    "begun, and moved to another day": (begun_and_moved, "Cy"),
}


def test_however_a_place_becomes_free_whoever_waits_for_it_longest_is_asked_at_once():
    world = full()
    found = {}
    for name, (happen, _expected) in PLACE_FREED.items():
        with nothing_stays():
            happen(world)
            found[name] = world.asked()
            mails = OutgoingMail.objects.filter(kind="offer").values_list("about", flat=True)
            last = world.event.registrations.filter(state="offered").values_list("pk", flat=True)
            assert set(last) <= set(mails), name

    assert found == {name: expected for name, (_happen, expected) in PLACE_FREED.items()}


def one_place_more(w: World) -> None:
    """A place of Liverpool is free, and nobody was asked yet."""
    Quota.objects.filter(pk=w.quotas["Liverpool"].pk).update(places=3)
    Event.objects.filter(pk=w.event.pk).update(capacity=7)


def left_before(w: World) -> Registration:
    w.come("Zoe", "Liverpool")
    return leaving.leave(w.zoe)


def asked_and_agreed(w: World) -> None:
    Event.objects.filter(pk=w.event.pk).update(asks_first=True)
    w.event.refresh_from_db()
    w.come("Zoe", "Liverpool")
    requests.agree(w.zoe, by=w.ruth)


def phoned_in(w: World) -> None:
    adding.add(w.event, answers("zoe@example.org", name="Zoe", pair=w.pair("Liverpool")), by=w.ruth)


def confirmed_too_late(w: World) -> None:
    zoe = w.come("Zoe", "City", confirmed=False)
    with time_machine.travel(zoe.confirm_by, tick=False):
        leaving.expire(w.event)
    Registration.objects.filter(pk=zoe.pk).update(quota=w.quotas["Liverpool"])
    registrations.confirm(Registration.objects.get(pk=zoe.pk))


def helped_no_longer(w: World) -> None:
    zoe = volunteers.welcome(w.event, name="Zoe", email="zoe@example.org", reason="Helps.")
    Registration.objects.filter(pk=zoe.pk).update(quota=w.quotas["Liverpool"])
    volunteers.part_ended(Registration.objects.get(pk=zoe.pk))


def invited(w: World) -> None:
    Event.objects.filter(pk=w.event.pk).update(entry=Event.Entry.INVITED)
    w.event.refresh_from_db()
    invitations.invite(w.event, ["zoe@example.org"], by=w.ruth, quota=w.quotas["Liverpool"])
    key = w.event.invitations.get().key
    asked = answers("zoe@example.org", name="Zoe", pair=w.pair("Liverpool"), invitation=key)
    registrations.confirm(registrations.register(w.event, asked))


def brought_in(w: World) -> None:
    line = ImportLine(number=1, name="Zoe", email="zoe@example.org", quota=w.quotas["Liverpool"])
    kept = importing.keep(w.event, [line], key=uuid4(), by=w.ruth)
    importing.begin(kept)
    importing.carry_on()


WAYS_IN: dict[str, tuple[str, Callable[[World], object]]] = {
    "registers": ("zoe", lambda w: w.come("Zoe", "Liverpool")),
    "registers, not confirmed": ("zoe", lambda w: w.come("Zoe", "Liverpool", confirmed=False)),
    "is added": ("zoe", phoned_in),
    "is brought in with a list": ("zoe", brought_in),
    "is invited": ("zoe", invited),
    "comes back": ("zoe", lambda w: registrations.rejoin(left_before(w))),
    "confirms too late": ("zoe", confirmed_too_late),
    "is agreed to": ("zoe", asked_and_agreed),
    "helps no longer": ("zoe", helped_no_longer),
    "gets a place with others": ("di", lambda w: in_bulk(w, ListAct.Kind.PLACE, w.di)),
    "is moved": ("eve", lambda w: quotas.move(w.eve, w.pair("Liverpool"), by=w.ruth)),
    "goes to another quota": ("eve", lambda w: quotas.switch(w.eve, w.pair("Liverpool"))),
    "goes there while waiting": ("flo", lambda w: quotas.switch(w.flo, w.pair("Liverpool"))),
}


def test_while_anyone_waits_nobody_gets_a_place_before_them_not_even_while_one_is_free():
    world = full()
    liverpool = world.quotas["Liverpool"].pk
    for name, (who, come) in WAYS_IN.items():
        for is_free in (False, True):
            with nothing_stays():
                if is_free:
                    one_place_more(world)
                with suppress(NothingChanged, list_acts.NeedsReason):
                    come(world)
                row = world.event.registrations.filter(name=who.title(), quota=liverpool).last()
                assert row is None or row.state in ("waiting", "cancelled"), (name, is_free)
                leaving.offer_free_places(world.event)
                assert world.asked() == ("Cy" if is_free else ""), (name, is_free)


def test_organisers_let_somebody_jump_with_a_reason_that_stays_in_the_history():
    world = full()
    reason = "Travels from Shetland and has booked the night train."
    ways = {
        "di": lambda: in_bulk(world, ListAct.Kind.PLACE, world.di, reason),
        "eve": lambda: quotas.move(world.eve, world.pair("Liverpool"), by=world.ruth, reason=reason),
        "zoe": lambda: adding.add(
            world.event,
            answers("zoe@example.org", name="Zoe", pair=world.pair("Liverpool")),
            by=world.ruth,
            beyond_capacity=reason,
        ),
    }
    for who, jump in ways.items():
        with nothing_stays():
            jump()
            row = getattr(world, who)
            assert (row.state, row.quota_id) == ("confirmed", world.quotas["Liverpool"].pk)
            assert row.steps.filter(note=reason, by=world.ruth).count() == 1


def test_places_given_to_several_are_counted_by_what_they_come_from():
    """Two quotas without a number share what is left: one place for both is one place, not two."""
    event = make_event(places=2)
    ruth = make_organiser(event.group)
    one, two = make_quota(event, "One"), make_quota(event, "Two")
    rows = [register(event, name=quota.name, pair=quota.pair) for quota in (one, one, one, two)]
    Event.objects.filter(pk=event.pk).update(capacity=3)
    order = Order(ListAct.Kind.PLACE, [row.reference for row in rows[2:]])

    with pytest.raises(list_acts.NeedsReason):
        list_acts.carry_out(event, order, key=uuid4(), by=ruth)


def test_somebody_who_waits_for_shared_places_is_asked_when_they_are_shared():
    event = make_event(places=1, has_quotas=True)
    make_quota(event, "Kent", 1)
    waits = register(event)
    assert waits.state == "waiting"

    quotas.pool(event)

    waits.refresh_from_db()
    assert waits.state == "offered"
    assert waits.offer_ends_at > timezone.now()


def test_once_pooled_no_quota_grows_over_the_place_of_somebody_who_is_of_none():
    event = make_event(places=3, format="both")
    kent, city = make_quota(event, "Kent", 1, way="in_person"), make_quota(event, "City", 1, way="online")
    of_none = register(event)
    quotas.pool(event)
    of_none.refresh_from_db()
    assert of_none.state == "offered"

    city.places = 2
    with pytest.raises(quotas.DoesNotFit):
        quotas.save(event, saved=[city])

    city.places, kent.places = 2, 0
    quotas.save(event, saved=[city, kent])
    of_none.refresh_from_db()
    assert of_none.state == "offered"
