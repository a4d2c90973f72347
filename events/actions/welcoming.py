"""A place for whoever does something for an event: hosts a room, takes notes, helps."""

from django.db import transaction
from django.utils import timezone

from events.actions import notices, places
from events.actions.transitions import Answers, RegistrationClosed, begin, note_step, place
from events.models import Event, Registration, RegistrationStep
from events.models.closed import NOTHING_TO_COME_TO
from kit.text import normalise_email
from people.actions.persons import person_for


@transaction.atomic
def welcome(event: Event, *, name: str, email: str, reason: str, language: str = "") -> Registration:
    """Give a place to somebody who does something for the event, also when it is full, and whether or not they had
    registered; their address is confirmed. `reason` stands in the history. Twice is once, and no mail is owed: what
    they do has mails of its own. Raises RegistrationClosed."""
    event = places.lock(event)
    if (why := event.registration_closed_because(timezone.now())) in NOTHING_TO_COME_TO:
        raise RegistrationClosed(why)
    registration = event.registrations.live().filter(email=normalise_email(email)).first()
    if registration is None:
        registration = _new(event, name, email, reason)
        registration.language = language
    registration.event = event
    if registration.state != Registration.State.CONFIRMED:
        place(registration, RegistrationStep.Kind.CONFIRMED)
    if not registration.is_email_confirmed:
        _confirm(registration)
    return registration


def _new(event: Event, name: str, email: str, reason: str) -> Registration:
    registration = begin(event, Answers(name=name, email=email), timezone.now(), place_anyway=True)
    registration.values_accepted_at = None  # they are asked with what they do
    note_step(registration, RegistrationStep.Kind.ADDED, note=reason)
    return registration


def _confirm(registration: Registration) -> None:
    registration.email_confirmed_at, registration.confirm_by = timezone.now(), None
    registration.person = person_for(
        registration.email, name=registration.name, language=registration.language
    )
    registration.save()
    notices.tell_access_leads(registration)
