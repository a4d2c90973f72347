"""In person or online, where an event can be come to in both ways: somebody says how they come, or changes it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.actions import access_needs, quotas
from events.actions.leaving import NoLongerPossible, locked
from events.actions.quotas import NoRoom
from events.models import AccessRequest, Registration
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
