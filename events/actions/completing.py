"""Who counts as having completed a programme although dates lack: an organiser says so, with a reason."""

from django.db import transaction

from events.actions.leaving import locked
from events.models import Registration, RegistrationStep
from kit.meanwhile import NothingChanged
from people.models import Person


@transaction.atomic
def count_as_complete(registration: Registration, *, because: str, by: Person) -> None:
    """Raises NothingChanged when it counts already, without a place, or where nothing has to be completed."""
    event, registration = locked(registration)
    if registration.complete_because or not registration.has_place or event.dates_to_complete is None:
        raise NothingChanged
    registration.complete_because = because
    registration.save(update_fields=["complete_because"])
    registration.add_step(RegistrationStep.Kind.COMPLETE, by=by, note=because)


@transaction.atomic
def count_by_dates(registration: Registration, *, by: Person) -> None:
    """Let the dates alone say whether it is completed. Raises NothingChanged where they do."""
    _event, registration = locked(registration)
    if not registration.complete_because:
        raise NothingChanged
    registration.complete_because = ""
    registration.save(update_fields=["complete_because"])
    registration.add_step(RegistrationStep.Kind.COMPLETE_UNDONE, by=by)
