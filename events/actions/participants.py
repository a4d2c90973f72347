"""The list of those taking part: whoever ticked that others may see their name, for others who take part. Nobody else
reads it, organisers neither."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from events.actions.leaving import NoLongerPossible, locked
from events.models import Registration
from events.models.registration import RegistrationQuerySet

ListedTo = Registration.ListedTo

# So long after the last date people can still find one another.
KEPT_FOR = timedelta(days=7)


def is_there_for(registration: Registration, now: datetime | None = None) -> bool:
    """Whether somebody may see the list, and stand on it: with a place, until a week after the last date."""
    event = registration.event
    if not registration.has_place or not (event.is_published or event.is_postponed):
        return False
    is_gone = event.ends_at is not None and event.ends_at + KEPT_FOR <= (now or timezone.now())
    return event.is_postponed or not is_gone


def seen_by(registration: Registration) -> RegistrationQuerySet:
    """The others who take part and let this one see their name. Groups of one name, online and in person, are one."""
    named = Q(listed_to=ListedTo.COMING)
    if registration.quota:
        named |= Q(listed_to=ListedTo.GROUP, quota__name=registration.quota.name)
    others = registration.event.registrations.coming().not_erased().exclude(pk=registration.pk)
    return others.filter(named).order_by(Lower("name"), "pk")


@transaction.atomic
def show_to(registration: Registration, listed_to: str) -> None:
    """Say who may see their name: a ListedTo, or "" for nobody. Raises NoLongerPossible where they have no list."""
    _event, registration = locked(registration)
    if not is_there_for(registration):
        raise NoLongerPossible
    registration.listed_to = listed_to
    registration.save(update_fields=["listed_to"])
