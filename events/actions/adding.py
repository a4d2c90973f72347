"""Somebody who phoned or wrote, entered by an organiser."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions import attendance, notices
from events.actions.belonging import RegistrationClosed
from events.actions.entering import Answers, begin, has_place_now, new
from events.actions.holding import welcome_back
from events.actions.leaving import NoLongerPossible
from events.models import Event, Registration, Session
from events.models.event import NOTHING_TO_COME_TO
from events.models.places import Pots, pots_of
from events.models.registration import kept_out_at
from kit.links import normalise_email
from people.models import Person
from people.models.person import person_for


@dataclass
class Standing:
    """How things stand at an event, asked once for many who are added under one lock. Nobody else writes meanwhile."""

    pots: Pots
    registered: set[str]
    # Whether anybody has to be agreed to first.
    keeps_somebody_out: bool

    @classmethod
    def before(cls, event: Event, emails: Iterable[str]) -> "Standing":
        """Before those with these addresses are added. Three queries; four with quotas."""
        wanted = list(map(normalise_email, emails))
        there = event.registrations.live().filter(email__in=wanted).values_list("email", flat=True)
        return cls(pots_of(event), set(there), kept_out_at(event).exists())

    def count(self, registration: Registration) -> None:
        """One who was added. Who waits need not be counted: where a pot is full, no place becomes free meanwhile."""
        self.registered.add(registration.email)
        if registration.has_place:
            self.pots.take(registration.pair)


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
    event: Event,
    answers: Answers,
    *,
    by: Person,
    beyond_capacity: str = "",
    note: str = "",
    standing: Standing | None = None,
) -> Registration:
    """The same under the lock of the event, for the next of those whom `standing` was made for, which is kept true.
    Writes nothing where it raises."""
    now, standing = timezone.now(), standing or Standing.before(event, [answers.email])
    if (reason := event.registration_closed_because(now)) in NOTHING_TO_COME_TO:
        raise RegistrationClosed(reason)
    if normalise_email(answers.email) in standing.registered:
        raise NoLongerPossible
    has_place = bool(beyond_capacity) or has_place_now(event, answers.pair, now, standing.pots)
    if standing.keeps_somebody_out:
        welcome_back(event, answers.email)
    registration = _phoned_in(event, answers, now, by)
    is_kept_out = None if standing.keeps_somebody_out else False
    words = beyond_capacity or note
    begin(registration, answers, now, has_place=has_place, is_kept_out=is_kept_out, note=words)
    standing.count(registration)
    if registration.has_email:
        notices.answer_of_who_decides(registration)
    return registration


def _phoned_in(event: Event, answers: Answers, now: datetime, by: Person) -> Registration:
    """Not written yet: of somebody whom the organisers know."""
    registration = new(event, answers, now, by=by)
    registration.email_confirmed_at = now
    registration.values_accepted_at = None  # nobody can say that for somebody else
    if registration.has_email:
        registration.person = person_for(registration.email, name=registration.name, language="")
        registration.language = registration.person.language
        registration.follow_earlier()
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
