"""How a registration is written: with a place, at the end of the queue, or held until somebody agrees.

One of the modules that write Registration.state (events.actions.registrations names them), under the event's lock.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from events.actions.access_needs import AccessAnswers, record
from events.actions.belonging import RegistrationClosed
from events.actions.dates import say_dates
from events.models import Closed, Event, Registration, RegistrationStep
from events.models.event import take_a_newcomer
from events.models.places import NO_QUOTA, Pair, Pots
from events.models.registration import held_by
from kit import languages
from kit.joins import joins
from kit.links import address_of_nobody, normalise_email
from people.models import Person

State = Registration.State
Step = RegistrationStep.Kind

# How somebody begins.
STEPS = {State.CONFIRMED: Step.REGISTERED, State.WAITING: Step.QUEUED, State.HELD: Step.HELD}


class EventFull(RegistrationClosed):
    """Refused: no place is free and the event keeps no waiting list, or none any more."""


@dataclass(frozen=True)
class Answers:
    """What someone typed to save a place. `access` is None when nothing was asked for, `values_version_id` when they
    were shown no guiding values to agree to. `belongs_by` and `code`: how they show that they belong to their quota, ""
    where everybody does. `dates`: to which they can come, None where nobody asked. `invitation`: whose link they used."""

    name: str
    email: str
    pronouns: str = ""
    taking_part: Sequence[str] = ()
    room: str = ""
    pair: Pair = NO_QUOTA
    belongs_by: str = ""
    code: str = field(default="", repr=False)
    dates: Collection[int] | None = None
    invitation: str = field(default="", repr=False)
    wants_news: bool = False
    calendar_mails: str = ""
    values_version_id: int | None = None
    access: AccessAnswers | None = field(default=None, repr=False)
    # From where they were sent, as a digest; "" when that is not known.
    network: str = field(default="", repr=False)


def new(event: Event, answers: Answers, now: datetime, *, by: Person | None = None) -> Registration:
    """A registration with these answers, for `begin` to write. `by`: the organiser who types them."""
    registration = Registration(event=event, email=normalise_email(answers.email), added_by=by)
    registration.email = registration.email or address_of_nobody(registration.reference)
    registration.network = answers.network
    registration.quota_id, registration.way = answers.pair
    answer(registration, answers, now)
    return registration


def begin(
    registration: Registration,
    answers: Answers,
    now: datetime,
    *,
    has_place: bool,
    is_kept_out: bool | None = None,
    note: str | None = None,
) -> None:
    """Write a new registration, and what they asked for besides; the rest as `enter`."""
    enter(registration, now, has_place=has_place, is_kept_out=is_kept_out, note=note)
    if answers.access:
        record(registration, answers.access)
    if answers.dates is not None:
        say_dates(registration, answers.dates)
    if answers.room:
        joins.wish_for_room(registration, answers.room)


def answer(registration: Registration, answers: Answers, now: datetime) -> None:
    registration.name, registration.pronouns = answers.name, answers.pronouns
    registration.language, registration.belongs_by = languages.current(), answers.belongs_by
    registration.taking_part = list(answers.taking_part)
    registration.calendar_mails = answers.calendar_mails
    registration.news_wanted_at = now if answers.wants_news else None
    registration.values_version_id = answers.values_version_id
    registration.values_accepted_at = registration.changed_at = now


def has_place_now(event: Event, pair: Pair, now: datetime, pots: Pots | None = None) -> bool:
    """Whether somebody whose address is confirmed gets a place; else they wait. `pots`: as counted before for many who
    come one after the other. Raises EventFull."""
    has_place = take_a_newcomer(*pots.of(pair)) if pots else event.has_place_for_newcomer(pair)
    if not has_place and not event.takes_people_who_wait(now):
        raise EventFull(Closed.FULL)
    return has_place


def enter(
    registration: Registration,
    now: datetime,
    *,
    has_place: bool,
    is_kept_out: bool | None = None,
    note: str | None = None,
) -> None:
    """Write a place, the end of the queue, or that somebody has to agree first. `is_kept_out`: where that was asked
    already. `note`: of the organiser who adds them, for the history."""
    if is_kept_out is None:
        is_kept_out = bool(held_by(registration.event, registration.email))
    free_or_not = State.CONFIRMED if has_place else State.WAITING
    is_held = is_kept_out or _asks_first(registration)
    registration.state, registration.queued_at = State.HELD if is_held else free_or_not, now
    if registration.state != State.CONFIRMED:
        registration.network = ""
    registration.ended_because, registration.ended_at = "", None
    registration.offer_ends_at, registration.access_word = None, ""
    registration.volunteers_place, registration.changed_at = False, now
    if registration.pk:
        registration.calendar_changes += 1
    registration.save()
    steps = [RegistrationStep(registration=registration, kind=STEPS[registration.state])]
    if note is not None:
        by = registration.added_by
        steps.append(RegistrationStep(registration=registration, kind=Step.ADDED, by=by, note=note[:300]))
    RegistrationStep.objects.bulk_create(steps)
    registration.last_step = steps[-1].pk


def _asks_first(registration: Registration) -> bool:
    """Whether the organisers look at each request before anybody has a place, or at whether this person belongs to the
    quota they chose. One that they typed is theirs."""
    has_to = registration.event.asks_first or registration.belongs_by == Registration.BelongsBy.ASKED
    return has_to and registration.added_by is None
