"""Whatever happens to places that are given by quota: no quota is oversold, none is empty while somebody waits for it,
nobody overtakes in their line (after pooling: in the one of all), and whoever gets one is told once.

What should be is worked out here once more from the rows alone, without the counter that is looked at."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from events.actions import events, leaving, quotas, registrations, requests
from events.models import Event, Quota, Registration
from events.models.places import NO_QUOTA, Pair
from tests.amounts import amount
from tests.events.promises import Look, OneEvent, State, address, one_of, when
from tests.factories import answers, make_event, make_organiser, make_quota

PEOPLE = 9
PLACES = 5
ASKED = Registration.BelongsBy.ASKED
# Name, places and way of the quotas; how many places they hold back, or leave for those without a number, follows.
INSTITUTIONS: list[dict[str, Any]] = [
    {"name": "Kent", "places": 2, "asks": True},
    {"name": "Liverpool", "places": 1},
    {"name": "City"},
    {"name": "Greenwich"},
]
HELD_BACK: list[dict[str, Any]] = [{"name": "Kent", "places": 2}, {"name": "Liverpool", "places": 1}]
PAIRS: list[dict[str, Any]] = [
    {"name": "Kent", "places": 2, "way": "in_person"},
    {"name": "Kent", "places": 1, "way": "online"},
    {"name": "City", "places": 2, "way": "online", "asks": True},
]

which_one = st.integers(min_value=0, max_value=99)
people = st.integers(min_value=0, max_value=PEOPLE - 1)


class QuotaPromises(OneEvent):
    """One event of five places, more people than that, and a few quotas."""

    @initialize(
        made_of=st.sampled_from([INSTITUTIONS, HELD_BACK, PAIRS, []]), there=st.lists(which_one, max_size=7)
    )
    def begin(self, made_of: list[dict[str, Any]], there: list[int]) -> None:
        event = make_event(places=PLACES, starts_in=timedelta(days=20), format="both")
        if made_of:
            Event.objects.update(pool_at=timezone.now() + timedelta(days=9), has_quotas=True)
        self.quotas = [make_quota(event, **fields) for fields in made_of]
        self.by = make_organiser(event.group)
        for who, which in enumerate(there):
            asked = answers(address(who), pair=self.pair(which))
            registrations.confirm(registrations.register(event, asked))
        self.look = Look(event.pk)

    # --- People ---

    @rule(who=people, which=which_one, confirms=st.booleans(), asks=st.booleans())
    def register(self, who: int, which: int, confirms: bool, asks: bool) -> None:
        pair = self.pair(which)
        quota = self.by_key.get(pair.quota or 0)
        belongs_by = ASKED if asks and quota and quota.asks else ""
        asked = answers(address(who), pair=pair, belongs_by=belongs_by)
        self.happen(registrations.register, self.event, asked)
        row = self.event.registrations.live().filter(email=address(who)).first()
        if confirms and row:
            self.happen(registrations.confirm, row)

    @when(lambda look: look.unconfirmed)
    @rule(which=which_one)
    def confirm(self, which: int) -> None:
        self.happen(registrations.confirm, one_of(self.look.unconfirmed, which))

    @when(lambda look: look.live)
    @rule(which=which_one, how=st.sampled_from(["leave", "remove", "erase"]))
    def go(self, which: int, how: str) -> None:
        more = {"by": self.by} if how == "remove" else {}
        self.happen(getattr(leaving, how), one_of(self.look.live, which), **more)

    @when(lambda look: look.of(State.CANCELLED))
    @rule(which=which_one)
    def come_back(self, which: int) -> None:
        self.happen(registrations.rejoin, one_of(self.look.of(State.CANCELLED), which))

    @when(lambda look: look.of(State.OFFERED))
    @rule(which=which_one, takes=st.booleans())
    def answer(self, which: int, takes: bool) -> None:
        act = leaving.accept_offer if takes else leaving.decline_offer
        self.happen(act, one_of(self.look.of(State.OFFERED), which))

    @when(lambda look: look.live)
    @rule(which=which_one, to=which_one)
    def switch(self, which: int, to: int) -> None:
        self.happen(quotas.switch, one_of(self.look.live, which), self.pair(to))

    # --- Organisers ---

    @when(lambda look: look.live)
    @rule(which=which_one, to=which_one)
    def move(self, which: int, to: int) -> None:
        self.happen(quotas.move, one_of(self.look.live, which), self.pair(to), by=self.by)

    @when(lambda look: look.of(State.HELD))
    @rule(which=which_one, agrees=st.booleans())
    def decide(self, which: int, agrees: bool) -> None:
        act = requests.agree if agrees else requests.refuse
        self.happen(act, one_of(self.look.of(State.HELD), which), by=self.by)

    @rule(more=st.sampled_from([-2, -1, 1, 2]))
    def raise_or_lower_all(self, more: int) -> None:
        event = Event.objects.get(pk=self.event.pk)
        event.capacity = max(1, (event.capacity or 0) + more)
        self.happen(events.save, event, fields=["capacity"])

    @rule(which=which_one, more=st.sampled_from([-1, 1]))
    def raise_or_lower_one(self, which: int, more: int) -> None:
        quota = one_of(list(self.by_key.values()) or [None], which)
        if quota and quota.places is not None:
            quota.places = max(0, quota.places + more)
            self.happen(quotas.save, self.event, saved=[quota], pool_at=self.event.pool_at)

    @when(lambda look: not look.event.pooled_at and len(look.rows) >= PLACES)
    @rule()
    def pool(self) -> None:
        self.happen(quotas.pool, self.event)

    # --- The clock ---

    @rule(later=st.sampled_from([timedelta(minutes=10), timedelta(hours=20), timedelta(days=3)]))
    def time_goes_by(self, later: timedelta) -> None:
        self.clock.shift(later)
        leaving.expire_due()
        quotas.pool_due()

    # --- What holds ---

    @invariant()
    def all_promises(self) -> None:
        before, look = self.look, Look(self.look.event.pk, self.look)
        held = Counter(self.line(look, key) for key in look.ordinary)
        assert len(look.ordinary) <= self.capacity(look), "more people come than there are places"
        for line, number in held.items():
            assert number <= self.limit(look, line), f"{line} is oversold"
        for key in look.ordinary - before.ordinary:
            waited = [other for other in look.waits & before.waits if self.is_before(look, other, key)]
            assert not waited, f"{key} has overtaken {waited}"
        if look.is_to_come:
            for key in look.waits:
                line = self.line(look, key)
                is_full = held[line] >= self.limit(look, line)
                assert is_full or len(look.ordinary) >= self.capacity(look), (
                    f"{key} waits beside a free place"
                )
        assert not look.told_twice()
        assert not look.not_told(before)
        self.look = look

    def capacity(self, look: Look) -> int:
        return look.event.capacity or 0

    def line(self, look: Look, key: int) -> str:
        """The line somebody stands in, or stood in for the place they have."""
        row = look.rows[key]
        quota = self.by_key.get(row.quota_id or 0)
        if not self.quotas:
            return "all"
        if look.event.pooled_at:
            return row.way if any(other.way for other in self.by_key.values()) else "all"
        if quota is None:
            return "nobody's"
        return "rest" if quota.places is None else str(quota)

    def limit(self, look: Look, line: str) -> int:
        numbers = {str(quota): quota.places or 0 for quota in self.by_key.values()}
        ways: Counter[str] = Counter()
        for quota in self.by_key.values():
            ways[quota.way] += quota.places or 0
        left = self.capacity(look) - sum(numbers.values())
        return {**ways, **numbers, "rest": left, "": left, "nobody's": 0, "all": self.capacity(look)}[line]

    def is_before(self, look: Look, other: int, key: int) -> bool:
        is_one_line = self.line(look, other) == self.line(look, key)
        return is_one_line and look.line(other) < look.line(key)

    # --- How it is done ---

    @property
    def by_key(self) -> dict[int, Quota]:
        return {quota.pk: quota for quota in self.event.quotas.all()}

    def pair(self, which: int) -> Pair:
        """Of one of the quotas, or of none."""
        return ([quota.pair for quota in self.quotas] + [NO_QUOTA])[which % (len(self.quotas) + 1)]


@pytest.mark.many
@pytest.mark.django_db
def test_places_by_quota_are_given_fairly_whatever_happens():
    # Without looking for a shorter story: the steps are printed, and that would take longer than all of them.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    examples, steps = amount(12, many=80), amount(16, many=30)
    run(QuotaPromises, settings=settings(max_examples=examples, stateful_step_count=steps, phases=phases))
