from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from allyhub.joins import MAIL_KINDS
from events.actions import addresses, leaving
from events.actions.registrations import NoLongerPossible
from events.models import Registration
from mail.models import OutgoingMail
from tests.factories import make_event, make_group, register

pytestmark = pytest.mark.django_db

TEN_SHARP = datetime(2026, 5, 1, 10, tzinfo=UTC)


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

    assert Registration.objects.by_token()(typo.token) is None
    assert mails() == [("confirm", "typo@example.org"), ("confirm", "amara@example.org")]


def test_the_same_address_again_is_the_same_mail():
    registration = register(make_event(), "amara@example.org", confirmed=False)

    addresses.use_other_address(registration, "AMARA@example.org")

    assert mails() == [("confirm", "amara@example.org")]


def test_nobody_keeps_a_place_for_ever_by_going_from_address_to_address():
    event = make_event(places=2)
    restless = register(event, "0@example.org", confirmed=False)
    _other, waiting = register(event), register(event)
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


def to_victim(*, by: datetime | None = None) -> int:
    """How many mails leave for them by this moment; without it, how many are owed."""
    mails = OutgoingMail.objects.of_kind("confirm").filter(to_email="victim@example.org")
    return mails.filter(next_attempt_at__lte=by).count() if by else mails.count()


def test_no_inbox_is_filled_by_going_to_and_fro():
    event = make_event()
    registration = register(event, "0@example.org", confirmed=False)

    for number in range(1, 10):
        addresses.use_other_address(registration, "victim@example.org")
        addresses.use_other_address(registration, f"{number}@example.org")

    # Any three that have not left are enough: their words are written when they leave.
    assert (to_victim(by=timezone.now()), to_victim()) == (3, 3)


def test_when_enough_have_left_the_next_is_owed_for_later_since_the_page_says_that_we_write():
    with time_machine.travel(TEN_SHARP, tick=False):
        event = make_event()
        registration = register(event, "0@example.org", confirmed=False)
        for number in range(1, 10):
            addresses.use_other_address(registration, "victim@example.org")
            OutgoingMail.objects.filter(next_attempt_at__lte=TEN_SHARP).update(state="sent")
            if number < 9:
                addresses.use_other_address(registration, f"{number}@example.org")
        owed = to_victim(by=TEN_SHARP), to_victim(by=TEN_SHARP + timedelta(minutes=10)), to_victim()
        mail = OutgoingMail.objects.waiting().get()

        assert owed == (3, 4, 4)
        assert mail.to_email == "victim@example.org"
        registration.refresh_from_db()
        assert registration.token in MAIL_KINDS["confirm"].compose(mail).text


def test_nor_by_asking_anew_for_it():
    event = make_event(places=60)

    for number in range(9):
        registration = register(event, "victim@example.org", confirmed=False)
        addresses.use_other_address(registration, f"{number}@example.org")

    assert to_victim(by=timezone.now()) == 3
    later = OutgoingMail.objects.waiting().filter(next_attempt_at__gt=timezone.now())
    assert [MAIL_KINDS["confirm"].compose(mail) for mail in later] == [
        None
    ] * 6  # it is no longer their address


def test_each_of_many_bookings_has_its_mail_at_once():
    group = make_group()

    for _event in range(8):
        register(make_event(group=group), "amara@example.org", confirmed=False)

    assert mails().count(("confirm", "amara@example.org")) == 8
    assert OutgoingMail.objects.due(timezone.now()).count() == 8


def test_what_somebody_else_has_answered_meanwhile_is_not_moved():
    event = make_event()
    seen = register(event, "victim@example.org", confirmed=False)
    register(event, "victim@example.org", confirmed=False, needs={"bsl": ""})

    with pytest.raises(NoLongerPossible):
        addresses.use_other_address(seen, "stranger@example.org")


def test_an_address_that_is_registered_hears_so_and_the_first_place_is_free_again():
    event = make_event(places=3)
    register(event, "known@example.org")
    typo = register(event, "typo@example.org", confirmed=False)
    _other, waiting = register(event), register(event)

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
