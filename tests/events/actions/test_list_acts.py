"""What is done to several people of a list at once: once, in one transaction, undone while its mails wait."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from breakouts.actions import rooms
from events.actions import leaving, list_acts, list_undoing
from events.actions.list_acts import Order
from events.models import Event, ListAct, Registration
from kit.meanwhile import NothingChanged
from mail.actions import outbox
from mail.models import OutgoingMail
from people.models import Person
from tests.breakouts.factories import make_host, make_social, make_topic, organiser_of
from tests.factories import make_event, make_organiser, make_quota, register
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

Kind = ListAct.Kind


@made_once
def full() -> Event:
    """Three places; Ama, Bo and Cy have them, Di and Ed wait."""
    event = make_event(places=3)
    make_organiser(event.group, name="Ruth")
    for name in ("Ama", "Bo", "Cy", "Di", "Ed"):
        register(event, f"{name.lower()}@example.org", name=name)
    OutgoingMail.objects.all().delete()
    return event


def ruth(event: Event) -> Person:
    return event.group.memberships.get().person


def ordered(event: Event, kind: str, names: str, **more: str) -> Order:
    found = dict(event.registrations.values_list("name", "reference"))
    return Order(kind, [found[name] for name in names.split()], **more)


def do(event: Event, kind: str, names: str, **more: str) -> tuple[ListAct, list[str]]:
    order = ordered(event, kind, names, **more)
    act, left_out = list_acts.carry_out(event, order, key=uuid4(), by=ruth(event))
    return act, said(left_out)


def undo(act: ListAct) -> list[str]:
    return said(list_undoing.undo(act, by=ruth(act.event)))


def said(left_out: Sequence[list_acts.LeftOut]) -> list[str]:
    return [f"{one.registration.name}: {one.why.value}" for one in left_out]


def states(event: Event) -> str:
    rows = event.registrations.order_by("pk").values_list("name", "state")
    return " ".join(f"{name}:{state}" for name, state in rows)


def mails() -> list[str]:
    rows = OutgoingMail.objects.order_by("to_email", "pk")
    return [f"{mail.kind} {mail.to_email.partition('@')[0]}" for mail in rows]


def test_taken_off_together_they_are_undone_together_while_nothing_has_left():
    event = full()
    event.registrations.filter(name__in=["Di", "Ed"]).delete()

    act, left_out = do(event, Kind.OFF, "Ama Bo", reason="It was for members only.")

    assert (states(event), left_out) == ("Ama:cancelled Bo:cancelled Cy:confirmed", [])
    assert mails() == ["removed ama", "removed bo"]
    assert {mail.next_attempt_at for mail in OutgoingMail.objects.all()} == {act.undo_until}
    outbox.send_due()
    assert undo(act) == []
    assert (states(event), mails()) == ("Ama:confirmed Bo:confirmed Cy:confirmed", [])
    again = register(event, "ama@example.org")
    assert again.name == "Ama"
    assert again.has_place  # and nobody has to agree


def test_a_place_that_was_offered_to_somebody_else_does_not_come_back_and_it_is_said():
    event = full()

    act, _left_out = do(event, Kind.OFF, "Ama")

    assert states(event) == "Ama:cancelled Bo:confirmed Cy:confirmed Di:offered Ed:waiting"
    assert undo(act) == ["Ama: place_gone"]
    assert states(event) == "Ama:waiting Bo:confirmed Cy:confirmed Di:offered Ed:waiting"
    assert event.registrations.get(name="Ama").position() == 1
    assert mails() == ["waiting ama", "offer di"]


def test_places_beyond_what_is_free_want_a_reason_and_go_back_to_the_line():
    event = full()
    with pytest.raises(list_acts.NeedsReason):
        do(event, Kind.PLACE, "Ed Di")

    act, left_out = do(event, Kind.PLACE, "Ed Di Ama", reason="A larger room")

    assert left_out == ["Ama: has_place"]
    assert states(event).count("confirmed") == 5
    assert mails() == ["place di", "place ed"]
    assert undo(act) == []
    assert states(event).endswith("Di:waiting Ed:waiting")
    assert [event.registrations.get(name=name).position() for name in ("Di", "Ed")] == [1, 2]
    assert mails() == []


def test_a_link_that_was_undone_can_be_sent_after_all():
    event = full()
    register(event, "flo@example.org", name="Flo", confirmed=False)
    OutgoingMail.objects.all().delete()

    act, _left_out = do(event, Kind.LINK, "Ama Flo")
    held = mails()
    undo(act)
    do(event, Kind.LINK, "Ama")

    assert held == ["link-again ama", "confirm flo"]
    assert mails() == ["link-again ama"]


def test_pressed_twice_or_too_late_nothing_is_done_a_second_time():
    event = full()
    order, key = ordered(event, Kind.OFF, "Ama"), uuid4()
    act, _left_out = list_acts.carry_out(event, order, key=key, by=ruth(event))

    undo(act)
    do(event, Kind.OFF, "Ama")

    for again in (
        lambda: list_acts.carry_out(event, order, key=key, by=ruth(event)),
        lambda: list_acts.carry_out(event, order, key=uuid4(), by=ruth(event)),  # nobody is left
        lambda: undo(act),
    ):
        with pytest.raises(NothingChanged):
            again()
    late, _left_out = do(event, Kind.OFF, "Bo")
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False),
        pytest.raises(NothingChanged),
    ):
        undo(late)
    assert mails().count("removed bo") == 1


def test_who_has_left_or_changed_meanwhile_is_named_and_left_as_they_are():
    event = full()
    leaving.leave(event.registrations.get(name="Bo"))

    act, left_out = do(event, Kind.OFF, "Ama Bo Cy")
    leaving.erase(event.registrations.get(name="Cy"))

    assert left_out == ["Bo: off"]
    assert undo(act) == []
    assert states(event).startswith("Ama:confirmed Bo:cancelled :cancelled")
    assert not act.lines.filter(registration__email__startswith="erased-").exists()


def test_what_a_worker_has_begun_to_send_is_not_taken_back_and_the_person_hears_how_it_stands():
    event = full()
    event.registrations.filter(name__in=["Di", "Ed"]).delete()
    act, _left_out = do(event, Kind.OFF, "Ama")
    OutgoingMail.objects.update(next_attempt_at=timezone.now() + outbox.LEASE)

    undo(act)

    assert mails() == ["removed ama", "place ama"]


def test_people_are_seated_as_far_as_there_are_seats_and_seated_back():
    event = make_social()
    old, new = make_topic(event, title="Old"), make_topic(event, title="New", seats=1)
    people = [register(event, name=name) for name in ("Ama", "Bo")]
    host = make_host(old, name="Keli").registration
    rooms.choose(people[0], old)
    by = organiser_of(event)
    order = Order(Kind.ROOM, [row.reference for row in (*people, host)], to=str(new.pk))

    act, left_out = list_acts.carry_out(event, order, key=uuid4(), by=by)

    assert sorted(said(left_out)) == ["Bo: room_full", "Keli: looks_after_room"]
    assert rooms.seat_of(people[0]) == new
    assert list_undoing.undo(act, by=by) == []
    assert rooms.seat_of(people[0]) == old


@made_once
def grouped() -> Event:
    """Kent has two places, of Ama and Bo, and Cy waits for one; City has two, one of Di."""
    event = make_event(places=4, format=Event.Format.BOTH)
    make_organiser(event.group, name="Ruth")
    kent, city = make_quota(event, "Kent", 2), make_quota(event, "City", 2)
    for name, quota in (("Ama", kent), ("Bo", kent), ("Cy", kent), ("Di", city)):
        register(event, f"{name.lower()}@example.org", name=name, pair=quota.pair)
    OutgoingMail.objects.all().delete()
    return event


def groups(event: Event) -> str:
    rows = event.registrations.order_by("pk").select_related("quota")
    return " ".join(f"{row.name}:{row.quota}:{row.state}" for row in rows)


def key_of(event: Event, name: str) -> str:
    return str(event.quotas.get(name=name).pk)


def test_moved_to_another_group_a_place_goes_to_whoever_waits_and_comes_back_only_while_it_is_free():
    event = grouped()

    act, left_out = do(event, Kind.GROUP, "Ama Di", to=key_of(event, "City"))

    assert left_out == ["Di: in_group"]
    assert groups(event) == "Ama:City:confirmed Bo:Kent:confirmed Cy:Kent:offered Di:City:confirmed"
    assert mails() == ["place ama", "offer cy"]
    assert undo(act) == ["Ama: group_full"]
    leaving.decline_offer(event.registrations.get(name="Cy"))
    act, _left_out = do(event, Kind.GROUP, "Bo", to="online")
    assert undo(act) == []
    assert event.registrations.get(name="Bo").way == ""


def test_nobody_is_moved_to_where_no_place_is_free_without_a_reason_and_whoever_waits_keeps_their_turn():
    event = grouped()
    with pytest.raises(list_acts.NeedsReason):
        do(event, Kind.GROUP, "Ama Bo", to=key_of(event, "City"))
    assert groups(event) == "Ama:Kent:confirmed Bo:Kent:confirmed Cy:Kent:waiting Di:City:confirmed"

    do(event, Kind.GROUP, "Ama Bo", to=key_of(event, "City"), reason="They work there now")

    assert groups(event) == "Ama:City:confirmed Bo:City:confirmed Cy:Kent:offered Di:City:confirmed"
    with pytest.raises(list_acts.NeedsReason):  # an offered place is a place
        do(event, Kind.GROUP, "Cy", to=key_of(event, "City"))
    moved = event.registrations.get(name="Bo")
    assert (moved.belongs_by, moved.steps.last().note) == ("organiser", "They work there now")


def test_who_waits_is_offered_a_free_place_where_they_are_moved_and_keeps_it_though_it_is_undone():
    event = grouped()

    act, _left_out = do(event, Kind.GROUP, "Cy", to=key_of(event, "City"))

    offered = "Ama:Kent:confirmed Bo:Kent:confirmed Cy:City:offered Di:City:confirmed"
    assert (groups(event), undo(act)) == (offered, ["Cy: offered_since"])
    assert groups(event) == offered


def test_a_group_for_one_way_is_left_only_for_another_group():
    event = grouped()
    event.quotas.filter(name="City").update(way="online")
    event.registrations.filter(name="Di").update(way="online")

    _act, left_out = do(event, Kind.GROUP, "Ama Di", to="in_person")
    do(event, Kind.GROUP, "Ama", to=key_of(event, "City"))

    assert left_out == ["Di: one_way"]
    assert event.registrations.get(name="Ama").way == "online"


def test_what_can_be_done_fits_the_event():
    event = full()
    usual = [Kind.LINK, Kind.PLACE, Kind.HOLD, Kind.OFF]
    assert list_acts.kinds_at(event) == usual
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=30), tick=False):
        assert list_acts.kinds_at(event) == [Kind.LINK, Kind.OFF]
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert list_acts.kinds_at(event) == []
    social = make_social()
    make_topic(social)
    assert list_acts.kinds_at(social) == [*usual, Kind.ROOM]
    event.has_quotas = True
    assert list_acts.kinds_at(event) == [*usual, Kind.GROUP]


def test_the_history_says_who_did_and_undid_it():
    event = full()
    act, _left_out = do(event, Kind.OFF, "Ama", reason="Members only")
    undo(act)

    steps = Registration.objects.get(name="Ama").steps.order_by("pk")
    assert [(step.kind, step.note, str(step.by)) for step in steps][-2:] == [
        ("removed", "Members only", "Ruth"),
        ("undone", "", "Ruth"),
    ]
