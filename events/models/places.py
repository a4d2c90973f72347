"""The places of one event, counted: all of them, or by the pots that they are given from."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Places(NamedTuple):
    """How many of an event's places are taken, how many people wait for one, and how many volunteers' places there are
    beside them, which do not count. `unconfirmed`: of those taken, by addresses that nobody has confirmed; `in_line`: of
    those who wait, with an address that is."""

    taken: int = 0
    waiting: int = 0
    beside: int = 0
    unconfirmed: int = 0
    in_line: int = 0

    @property
    def everyone(self) -> int:
        return self.taken + self.waiting + self.beside


class Pair(NamedTuple):
    """What a registration counts in: the key of its quota, and how the person comes, where there are two ways."""

    quota: int | None = None
    way: str = ""


# Whoever comes to an event without quotas, or belongs to none of them.
NO_QUOTA = Pair()


class Pot(NamedTuple):
    """Places that people stand in one line for, and how many there are; None without a limit."""

    places: Places
    limit: int | None

    @property
    def free(self) -> int | None:
        """How many nobody holds; None without a limit. Never negative."""
        return None if self.limit is None else max(0, self.limit - self.places.taken)


class Pots:
    """The pots of an event. A quota with a number has its own; those without share what the others leave.
    Who belongs to none has no place to get, and waits. Once they are pooled all are in one pot; where quotas are for one
    way only, in one for each way. Never more people come in all than the event has places.

    `capacity` is the event's, `quotas` its quotas by key, `counted` how many each pair has."""

    def __init__(
        self,
        capacity: int | None,
        quotas: Mapping[int, Any],
        counted: Mapping[Pair, Places],
        *,
        is_pooled: bool,
    ) -> None:
        self.capacity, self.quotas, self.counted, self.is_pooled = capacity, quotas, dict(counted), is_pooled
        self._ways = {quota.way for quota in quotas.values() if quota.way}

    def name_of(self, pair: Pair) -> str:
        """Two pairs with one name stand in one line."""
        quota = self.quotas.get(pair.quota) if pair.quota else None
        if self.is_pooled:
            way = quota.way if quota else pair.way
            return f"all {way}" if way in self._ways else "all"
        if quota is None:
            return "none"
        return "rest" if quota.places is None else f"quota {quota.pk}"

    def of(self, pair: Pair) -> Pot:
        """The pot whose places somebody of this pair can have."""
        name = self.name_of(pair)
        places = summed(numbers for other, numbers in self.counted.items() if self.name_of(other) == name)
        limits = [
            limit for limit in (self._limit(name, pair), self._left_in_all(places)) if limit is not None
        ]
        return Pot(places, min(limits, default=None))

    def once_pooled(self) -> "Pots":
        return Pots(self.capacity, self.quotas, self.counted, is_pooled=True)

    @property
    def places(self) -> Places:
        """Of all of them together."""
        return summed(self.counted.values())

    def take(self, pair: Pair, number: int = 1) -> None:
        """Count this many more places as taken by this pair."""
        places = self.counted.get(pair, Places())
        self.counted[pair] = places._replace(taken=places.taken + number)

    def limit_of(self, pair: Pair) -> int | None:
        """How many places its pot has, whatever others hold."""
        return self._limit(self.name_of(pair), pair)

    @property
    def least(self) -> int:
        """The fewest places that the event needs: those that quotas have by number, and what is held beside them."""
        apart = self._ways if self.is_pooled else None
        beside = {"rest", "all"}
        held = (numbers for pair, numbers in self.counted.items() if self.name_of(pair) in beside)
        return max(self.places.taken, self._numbered(apart) + summed(held).taken)

    @property
    def held_back(self) -> int | None:
        """How many places no quota has; None where one of them takes what the others leave, or there is no limit."""
        if self.capacity is None or any(quota.places is None for quota in self.quotas.values()):
            return None
        return self.capacity - self._numbered()

    @property
    def beyond(self) -> int:
        """How many places more than the event the quotas have by number, as far as these still count."""
        apart = self._ways if self.is_pooled else None
        return 0 if self.capacity is None else max(0, self._numbered(apart) - self.capacity)

    def _limit(self, name: str, pair: Pair) -> int | None:
        if name == "none":
            return 0
        quota = self.quotas.get(pair.quota) if pair.quota else None
        if name.startswith("quota") and quota:
            return int(quota.places)
        if name in {"rest", "all"}:
            # Once they are pooled only what is for one way stays apart.
            apart = self._ways if self.is_pooled else None
            return None if self.capacity is None else self.capacity - self._numbered(apart)
        places = [other.places for other in self.quotas.values() if other.way == name.removeprefix("all ")]
        return None if None in places else sum(places)

    def _numbered(self, ways: set[str] | None = None) -> int:
        """How many places quotas have by number: all of them, or those for one of `ways`."""
        counted = (quota for quota in self.quotas.values() if ways is None or quota.way in ways)
        return sum(quota.places or 0 for quota in counted)

    def _left_in_all(self, own: Places) -> int | None:
        """How many this pot may hold so that no more than `capacity` come in all."""
        if self.capacity is None:
            return None
        return own.taken + max(0, self.capacity - self.places.taken)


def pots_of(event: Any) -> Pots:
    """Of any event: without quotas there is one pot. One query; two with quotas."""
    if not event.has_quotas:
        return Pots(event.capacity, {}, {NO_QUOTA: event.places()}, is_pooled=True)
    quotas = {quota.pk: quota for quota in event.quotas.all()}
    counted = event.registrations.counted_by_pair(event)
    return Pots(event.capacity, quotas, counted, is_pooled=event.pooled_at is not None)


def summed(places: Iterable[Places]) -> Places:
    return Places(*(sum(numbers) for numbers in zip(*places, strict=True)))
