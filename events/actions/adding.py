"""Somebody who phoned or wrote, entered by an organiser."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions import attendance, notices
from events.actions.belonging import RegistrationClosed
from events.actions.entering import Answers, begin, has_place_now, new
from events.actions.holding import welcome_back
from events.actions.leaving import NoLongerPossible
from events.models import Event, Registration, RegistrationStep, Session
from events.models.event import NOTHING_TO_COME_TO
from kit.links import normalise_email
from people.models import Person
from people.models.person import person_for


@transaction.atomic
def add(
    event: Event, answers: Answers, *, by: Person, beyond_capacity: str = "", note: str = ""
) -> Registration:
    """Register somebody who phoned or wrote: the same rules, entered by an organiser, who agrees with it; a named contact
    may have to all the same. `note` stays in the history, where the person can read it. With a reason in
    `beyond_capacity` they get a place even when it is full. Whoever has no address hears it on the phone. Raises
    RegistrationClosed, EventFull, NoLongerPossible (registered)."""
    return add_next(event.locked(), answers, by=by, beyond_capacity=beyond_capacity, note=note)


def add_next(
    event: Event, answers: Answers, *, by: Person, beyond_capacity: str = "", note: str = ""
) -> Registration:
    """The same under the lock of the event, for one of many. Writes nothing where it raises."""
    now = timezone.now()
    if (reason := event.registration_closed_because(now)) in NOTHING_TO_COME_TO:
        raise RegistrationClosed(reason)
    if event.registrations.live().filter(email=normalise_email(answers.email)).exists():
        raise NoLongerPossible
    has_place = bool(beyond_capacity) or has_place_now(event, answers.pair, now)
    welcome_back(event, answers.email)
    registration = new(event, answers, now, by=by)
    begin(registration, answers, now, has_place=has_place)
    registration.email_confirmed_at = now
    registration.values_accepted_at = None  # nobody can say that for somebody else
    if registration.has_email:
        registration.person = person_for(registration.email, name=registration.name, language="")
        registration.language = registration.person.language
    registration.save(update_fields=["email_confirmed_at", "values_accepted_at", "person", "language"])
    registration.add_step(RegistrationStep.Kind.ADDED, by=by, note=beyond_capacity or note)
    if registration.has_email:
        notices.answer_of_who_decides(registration)
    return registration


@transaction.atomic
def walk_in(session: Session, *, name: str, by: Person) -> Registration:
    """Somebody who came to a date without a place, of whom no more than a name is known: a place beyond all numbers, and
    noted as there. Raises NotNow, RegistrationClosed."""
    if not attendance.can_be_noted(session, timezone.now()):
        raise attendance.NotNow
    came = add(session.event, Answers(name=name, email=""), by=by, beyond_capacity=_("Came on the day"))
    attendance.note(came, session, by=by)
    return came
