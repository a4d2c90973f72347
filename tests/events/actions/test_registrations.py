from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.actions import adding, calling_off, events, leaving, registrations
from events.actions.entering import EventFull
from events.actions.registrations import NoLongerPossible, RegistrationClosed
from events.models import AccessRequest, Closed, Event, Registration
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import answers, make_event, make_group, make_organiser, register

pytestmark = pytest.mark.django_db


def states(*registrations_: Registration) -> list[str]:
    return [Registration.objects.get(pk=r.pk).state for r in registrations_]


def kinds_to(email: str) -> list[str]:
    return list(OutgoingMail.objects.filter(to_email=email).order_by("pk").values_list("kind", flat=True))


def test_first_come_first_served_then_the_queue():
    event = make_event(places=2)

    first, second, third = (register(event) for _ in range(3))

    assert states(first, second, third) == ["confirmed", "confirmed", "waiting"]


def test_an_event_without_a_limit_has_a_place_for_everyone():
    event = make_event(places=None)

    assert states(register(event), register(event)) == ["confirmed", "confirmed"]


def test_registering_writes_the_mail_in_the_same_transaction():
    event = make_event(places=1)

    with transaction.atomic():
        registrations.register(event, answers("amara@example.org"))
        transaction.set_rollback(True)

    assert (Registration.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_an_unconfirmed_address_holds_its_place_until_the_time_is_up():
    event = make_event(places=2, starts_in=timedelta(days=30))
    slow = register(event, confirmed=False)
    _other, waiting = register(event), register(event)
    assert states(slow, waiting) == ["confirmed", "waiting"]

    with time_machine.travel(timezone.now() + timedelta(hours=23), tick=False):
        leaving.expire(event)
        assert states(slow, waiting) == ["confirmed", "waiting"]
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        leaving.expire(event)

    assert states(slow, waiting) == ["cancelled", "offered"]


def test_near_the_start_there_is_less_time_to_confirm():
    event = make_event(places=1, starts_in=timedelta(hours=4))

    registration = register(event, confirmed=False)

    left = registration.confirm_by - timezone.now()
    assert timedelta(hours=1, minutes=55) < left < timedelta(hours=2, minutes=5)


def test_an_event_that_is_about_to_begin_still_leaves_twenty_minutes_to_confirm():
    event = make_event(starts_in=timedelta(minutes=5))

    registration = register(event, confirmed=False)

    assert registration.confirm_by - timezone.now() > timedelta(minutes=19)


def test_confirming_makes_a_person_and_saves_the_place():
    event = make_event(places=1)

    registration = register(event, "Amara@Example.org", name="Amara")

    person = Person.objects.get(email="amara@example.org")
    assert (registration.person, person.name, registration.has_place) == (person, "Amara", True)
    assert kinds_to("amara@example.org") == ["confirm", "place"]


def test_no_person_exists_before_the_address_is_confirmed():
    register(make_event(), "amara@example.org", confirmed=False)

    assert not Person.objects.filter(email="amara@example.org").exists()


def test_confirming_twice_is_one_confirmation():
    registration = register(make_event(places=1))

    with pytest.raises(NoLongerPossible):
        registrations.confirm(registration)

    assert registration.steps.filter(kind="email_confirmed").count() == 1
    assert kinds_to(registration.email) == ["confirm", "place"]


def test_confirming_too_late_asks_anew_at_the_end_of_the_queue():
    event = make_event(places=2, starts_in=timedelta(days=30))
    late = register(event, confirmed=False)
    _first, other = register(event), register(event)

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        leaving.expire(event)
        registrations.confirm(late)

    assert states(late, other) == ["waiting", "offered"]


def test_confirming_too_late_finds_a_free_place():
    event = make_event(places=1, starts_in=timedelta(days=30))
    late = register(event, confirmed=False)

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        leaving.expire(event)
        registrations.confirm(late)

    assert states(late) == ["confirmed"]


def test_confirming_an_old_link_after_registering_anew_is_refused_kindly():
    event = make_event(places=5, starts_in=timedelta(days=30))
    old = register(event, "amara@example.org", confirmed=False)

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        leaving.expire(event)
        register(event, "amara@example.org")

        with pytest.raises(NoLongerPossible):
            registrations.confirm(old)


def test_while_anyone_waits_a_newcomer_queues():
    event = make_event(places=1)
    holder, waiting = register(event), register(event)
    Registration.objects.filter(pk=holder.pk).update(state="cancelled", ended_because="left")

    newcomer = register(event)

    assert states(waiting, newcomer) == ["waiting", "waiting"]


def test_cancelling_gives_the_place_to_whoever_waited_longest():
    event = make_event(places=1)
    holder, first, second = (register(event) for _ in range(3))

    leaving.leave(holder)

    assert states(first, second) == ["offered", "waiting"]


def test_a_place_is_not_offered_to_an_address_that_was_never_confirmed():
    event = make_event(places=1)
    holder = register(event)
    unconfirmed = register(event, confirmed=False)
    confirmed = register(event)

    leaving.leave(holder)

    assert states(unconfirmed, confirmed) == ["waiting", "offered"]


def test_the_only_one_in_the_queue_gets_the_free_place_on_confirming():
    event = make_event(places=1)
    holder = register(event)
    unconfirmed = register(event, confirmed=False)
    leaving.leave(holder)
    assert states(unconfirmed) == ["waiting"]

    registrations.confirm(unconfirmed)

    assert states(unconfirmed) == ["confirmed"]


def test_an_offer_that_is_taken_is_a_place():
    event = make_event(places=1)
    holder, waiting = register(event), register(event)
    leaving.leave(holder)

    leaving.accept_offer(waiting)

    assert states(waiting) == ["confirmed"]
    assert kinds_to(waiting.email) == ["confirm", "waiting", "offer", "place"]


def test_an_offer_holds_its_place_until_it_ends_and_then_goes_on():
    event = make_event(places=1, starts_in=timedelta(days=30))
    holder, first, second = (register(event) for _ in range(3))
    leaving.leave(holder)

    with time_machine.travel(timezone.now() + timedelta(hours=47), tick=False):
        leaving.expire(event)
        assert states(first, second) == ["offered", "waiting"]
    with time_machine.travel(timezone.now() + timedelta(hours=49), tick=False):
        leaving.expire(event)

    assert states(first, second) == ["cancelled", "offered"]


def test_taking_an_offer_after_its_end_is_refused():
    event = make_event(places=1, starts_in=timedelta(days=30))
    holder, waiting = register(event), register(event)
    leaving.leave(holder)

    with (
        time_machine.travel(timezone.now() + timedelta(hours=49), tick=False),
        pytest.raises(NoLongerPossible),
    ):
        leaving.accept_offer(waiting)


def test_near_the_start_an_offer_ends_earlier():
    event = make_event(places=1, starts_in=timedelta(hours=10))
    holder, waiting = register(event), register(event)

    leaving.leave(holder)

    waiting.refresh_from_db()
    assert waiting.offer_ends_at - timezone.now() < timedelta(hours=5, minutes=1)


def test_a_declined_offer_goes_to_the_next():
    event = make_event(places=1)
    holder, first, second = (register(event) for _ in range(3))
    leaving.leave(holder)

    leaving.decline_offer(first)

    assert states(first, second) == ["cancelled", "offered"]


def test_whoever_missed_an_offer_may_join_the_end_of_the_queue():
    event = make_event(places=1)
    holder, first, second = (register(event) for _ in range(3))
    leaving.leave(holder)
    leaving.decline_offer(first)

    registrations.rejoin(first)

    first.refresh_from_db()
    assert (first.state, first.position(), states(second)) == ("waiting", 1, ["offered"])


def test_nobody_rejoins_after_being_removed():
    event = make_event(places=2)
    organiser = make_organiser(event.group)
    registration = register(event)
    leaving.remove(registration, by=organiser, reason="Wrong event")

    with pytest.raises(NoLongerPossible):
        registrations.rejoin(registration)


def test_raising_the_capacity_offers_the_new_places_in_order():
    event = make_event(places=1)
    _holder, first, second, third = (register(event) for _ in range(4))
    event.capacity = 3

    events.save(event, fields=["capacity"])

    assert states(first, second, third) == ["offered", "offered", "waiting"]


def test_fewer_places_than_are_held_are_refused_with_the_number():
    event = make_event(places=3)
    register(event), register(event)
    event.capacity = 1

    with pytest.raises(events.CapacityTooLow) as refusal:
        events.save(event, fields=["capacity"])

    assert refusal.value.held == 2
    assert Event.objects.get(pk=event.pk).capacity == 3


def test_an_address_registered_already_gets_a_mail_and_no_second_row():
    event = make_event(places=3)
    register(event, "amara@example.org")

    registrations.register(event, answers("AMARA@example.org", name="Somebody else"))

    assert list(event.registrations.values_list("name", flat=True)) == ["Amara"]
    assert kinds_to("amara@example.org") == ["confirm", "place", "already"]


def test_asking_ten_times_in_a_minute_is_one_mail():
    event = make_event(places=3)

    with time_machine.travel("2026-03-02T10:01:00Z", tick=False):
        Event.objects.filter(pk=event.pk).update(state="published")
        for _ in range(10):
            registrations.register(event, answers("amara@example.org"))

    assert kinds_to("amara@example.org") == ["confirm"]


def test_until_the_address_is_confirmed_the_newest_answers_count():
    event = make_event(places=3)
    register(event, "amara@example.org", name="Amara", confirmed=False)

    register(event, "amara@example.org", name="Amara O.", needs={"bsl": ""}, confirmed=False)

    registration = event.registrations.get()
    assert registration.name == "Amara O."
    assert [need.code for need in AccessRequest.objects.get().needs.all()] == ["bsl"]


def test_the_database_itself_refuses_a_second_live_registration_of_an_address():
    event = make_event(places=3)
    register(event, "amara@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(event=event, email="amara@example.org", name="A", state="confirmed")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"state": "draft"}, Closed.NOT_PUBLISHED),
        ({"state": "cancelled"}, Closed.CANCELLED),
        ({"takes_registrations": False}, Closed.NOT_OFFERED),
        ({"registration_opens_at": timezone.now() + timedelta(days=1)}, Closed.NOT_YET),
        ({"registration_closes_at": timezone.now() - timedelta(days=1)}, Closed.TOO_LATE),
        ({"starts_in": timedelta(days=-3)}, Closed.OVER),
    ],
)
def test_nobody_registers_when_registration_is_closed(changes, reason):
    event = make_event(**changes)

    with pytest.raises(RegistrationClosed) as refusal:
        registrations.register(event, answers())

    assert refusal.value.reason is reason


def test_nobody_waits_any_more_once_the_event_has_begun():
    event = make_event(places=1, dates=2)
    register(event)
    left = leaving.leave(register(event))

    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        with pytest.raises(EventFull):
            registrations.register(event, answers())
        with pytest.raises(EventFull):
            registrations.rejoin(left)


def test_a_full_event_without_a_waiting_list_says_so():
    event = make_event(places=1, has_waiting_list=False)
    register(event)

    with pytest.raises(EventFull):
        registrations.register(event, answers())

    assert event.registrations.count() == 1


def test_this_was_not_me_forgets_the_address_at_once_and_frees_the_place():
    event = make_event(places=2)
    stranger = register(event, "victim@example.org", needs={"bsl": "secret"}, confirmed=False)
    _other, waiting = register(event), register(event)

    leaving.not_me(stranger)

    stranger.refresh_from_db()
    assert (stranger.name, stranger.email) == ("", f"erased-{stranger.pk}@erased.invalid")
    assert AccessRequest.objects.count() == 0
    assert states(waiting) == ["offered"]


def test_leaving_twice_frees_one_place():
    event = make_event(places=2)
    holder, other, first, second = (register(event) for _ in range(4))

    leaving.leave(holder)
    with pytest.raises(NoLongerPossible):
        leaving.leave(holder)

    assert states(other, first, second) == ["confirmed", "offered", "waiting"]


def test_of_a_cancelled_event_nobody_is_offered_the_place_that_somebody_gives_up():
    event = make_event(places=1)
    holder, waiting = register(event), register(event)
    calling_off.cancel(event, reason="Ruth is ill.", by=make_organiser(event.group))

    leaving.leave(holder)

    assert states(holder, waiting) == ["cancelled", "waiting"]


def test_someone_added_by_an_organiser_queues_like_everyone():
    event = make_event(places=1)
    register(event)
    organiser = make_organiser(event.group)

    added = adding.add(event, answers("phone@example.org"), by=organiser)

    assert (added.state, kinds_to("phone@example.org")) == ("waiting", ["waiting"])


def test_an_organiser_may_give_a_place_beyond_capacity_with_a_reason():
    event = make_event(places=1)
    register(event)
    organiser = make_organiser(event.group)

    added = adding.add(event, answers(), by=organiser, beyond_capacity="Interpreter's colleague")

    assert added.state == "confirmed"
    assert added.steps.get(kind="added").note == "Interpreter's colleague"


def test_erasing_frees_the_place_and_leaves_nothing_of_the_person():
    event = make_event(places=1)
    registration = register(event, "amara@example.org", needs={"bsl": ""})
    waiting = register(event)

    leaving.erase(registration)

    registration.refresh_from_db()
    assert (registration.name, registration.person, registration.ended_because) == ("", None, "erased")
    assert not Registration.objects.filter(email="amara@example.org").exists()
    assert states(waiting) == ["offered"]


def test_the_access_leads_of_the_group_are_told_only_once_the_address_is_confirmed():
    from tests.factories import make_access_lead

    group = make_group()
    lead = make_access_lead(group)
    event = make_event(group=group)

    registration = register(event, needs={"bsl": ""}, confirmed=False)
    assert kinds_to(lead.email) == []
    registrations.confirm(registration)

    assert kinds_to(lead.email) == ["access-for-leads"]
