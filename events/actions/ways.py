"""In person or online, where an event can be come to in both ways: somebody says how they come, or changes it; and what
becomes of that when it has one way only."""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.actions import access_needs, quotas
from events.actions.leaving import NoLongerPossible, locked
from events.actions.quotas import NoRoom
from events.models import AccessRequest, Event, Quota, Registration
from events.models.places import Pair
from events.models.quota import Way

# What the access leads read in the words of whoever asked them for something.
COME_OTHERWISE = {
    Way.ONLINE: _("I come online now, not in person."),
    Way.IN_PERSON: _("I come in person now, not online."),
}


def may_say(registration: Registration) -> bool:
    """Whether there is something to choose: from the first minute to the end, so that whoever falls ill on the way can
    still come online."""
    event = registration.event
    is_on = not event.is_cancelled and not event.is_past()
    return registration.is_live and event.has_two_ways and is_on


def pair_for(registration: Registration, way: str) -> Pair | None:
    """What somebody counts in who comes this way: their own group of places; where that is for the other way only, the
    one of the same name, else one that everybody belongs to. None where there is no such group."""
    own = registration.quota
    if own is None or own.way in ("", way):
        return Pair(own.pk if own else None, way)
    others = registration.event.quotas.filter(way__in=["", way])
    fitting = [quota for quota in others if quota.name == own.name or quota.is_for_everyone]
    best = min(fitting, key=lambda quota: (quota.name != own.name, quota.way == "", quota.pk), default=None)
    return Pair(best.pk, way) if best else None


@transaction.atomic
def say(registration: Registration, way: str) -> Registration:
    """Raises NoLongerPossible (nothing to choose, or said already), NoRoom."""
    _event, registration = locked(registration)
    if not may_say(registration) or registration.way == way:
        raise NoLongerPossible
    had_said = registration.way
    if (pair := pair_for(registration, way)) is None:
        raise NoRoom
    registration = quotas.switch(registration, pair)
    asked = AccessRequest.objects.open().filter(registration=registration).first()
    if asked and had_said:
        access_needs.say_as_person(asked, str(COME_OTHERWISE[Way(way)]))
    return registration


def end_two_ways(event: Event) -> None:
    """What becomes of both ways where an event has only one from now on: nobody comes in one any more, and groups of
    places that differed in it are one. Under the event's lock; whoever calls it offers what is free then."""
    event.registrations.exclude(way="").update(way="")
    if not event.quotas.exclude(way="").exists():
        return
    alike = defaultdict[str, list[Quota]](list)
    for quota in event.quotas.all():
        alike["" if quota.way and quota.is_for_everyone else quota.name].append(quota)
    if [*alike] == [""]:
        _keep_no_groups(event)
        return
    for quotas_of_one in alike.values():
        _join(event, *quotas_of_one)


def _keep_no_groups(event: Event) -> None:
    """The groups were no more than two ways for everybody."""
    numbers = [quota.places for quota in event.quotas.all()]
    if event.capacity is None and None not in numbers:
        event.capacity = sum(number or 0 for number in numbers)
    event.registrations.update(quota=None)
    event.quotas.all().delete()
    event.has_quotas, event.pool_at, event.pooled_at = False, None, None
    event.save(update_fields=["capacity", "has_quotas", "pool_at", "pooled_at"])


def _join(event: Event, kept: Quota, *others: Quota) -> None:
    event.registrations.filter(quota__in=others).update(quota=kept)
    numbers = [quota.places for quota in (kept, *others)]
    kept.places = None if None in numbers else sum(number or 0 for number in numbers)
    kept.domains = "\n".join(dict.fromkeys(line for one in (kept, *others) for line in one.domains.split()))
    kept.code = next((one.code for one in (kept, *others) if one.code), "")
    opens, closes = ([getattr(one, name) for one in (kept, *others)] for name in ("opens_at", "closes_at"))
    kept.opens_at, kept.closes_at = min(opens) if all(opens) else None, max(closes) if all(closes) else None
    kept.asks, kept.way = any(one.asks for one in (kept, *others)), ""
    event.quotas.filter(pk__in=[other.pk for other in others]).delete()
    kept.save()
