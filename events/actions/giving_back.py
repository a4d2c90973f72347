"""Places that are held for addresses nobody has confirmed, given back by the organisers.

One of the modules that write Registration.state (events.actions.registrations names them), under the event's lock.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from events.actions.leaving import NoLongerPossible, offer_free_places
from events.models import Event, Registration, RegistrationStep
from people.models import Person

State = Registration.State


@transaction.atomic
def give_back(event: Event, *, by: Person) -> int:
    """Hold no place any more for addresses that nobody has confirmed: whoever confirms later takes what is free then,
    and stands in line where they stood by the time at which they asked. Nobody is written to. Returns how many places
    these were. Raises NoLongerPossible when there are none, or the event has begun."""
    event, now = event.locked(), timezone.now()
    held = event.registrations.filter(state=State.CONFIRMED).with_unconfirmed_address()
    given_back = list(held) if can_give_back(event, now) else []
    if not given_back:
        raise NoLongerPossible
    for registration in given_back:
        registration.state, registration.changed_at = State.WAITING, now
        registration.save()
        registration.add_step(RegistrationStep.Kind.GIVEN_BACK, by=by)
    offer_free_places(event)
    return len(given_back)


def can_give_back(event: Event, now: datetime | None = None) -> bool:
    """Whether places that nobody has confirmed can go to others: where there is a limit, and until it begins."""
    return event.is_published and event.capacity is not None and not event.has_begun(now)
