"""How a registration's state is written. Nothing else writes Registration.state.

Only events.actions.registrations and .welcoming call what stands here, under the lock of the event: each function
does one thing to one registration.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from events.actions import places
from events.actions.access_needs import AccessAnswers, forget, record
from events.models import Closed, Event, NotOpen, Registration, RegistrationStep
from events.models.registration import ERASED_HOST
from kit import languages
from kit.text import normalise_email
from people.models import Person

State = Registration.State
Step = RegistrationStep.Kind


class RegistrationClosed(NotOpen):
    """Refused: nobody can register for this event now."""


class EventFull(RegistrationClosed):
    """Refused: no place is free and the event keeps no waiting list."""

    def __init__(self) -> None:
        super().__init__(Closed.FULL)


class NoLongerPossible(Exception):
    """Refused: the registration is in another state by now. The page shows which."""


@dataclass(frozen=True)
class Answers:
    """What someone typed to save a place. `access` is None when nothing was asked for, `values_version_id` when they
    were shown no guiding values to agree to."""

    name: str
    email: str
    pronouns: str = ""
    taking_part: Sequence[str] = ()
    wants_news: bool = False
    values_version_id: int | None = None
    access: AccessAnswers | None = field(default=None, repr=False)


def locked(registration: Registration) -> tuple[Event, Registration]:
    """The event and the registration, both read again under their locks."""
    # Always the event first: two who take the same locks in another order would wait for each other for ever.
    event = places.lock(registration.event)
    fresh = Registration.objects.select_for_update().get(pk=registration.pk)
    # Else the first look at `.event` would read it once more.
    fresh.event = event
    return event, fresh


def begin(
    event: Event,
    answers: Answers,
    now: datetime,
    *,
    confirm_by: datetime | None = None,
    by: Person | None = None,
    place_anyway: bool = False,
) -> Registration:
    """Write a new registration, with a place or at the end of the queue. Raises EventFull."""
    registration = Registration(
        event=event, email=normalise_email(answers.email), confirm_by=confirm_by, added_by=by
    )
    answer(registration, answers, now)
    enter(event, registration, now, place_anyway=place_anyway)
    if answers.access:
        record(registration, answers.access)
    return registration


def answer(registration: Registration, answers: Answers, now: datetime) -> None:
    registration.name, registration.pronouns = answers.name, answers.pronouns
    registration.language = languages.current()
    registration.taking_part = list(answers.taking_part)
    registration.news_wanted_at = now if answers.wants_news else None
    registration.values_version_id = answers.values_version_id
    registration.values_accepted_at = registration.changed_at = now


def enter(event: Event, registration: Registration, now: datetime, *, place_anyway: bool = False) -> None:
    """Decide between a place and the end of the queue, and write it."""
    state = State.CONFIRMED if place_anyway else places.state_for_newcomer(event)
    if state == State.WAITING and not event.has_waiting_list:
        raise EventFull
    registration.state, registration.queued_at = state, now
    registration.ended_because, registration.ended_at, registration.offer_ends_at = "", None, None
    save(registration, now)
    note_step(registration, Step.QUEUED if registration.is_waiting else Step.REGISTERED)


def offer(registration: Registration, now: datetime, *, ends_at: datetime) -> None:
    registration.state, registration.offer_ends_at = State.OFFERED, ends_at
    save(registration, now)
    note_step(registration, Step.OFFERED)


def place(registration: Registration, step: str) -> None:
    registration.state, registration.offer_ends_at = State.CONFIRMED, None
    save(registration, timezone.now())
    note_step(registration, step)


def end(
    registration: Registration, because: str, step: str, *, by: Person | None = None, note: str = ""
) -> None:
    registration.state, registration.ended_because = State.CANCELLED, because
    registration.ended_at, registration.offer_ends_at = timezone.now(), None
    save(registration, registration.ended_at)
    note_step(registration, step, by=by, note=note)


def save(registration: Registration, now: datetime) -> None:
    registration.changed_at = now
    registration.save()


def note_step(registration: Registration, kind: str, *, by: Person | None = None, note: str = "") -> None:
    registration.steps.create(kind=kind, by=by, note=note[:300])


def blank(registration: Registration) -> None:
    """Overwrite what tells who it was. The link in old mails stops working."""
    forget(registration)
    registration.name, registration.pronouns, registration.taking_part = "", "", []
    registration.language = ""
    # An address of its own that no mail can reach (RFC 2606).
    registration.email = f"erased-{registration.pk}@{ERASED_HOST}"
    registration.person, registration.news_wanted_at = None, None
    registration.link_version += 1
    registration.save()
    registration.steps.exclude(note="").update(note="")
