from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import address_changes, calling_off, leaving, my_data, retention
from events.actions.address_changes import HasOwnRegistration, TooOften
from events.actions.leaving import NoLongerPossible
from events.models import AddressChange, Event, Registration
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail
from tests.factories import make_event, make_hub, make_organiser, register
from tests.mails import composed
from tests.opened import opened
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

OLD, NEW = "amara@old.example", "amara@new.example"


@made_once
def make_world() -> tuple[Event, Registration, Registration]:
    """Amara waits, with somebody behind her."""
    make_hub()
    event = make_event(places=1)
    register(event)
    return event, register(event, OLD, needs={"bsl": ""}), register(event)


def owed() -> list[tuple[str, str]]:
    mails = OutgoingMail.objects.of_kind("address-old", "address-new", "link-again").order_by("pk")
    return list(mails.values_list("kind", "to_email"))


def statuses(*addresses: str) -> list[int]:
    return [Client().get(address).status_code for address in addresses]


@pytest.mark.parametrize("sides", [(True, False), (False, True)], ids=["old first", "new first"])
def test_both_agree_in_whichever_order_and_the_place_in_line_and_all_else_comes_along(sides):
    _event, amara, behind = make_world()
    browser = opened(amara)
    before = [reverse(f"events:{page}", args=[amara.token]) for page in ("manage", "answers", "my_data")]
    doors = [reverse("events:join", args=[amara.join_token])]

    change = address_changes.ask(amara, " Amara@New.example")
    done = [address_changes.agree(change, as_old=side) for side in sides]

    moved = Registration.objects.get(pk=amara.pk)
    assert done == [False, True]
    assert (moved.email, moved.person.email) == (NEW, NEW)
    assert (moved.position(), behind.position()) == (1, 2)
    assert moved.access_request.needs.count() == 1
    assert owed() == [("address-old", OLD), ("address-new", NEW), ("link-again", NEW)]
    assert not OutgoingMail.objects.waiting().filter(to_email=OLD).exclude(kind="address-old").exists()
    # What was mailed to the old address, and what was opened by it, opens nothing.
    assert statuses(*before, *doors) == [404] * 4
    assert browser.get(before[2]).status_code == 404
    assert "the newest email has the one that works" in Client().get(before[0]).content.decode()
    assert statuses(moved.get_absolute_url()) == [200]
    assert not AddressChange.objects.exists()
    assert "You changed your email address." in Client().get(moved.get_absolute_url()).content.decode()


def test_one_agreement_or_a_no_from_anybody_changes_nothing():
    _event, amara, _behind = make_world()

    for as_old in (True, False):
        with nothing_stays():
            change = address_changes.ask(amara, NEW)
            address_changes.agree(change, as_old=as_old)
            with pytest.raises(NothingChanged):
                address_changes.agree(change, as_old=as_old)
            assert Registration.objects.get(pk=amara.pk).email == OLD
            address_changes.stop(change)
            with pytest.raises(NoLongerPossible):
                address_changes.agree(change, as_old=not as_old)
            with pytest.raises(NoLongerPossible):
                address_changes.stop(change)
            assert statuses(amara.get_absolute_url()) == [200]


def test_what_was_agreed_to_is_one_address_and_for_three_days():
    _event, amara, _behind = make_world()
    first = address_changes.ask(amara, "typo@new.example")
    address_changes.agree(first, as_old=True)

    second = address_changes.ask(amara, NEW)

    assert statuses(
        *(
            reverse(f"events:address_{side}", args=[token])
            for side, token in (
                ("old", first.old_token),
                ("new", first.token),
                ("old", second.old_token),
                ("new", second.token),
                ("old", second.token),
                ("new", second.old_token),
            )
        )
    ) == [404, 404, 200, 200, 404, 404]
    with pytest.raises(NoLongerPossible):
        address_changes.agree(first, as_old=False)
    assert address_changes.agree(second, as_old=False) is False
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        with pytest.raises(NoLongerPossible):
            address_changes.agree(second, as_old=True)
        retention.forget_what_is_over()
    assert not AddressChange.objects.exists()


def test_where_the_new_address_has_a_registration_of_its_own_nothing_moves():
    event, amara, behind = make_world()
    known = address_changes.ask(amara, behind.email)
    with pytest.raises(HasOwnRegistration):
        address_changes.agree(known, as_old=False)

    change = address_changes.ask(amara, NEW)
    address_changes.agree(change, as_old=False)
    register(event, NEW)
    with pytest.raises(HasOwnRegistration):
        address_changes.agree(change, as_old=True)

    assert Registration.objects.get(pk=amara.pk).email == OLD


def test_whoever_only_has_the_link_fills_no_inbox_and_learns_no_address():
    _event, amara, _behind = make_world()
    page = reverse("events:address", args=[amara.token])

    answers = [Client().post(page, {"email": email}, follow=True) for email in (OLD, NEW, OLD)]
    shown = Client().get(page).content.decode()

    assert {answer.redirect_chain[-1] for answer in answers} == {(page, 302)}
    assert OLD not in shown
    with pytest.raises(TooOften):
        address_changes.ask(amara, NEW)
    assert len(owed()) == 6
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        address_changes.ask(amara, NEW)


def test_nobody_moves_who_left_is_held_or_was_forgotten():
    _event, amara, _behind = make_world()
    held = Registration.State.HELD

    with nothing_stays():
        change = address_changes.ask(amara, NEW)
        Registration.objects.filter(pk=amara.pk).update(state=held)
        for refused in (
            lambda: address_changes.agree(change, as_old=True),
            lambda: address_changes.ask(amara, NEW),
        ):
            with pytest.raises(NoLongerPossible):
                refused()
    with nothing_stays():
        change = address_changes.ask(amara, NEW)
        leaving.leave(amara)
        with pytest.raises(NoLongerPossible):
            address_changes.agree(change, as_old=True)
    for forgotten in (OLD, NEW):
        with nothing_stays():
            address_changes.ask(amara, NEW)
            my_data.erase_everything(forgotten)
            assert not AddressChange.objects.exists()


def test_at_an_address_that_is_kept_out_it_waits_until_somebody_agrees():
    event, amara, behind = make_world()
    leaving.remove(register(event, NEW), by=make_organiser(event.group))

    change = address_changes.ask(amara, NEW)
    address_changes.agree(change, as_old=True)
    address_changes.agree(change, as_old=False)

    assert Registration.objects.get(pk=amara.pk).is_held
    assert behind.position() == 1


def test_the_new_link_comes_also_where_the_event_is_called_off():
    event, amara, _behind = make_world()
    calling_off.cancel(event, reason="", by=make_organiser(event.group))

    change = address_changes.ask(amara, NEW)
    address_changes.agree(change, as_old=True)
    address_changes.agree(change, as_old=False)

    assert Registration.objects.get(pk=amara.pk).token in composed("link-again", NEW).text
