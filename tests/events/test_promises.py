"""Whatever happens to an event, and in whichever order: nobody overtakes, no place is sold twice or stays empty while
somebody waits, no limit outlives its sense, and everyone whose place changed is told, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from allyhub.clock import JOBS
from breakouts.actions import helpers, host_departures, hosts, review
from breakouts.models import Host
from events.actions import calling_off, events, giving_back, leaving, registrations
from events.models import Event
from tests.amounts import amount
from tests.breakouts.factories import make_role, make_social, make_topic, organiser_of
from tests.events.promises import Look, OneEvent, State, address, one_of, when
from tests.factories import answers

PEOPLE = 7
ROOMS = 2
STEPS = amount(20, many=30)
# What the clock does about places; its other jobs are about what is over.
OF_PLACES = {
    *("expire-and-offer", "settle-hosts", "remind", "tell-who-waited", "remind-hosts", "remind-helpers")
}

which_one = st.integers(min_value=0, max_value=99)
people = st.integers(min_value=0, max_value=PEOPLE - 1)
rooms = st.integers(min_value=0, max_value=ROOMS - 1)


class Promises(OneEvent):
    """One event with few places, a handful of people, two rooms and a role for helpers."""

    @initialize(
        places=st.integers(1, 4),
        there=st.integers(2, 5),
        fields=st.sampled_from([{}, {"format": "in_person"}]),
    )
    def full(self, places: int, there: int, fields: dict[str, Any]) -> None:
        event = make_social(places=places, starts_in=timedelta(days=10), **fields)
        self.topics, self.role = [make_topic(event) for _room in range(ROOMS)], make_role(event)
        for who in range(there):
            registrations.confirm(registrations.register(event, answers(address(who))))
        self.look, self.has_settled = Look(event.pk), False

    # --- People ---

    @rule(who=people, confirms=st.booleans())
    def register(self, who: int, confirms: bool) -> None:
        self.happen(registrations.register, self.event, answers(address(who)))
        row = self.event.registrations.live().filter(email=address(who)).first()
        if confirms and row:
            self.happen(registrations.confirm, row)

    @when(lambda look: look.unconfirmed)
    @rule(which=which_one)
    def confirm(self, which: int) -> None:
        self.happen(registrations.confirm, one_of(self.look.unconfirmed, which))

    @when(lambda look: look.live)
    @rule(which=which_one)
    def leave(self, which: int) -> None:
        self.happen(leaving.leave, one_of(self.look.live, which))

    @when(lambda look: look.of(State.CANCELLED))
    @rule(which=which_one)
    def come_back(self, which: int) -> None:
        self.happen(registrations.rejoin, one_of(self.look.of(State.CANCELLED), which))

    @when(lambda look: look.of(State.OFFERED))
    @rule(which=which_one)
    def accept(self, which: int) -> None:
        self.happen(leaving.accept_offer, one_of(self.look.of(State.OFFERED), which))

    @when(lambda look: look.of(State.OFFERED))
    @rule(which=which_one)
    def decline(self, which: int) -> None:
        self.happen(leaving.decline_offer, one_of(self.look.of(State.OFFERED), which))

    @rule(who=people, room=rooms)
    def host(self, who: int, room: int) -> None:
        def offer_and_confirm(topic: Any) -> None:
            host = hosts.offer(topic, name="Somebody", email=address(who))
            (hosts.agree if host.is_asked else hosts.confirm)(host, values=None)

        self.happen(offer_and_confirm, self.topics[room])

    @rule(who=people)
    def help(self, who: int) -> None:
        def offer_and_confirm(role: Any) -> None:
            helpers.confirm(helpers.offer(role, name="Somebody", email=address(who)), values=None)

        self.happen(offer_and_confirm, self.role)

    @when(lambda look: look.parts)
    @rule(which=which_one)
    def step_down(self, which: int) -> None:
        part = one_of(self.look.parts, which)
        self.happen(host_departures.step_down if isinstance(part, Host) else helpers.step_down, part)

    # --- Organisers ---

    @when(lambda look: look.held)
    @rule()
    def give_back(self) -> None:
        self.happen(giving_back.give_back, self.event, by=organiser_of(self.event))

    @when(lambda look: look.live)
    @rule(which=which_one)
    def remove(self, which: int) -> None:
        self.happen(leaving.remove, one_of(self.look.live, which), by=organiser_of(self.event))

    @rule(more=st.sampled_from([-2, -1, 1, 2]))
    def raise_or_lower(self, more: int) -> None:
        self.change(capacity=max(1, (self.event.capacity or 0) + more))

    @rule()
    def count_volunteers_or_not(self) -> None:
        self.change(volunteers_count=not self.event.volunteers_count)

    @rule(wanted=st.integers(0, 2))
    def want_helpers(self, wanted: int) -> None:
        self.happen(helpers.want, self.event, {self.role.kind: wanted})

    @rule(room=rooms)
    def close_a_room(self, room: int) -> None:
        self.happen(review.fold, self.topics[room], by=organiser_of(self.event))
        self.topics[room] = make_topic(self.event)

    @rule(
        ahead=st.sampled_from(
            [timedelta(hours=1), timedelta(hours=20), timedelta(days=4), timedelta(days=20)]
        )
    )
    def move(self, ahead: timedelta) -> None:
        session = self.event.sessions.get()
        session.starts_at = timezone.now() + ahead
        session.ends_at = session.starts_at + timedelta(hours=2)
        self.happen(events.save_sessions, self.event, saved=[session])
        self.clock_comes_round()

    @when(lambda look: len(look.rows) >= PEOPLE)
    @rule()
    def cancel(self) -> None:
        self.happen(calling_off.cancel, self.event, reason="", by=organiser_of(self.event))

    @when(lambda look: len(look.rows) >= PEOPLE)
    @rule()
    def postpone(self) -> None:
        self.happen(calling_off.postpone, self.event, reason="", by=organiser_of(self.event))

    @when(lambda look: look.event.is_called_off)
    @rule()
    def call_back(self) -> None:
        self.happen(calling_off.call_back, self.event, by=organiser_of(self.event))

    # --- The clock ---

    @rule(
        later=st.sampled_from(
            [timedelta(minutes=10), timedelta(hours=5), timedelta(days=1), timedelta(days=3)]
        )
    )
    def time_goes_by(self, later: timedelta) -> None:
        self.clock.shift(later)
        self.clock_comes_round()

    def clock_comes_round(self) -> None:
        self.has_settled = True
        for job in JOBS:
            if job.name in OF_PLACES:
                job.run()

    # --- What holds ---

    @invariant()
    def all_promises(self) -> None:
        before, look = self.look, Look(self.look.event.pk, self.look)
        given = look.ordinary - before.ordinary
        assert len(look.ordinary) <= (look.event.capacity or 0), "a place was sold twice"
        assert not given or look.taken <= (look.event.capacity or 0), "a place was given in a full room"
        for key in given:
            ahead = [other for other in look.waits & before.waits if look.line(other) < look.line(key)]
            assert not ahead, f"{key} has overtaken {ahead}"
        not_confirmed = (look.event.capacity or 0) - look.taken + len(look.held)
        assert not look.held - before.held or 2 * len(look.held) <= not_confirmed, (
            "more than half is held for addresses that nobody has confirmed"
        )
        if look.is_to_come:
            self.while_it_is_to_come(look)
        if self.has_settled and not look.event.is_called_off:
            assert all(look.now < limit for limit in look.limits()), (
                "a limit has passed and nothing came of it"
            )
        assert not look.told_twice()
        assert not look.not_told(before)
        assert not look.not_told_of_the_event(before)
        self.look, self.has_settled = look, False

    def while_it_is_to_come(self, look: Look) -> None:
        is_full = look.taken >= (look.event.capacity or 0)
        assert is_full or not look.waits, "a place is empty while somebody waits"
        have_parts = {part.registration_id for part in look.parts}
        assert look.beside <= have_parts, "a volunteer's place without a part"
        assert all(limit <= look.ends_at for limit in look.limits()), "a limit after the end"
        offers = [row.offer_ends_at for row in look.of(State.OFFERED)]
        assert all(limit <= look.starts_at for limit in offers), "an offer that outlives the start"
        if self.has_settled:
            places = {row.pk for row in look.live if row.has_place}
            assert have_parts <= places, "somebody hosts or helps without a place"

    # --- How it is done ---

    def change(self, **fields: Any) -> None:
        event = Event.objects.get(pk=self.event.pk)
        for name, value in fields.items():
            setattr(event, name, value)
        self.happen(events.save, event, fields=list(fields))


@pytest.mark.many
@pytest.mark.django_db
def test_what_people_were_told_stays_true():
    # Without looking for a shorter story: the steps are printed, and that would take longer than all of them.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    run_state_machine_as_test(
        Promises,
        settings=settings(max_examples=amount(20, many=100), stateful_step_count=STEPS, phases=phases),
    )
