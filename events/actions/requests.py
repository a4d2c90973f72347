"""Requests that somebody has to agree to before they get a place: the organisers, or a named contact of the group.

One of the modules that write Registration.state (events.actions.registrations names them), under the event's lock.
"""

from django.db import transaction
from django.utils import timezone

from events.actions import notices, places
from events.actions.holding import welcome_back
from events.actions.leaving import NoLongerPossible, end, locked, place
from events.models import Event, KeptOut, Registration, RegistrationStep
from events.models.registration import held_by
from people.models import Person

State = Registration.State
Ended = Registration.Ended
Step = RegistrationStep.Kind


class ANamedContactDecides(NoLongerPossible):
    """Refused: this request is for the named contacts of the group."""


@transaction.atomic
def agree(registration: Registration, *, by: Person, word: str = "") -> Registration:
    """Let organisers agree to a request: they have a place, or wait where they would have waited since they asked. The
    word they say with it stays in the history, where the person can read it. Raises NoLongerPossible,
    ANamedContactDecides."""
    event, registration = _held(registration)
    welcome_back(event, registration.email)
    if held_by(event, registration.email):
        raise ANamedContactDecides
    if (
        registration.belongs_by == Registration.BelongsBy.ASKED
    ):  # asked once: they need not again when they come back
        registration.belongs_by = Registration.BelongsBy.ORGANISER
    return let_in(event, registration, by=by, word=word)


@transaction.atomic
def refuse(registration: Registration, *, by: Person, reason: str = "") -> Registration:
    """Let organisers say no to a request. They are told; asked again it is held again. Raises NoLongerPossible,
    ANamedContactDecides."""
    event, registration = _held(registration)
    if decided_by(event, registration) == KeptOut.Kind.NAMED:
        raise ANamedContactDecides
    return turn_down(registration, by=by, reason=reason)


def let_in(event: Event, registration: Registration, *, by: Person, word: str = "") -> Registration:
    """Under the lock of the event."""
    registration.state = State.WAITING
    registration.changed_at = timezone.now()
    if registration.belongs_by == Registration.BelongsBy.ASKED:  # asking anew they need no second yes
        registration.belongs_by = Registration.BelongsBy.ORGANISER
    registration.save()
    registration.add_step(Step.AGREED, by=by, note=word)
    if registration.is_waiting and places.is_first(event, registration):
        place(registration, Step.CONFIRMED)
    if registration.is_email_confirmed:
        notices.how_it_stands(registration)
        notices.tell_access_leads(registration)
    return registration


def turn_down(registration: Registration, *, by: Person, reason: str = "") -> Registration:
    """Under the lock of the event."""
    end(registration, Ended.REFUSED, Step.REFUSED, by=by, note=reason)
    notices.refused(registration)
    return registration


def decided_by(event: Event, registration: Registration) -> str:
    """Who decides about a request that is held: a KeptOut.Kind."""
    return held_by(event, registration.email) or KeptOut.Kind.REMOVED


def _held(registration: Registration) -> tuple[Event, Registration]:
    event, registration = locked(registration)
    if not registration.can_be_agreed_to():
        raise NoLongerPossible
    return event, registration
