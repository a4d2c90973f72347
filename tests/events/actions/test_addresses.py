from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.actions import addresses, leaving
from events.actions.registrations import NoLongerPossible
from events.models import Registration
from mail.models import OutgoingMail
from tests.factories import make_event, register

pytestmark = pytest.mark.django_db


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to_email"))


def test_the_place_and_the_order_move_along_to_another_address():
    event = make_event(places=1)
    register(event)
    typo = register(event, "typo@example.org", confirmed=False, needs={"bsl": ""})
    behind = register(event)

    addresses.use_other_address(typo, " Amara@Example.org")

    moved = Registration.objects.get(pk=typo.pk)
    assert moved.email == "amara@example.org"
    assert (moved.position(), behind.position()) == (1, 2)
    assert moved.access_request.needs.count() == 1


def test_the_link_in_the_first_mail_is_dead():
    typo = register(make_event(), "typo@example.org", confirmed=False)

    addresses.use_other_address(typo, "amara@example.org")

    assert not Registration.objects.with_token(typo.token).exists()
    assert mails() == [("confirm", "typo@example.org"), ("confirm", "amara@example.org")]


def test_the_same_address_again_is_the_same_mail():
    registration = register(make_event(), "amara@example.org", confirmed=False)

    addresses.use_other_address(registration, "AMARA@example.org")

    assert mails() == [("confirm", "amara@example.org")]


def test_nobody_keeps_a_place_for_ever_by_going_from_address_to_address():
    event = make_event(places=1)
    restless = register(event, "0@example.org", confirmed=False)
    waiting = register(event)
    registered_at = timezone.now()

    for hour in range(1, 26):
        with time_machine.travel(registered_at + timedelta(hours=hour), tick=False):
            leaving.expire_due()
            restless.refresh_from_db()
            if restless.is_live:
                addresses.use_other_address(restless, f"{hour}@example.org")

    waiting.refresh_from_db()
    assert (restless.ended_because, waiting.is_offered) == (Registration.Ended.NOT_CONFIRMED, True)


def test_another_address_has_the_time_that_its_page_promises():
    typo = register(make_event(), "typo@example.org", confirmed=False)
    later = timezone.now() + timedelta(minutes=20)

    with time_machine.travel(later, tick=False):
        addresses.use_other_address(typo, "amara@example.org")

    typo.refresh_from_db()
    assert typo.confirm_by == later + timedelta(hours=24)


def test_no_inbox_is_filled_by_going_to_and_fro():
    event = make_event()
    registration = register(event, "0@example.org", confirmed=False)

    for number in range(1, 10):
        addresses.use_other_address(registration, "victim@example.org")
        addresses.use_other_address(registration, f"{number}@example.org")

    assert mails().count(("confirm", "victim@example.org")) == 3
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        addresses.use_other_address(registration, "victim@example.org")
    assert mails().count(("confirm", "victim@example.org")) == 4


def test_nor_by_asking_anew_for_it():
    event = make_event(places=60)

    for number in range(9):
        registration = register(event, "victim@example.org", confirmed=False)
        addresses.use_other_address(registration, f"{number}@example.org")

    assert mails().count(("confirm", "victim@example.org")) == 3


def test_what_somebody_else_has_answered_meanwhile_is_not_moved():
    event = make_event()
    seen = register(event, "victim@example.org", confirmed=False)
    register(event, "victim@example.org", confirmed=False, needs={"bsl": ""})

    with pytest.raises(NoLongerPossible):
        addresses.use_other_address(seen, "stranger@example.org")


def test_an_address_that_is_registered_hears_so_and_the_first_place_is_free_again():
    event = make_event(places=2)
    register(event, "known@example.org")
    typo = register(event, "typo@example.org", confirmed=False)
    waiting = register(event)

    addresses.use_other_address(typo, "known@example.org")

    waiting.refresh_from_db()
    typo.refresh_from_db()
    assert waiting.is_offered
    assert typo.email.endswith("@erased.invalid")
    assert ("link-again", "known@example.org") in mails()


def test_a_confirmed_or_ended_registration_stays_where_it_is():
    event = make_event()
    confirmed, ended = register(event), register(event)
    leaving.leave(ended)

    for registration in (confirmed, ended):
        with pytest.raises(NoLongerPossible):
            addresses.use_other_address(registration, "amara@example.org")
    assert not Registration.objects.filter(email="amara@example.org").exists()


def test_a_link_is_sent_again_only_to_whoever_is_registered():
    event = make_event()
    register(event, "amara@example.org")
    left = register(event, "left@example.org")
    leaving.leave(left)
    OutgoingMail.objects.all().delete()

    for email in ("amara@example.org", "left@example.org", "nobody@example.org"):
        addresses.send_link_again(event, email)

    assert mails() == [("link-again", "amara@example.org")]
