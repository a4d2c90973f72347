"""The quotas of an event: setting them, sharing what they leave, and going from one to another."""

import copy
from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import timezone

from events.actions import notices
from events.actions.leaving import NoLongerPossible, locked, offer_free_places
from events.actions.timetable import Dates, instant_of
from events.models import Event, ListAct, Quota, Registration, RegistrationStep
from events.models.event import take_a_newcomer
from events.models.places import Pair, Pots, pots_of
from kit.links import new_reference
from kit.meanwhile import NothingChanged
from people.models import Person

Step = RegistrationStep.Kind


class DoesNotFit(Exception):
    """Refused: the quotas, with what people of none hold, would have so many places more than the event. Of one `quota`:
    so many are held of it, which it would no longer have; so many people are of it, and it would be gone."""

    def __init__(self, number: int, quota: Quota | None = None) -> None:
        super().__init__(number, quota)
        self.number, self.quota = number, quota


class NoRoom(NoLongerPossible):
    """Refused: no place is free there for somebody who has one here, or it is not open now."""


@transaction.atomic
def save(
    event: Event, *, saved: Iterable[Quota], removed: Iterable[Quota] = (), pool_at: datetime | None = None
) -> Event:
    """Set the quotas of an event, and offer what is free by them. Raises DoesNotFit."""
    event = event.locked()
    before = pots_of(event)
    for quota in removed:
        _remove(quota)
    saved = list(saved)
    # Two that swap their names would be in each other's way.
    event.quotas.filter(pk__in=[quota.pk for quota in saved]).update(name=Cast("pk", models.CharField()))
    for quota in saved:
        quota.event = event
        quota.save()
    event.has_quotas = event.quotas.exists()
    event.pool_at = pool_at if event.has_quotas else None
    event.pooled_at = event.pooled_at if event.has_quotas else None
    event.changed_at = timezone.now()
    event.save(update_fields=["has_quotas", "pool_at", "pooled_at", "changed_at"])
    if event.has_quotas:
        refuse_what_does_not_fit(pots_of(event), before)
    offer_free_places(event)
    return event


def pots_with(event: Event, quotas: Iterable[Quota]) -> Pots:
    """The pots of an event as they would be with these quotas. Nobody is of one that is new. One query."""
    by_key = {}
    for number, quota in enumerate(map(copy.copy, quotas), start=1):
        quota.pk = quota.pk or -number
        by_key[quota.pk] = quota
    counted = event.registrations.counted_by_pair(event)
    return Pots(event.capacity, by_key, counted, is_pooled=event.pooled_at is not None)


@transaction.atomic
def change_code(quota: Quota, *, old: str) -> str:
    """Make a new code in place of this one, which stops at once. Raises NothingChanged when it is another one by now."""
    quota.event.locked()
    quota.refresh_from_db(fields=["code"])
    if quota.code != old:
        raise NothingChanged
    quota.code = new_reference()
    quota.save(update_fields=["code"])
    return quota.code


def refuse_what_does_not_fit(pots: Pots, before: Pots) -> None:
    """One that is more than full already (somebody was let in beyond) may stay so. Raises DoesNotFit."""
    if pots.beyond:
        raise DoesNotFit(pots.beyond)
    for quota in pots.quotas.values():
        held, limit = pots.of(quota.pair).places.taken, pots.limit_of(quota.pair)
        if limit is not None and held > limit and not _had_no_more(before, pots, quota.pair):
            raise DoesNotFit(held, quota)
    for pair in (pair for pair in pots.counted if not pair.quota):
        # Who belongs to none has a place of what is shared, which the others may not take.
        is_one_pot = pots.is_pooled and before.name_of(pair) == pots.name_of(pair)
        held, limit = pots.of(pair).places.taken, pots.limit_of(pair)
        if is_one_pot and limit is not None and held > limit and not _had_no_more(before, pots, pair):
            raise DoesNotFit(held - limit)


def _had_no_more(before: Pots, pots: Pots, pair: Pair) -> bool:
    """Whether the pot of this pair was there before, with as few places or fewer."""
    was, limit = before.limit_of(pair), pots.limit_of(pair)
    return (
        before.name_of(pair) == pots.name_of(pair) and was is not None and limit is not None and was <= limit
    )


def places_kept(event: Event) -> int:
    """How many places its quotas have by number. One query, where it has any."""
    return sum(quota.places or 0 for quota in event.quotas.all()) if event.has_quotas else 0


def keep_again(event: Event, earlier: Event) -> None:
    """Give a new event the quotas of an earlier one. Where there was a code there is a new one: whoever knew the old one
    could come in again."""
    for quota in earlier.quotas.all():
        quota.pk, quota.event, quota.created_at = None, event, timezone.now()
        quota.code = new_reference() if quota.code else ""
        quota.opens_at = quota.closes_at = None
        quota.save()
    if earlier.has_quotas:
        event.has_quotas = True
        event.save(update_fields=["has_quotas"])


def share_again(event: Event, earlier: Event) -> None:
    """Let each quota open and close, and what they leave be shared, as many days before the first date as at an earlier
    event, at the same time of day; never where that would be over already."""
    before, after = Dates.of(earlier), Dates.of(event)
    if not (event.has_quotas and before.first_day and after.first_day):
        return
    if at := _as_far(earlier.pool_at, before, after):
        event.pool_at = at
        event.save(update_fields=["pool_at"])
    for quota in earlier.quotas.exclude(opens_at=None, closes_at=None):
        times = {name: _as_far(getattr(quota, name), before, after) for name in ("opens_at", "closes_at")}
        event.quotas.filter(name=quota.name, way=quota.way).update(**times)


def _as_far(at: datetime | None, before: Dates, after: Dates) -> datetime | None:
    """As far from the first day; None where that would be over."""
    if at is None or before.first_day is None or after.first_day is None:
        return None
    wall = before.wall(at) + (after.first_day - before.first_day)
    there = instant_of(wall, after.zone, fold=0)
    return there if there > timezone.now() else None


@transaction.atomic
def pool(event: Event) -> int:
    """Share what the quotas leave among all who wait, in the order in which they came. Returns how many offers that
    makes. Raises NothingChanged where there are no quotas, or they are pooled."""
    event = event.locked()
    if not event.has_quotas or event.pooled_at:
        raise NothingChanged
    event.pooled_at = event.changed_at = timezone.now()
    event.save(update_fields=["pooled_at", "changed_at"])
    return offer_free_places(event)


def pool_due(now: datetime | None = None) -> int:
    """Pool the quotas of every event whose day for it has come. Returns how many events these were."""
    now = now or timezone.now()
    due = Event.objects.filter(has_quotas=True, pooled_at=None, pool_at__lte=now)
    return sum(_pool_if_due(event, now) for event in due.exclude(state__in=Event.CALLED_OFF))


@transaction.atomic
def _pool_if_due(event: Event, now: datetime) -> bool:
    event = event.locked()
    is_due = event.pool_at is not None and event.pool_at <= now and not event.is_called_off
    if not is_due or event.pooled_at:
        return False
    pool(event)
    return True


@transaction.atomic
def move(registration: Registration, pair: Pair, *, by: Person, reason: str = "") -> Registration:
    """Let organisers say that somebody is of another quota, or comes in the other way. Who has a place needs one that is
    free there and that nobody waits for, or a reason that stays in the history. Who waits stands in the other line by
    when they asked. Raises NoLongerPossible, NoRoom."""
    event, registration = locked(registration)
    if not registration.is_live or registration.pair == pair:
        raise NoLongerPossible
    if registration.state in Registration.HOLDING and not reason and not fits(event, registration, pair):
        raise NoRoom
    registration.belongs_by = Registration.BelongsBy.ORGANISER if pair.quota else ""
    put_into(registration, pair, Step.MOVED, by=by, note=reason)
    offer_free_places(event)
    return registration


@transaction.atomic
def switch(registration: Registration, pair: Pair) -> Registration:
    """Let somebody come in the other way, or in another of the quotas they belong to. Who has a place needs one that is
    free there, and that nobody waits for; who waits stands at the end of the other line. Another group has to be
    open now. Raises NoLongerPossible, NoRoom."""
    event, registration = locked(registration)
    if not registration.is_live or registration.pair == pair or event.is_past():
        raise NoLongerPossible
    if closed_group(registration, pair, timezone.now()):
        raise NoRoom
    if registration.state in Registration.HOLDING:
        if not fits(event, registration, pair):
            raise NoRoom
    elif not _is_one_line(event, registration, pair):
        registration.queued_at = timezone.now()
    put_into(registration, pair, Step.SWITCHED)
    offer_free_places(event)
    return registration


def could_switch(registration: Registration, pair: Pair) -> bool:
    """Whether `switch` would let somebody who has a place keep one."""
    return not closed_group(registration, pair, timezone.now()) and fits(
        registration.event, registration, pair
    )


def closed_group(registration: Registration, pair: Pair, now: datetime) -> Quota | None:
    """The group of places that somebody would go to and that is not open now; None when it is, or they stay in theirs."""
    if pair.quota in (None, registration.quota_id):
        return None
    quota = registration.event.quotas.filter(pk=pair.quota).first()
    return quota if quota and quota.closed_because(now) else None


def refuse_removing(quota: Quota) -> None:
    """Raises DoesNotFit."""
    if number := quota.registrations.live().count():
        raise DoesNotFit(number, quota)


def _remove(quota: Quota) -> None:
    refuse_removing(quota)
    quota.registrations.update(quota=None, belongs_by="")  # of those who are off the list
    quota.delete()


def put_into(
    registration: Registration,
    pair: Pair,
    step: str,
    *,
    by: Person | None = None,
    note: str = "",
    act: ListAct | None = None,
    is_told: bool = True,
) -> None:
    """Under the lock of the event, which is asked to offer their place afterwards."""
    registration.calendar_changes += registration.way != pair.way  # it says where they come to
    registration.quota_id, registration.way = pair
    registration.changed_at = timezone.now()
    registration.save()
    registration.add_step(step, by=by, note=note)
    if is_told and registration.is_email_confirmed and not registration.is_offered:
        notices.how_it_stands(registration, act)


def fits(event: Event, registration: Registration, pair: Pair) -> bool:
    """Whether somebody who has a place here can have one there as a newcomer would: theirs here is free then."""
    if not _is_counted(event, registration) or _is_one_line(event, registration, pair):
        return True
    pots = pots_of(event)
    pots.take(registration.pair, -1)
    return take_a_newcomer(*pots.of(pair))


def beyond(event: Event, moves: Iterable[tuple[Registration, Pair]]) -> int:
    """How many of those who have a place would have one where they go that is not free, or that somebody waits for:
    theirs here are free then."""
    if not event.has_quotas:
        return 0
    pots, number = pots_of(event), 0
    line = pots.name_of
    counted = [(one, pair) for one, pair in moves if _is_counted(event, one) and line(one.pair) != line(pair)]
    for registration, _pair in counted:
        pots.take(registration.pair, -1)
    for _registration, pair in counted:
        number += not take_a_newcomer(*pots.of(pair))
        pots.take(pair)
    return number


def _is_counted(event: Event, registration: Registration) -> bool:
    """Whether somebody takes one of the places: that of a volunteer is beside them."""
    is_beside = registration.volunteers_place and not event.counts_volunteers
    return registration.state in Registration.HOLDING and not is_beside


def _is_one_line(event: Event, registration: Registration, pair: Pair) -> bool:
    if not event.has_quotas:
        return True
    pots = pots_of(event)
    return pots.name_of(registration.pair) == pots.name_of(pair)
