"""What somebody can answer to an offered place beside yes and no: later, and only if what they need works.

Each locks the event first. The offer ends when it would have ended anyway: nobody who waits behind them has to wait
longer.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from events.actions import leaving, notices, places
from events.actions.dates import say_dates
from events.actions.holding import hold_if_kept_out
from events.actions.leaving import NoLongerPossible, locked, offer_free_places, take_offer, to_the_end
from events.models import AccessRequest, Event, Registration, RegistrationStep

Word = Registration.AccessWord
Step = RegistrationStep.Kind


class NobodyElseWaits(NoLongerPossible):
    """Refused: the place would be offered to the same person again at once."""


@transaction.atomic
def stay(registration: Registration) -> Registration:
    """Pass the offered place on, and wait at the end of the line. Raises NoLongerPossible, NobodyElseWaits."""
    event, registration = locked(registration)
    if not registration.is_offered or event.off_because() or event.has_begun():
        raise NoLongerPossible
    if hold_if_kept_out(event, registration):
        notices.how_it_stands(registration)
    else:
        to_the_end(registration)
        if registration in places.next_in_line(event):
            raise NobodyElseWaits
    offer_free_places(event)
    return registration


@transaction.atomic
def take(registration: Registration, *, dates: Collection[int] = (), if_access_works: bool = False) -> None:
    """Take the offered place, at once or only if the access leads say that what they need works. `dates`: to which they
    can come, where they were asked. Raises NoLongerPossible, NotTheseDates."""
    act = ask_about_access if if_access_works else leaving.accept_offer
    if dates:
        say_dates(registration, dates)
    act(registration)


@transaction.atomic
def ask_about_access(registration: Registration) -> Registration:
    """Take the place only if the access leads say that what they need works. It is held until then, at most until the
    offer ends. Raises NoLongerPossible (also where nothing was asked for, or it was asked before)."""
    event, registration = _answerable(registration)
    if registration.access_word or not request_of(registration):
        raise NoLongerPossible
    _write(registration, Word.ASKED, Step.ACCESS_ASKED)
    notices.tell_leads_of_event(event)
    return registration


@transaction.atomic
def answer_about_access(registration: Registration, *, works: bool) -> Registration:
    """Let an access lead say whether it works: then the place is theirs, else they are asked again. Raises
    NoLongerPossible."""
    event, registration = _answerable(registration)
    if registration.access_word != Word.ASKED:
        raise NoLongerPossible
    if works:
        take_offer(event, registration)
        return registration
    _write(registration, Word.CANNOT, Step.ACCESS_CANNOT)
    notices.offer(registration)
    return registration


def request_of(registration: Registration) -> AccessRequest | None:
    """What they asked for, unless they took it back."""
    return AccessRequest.objects.filter(registration=registration, withdrawn_at=None).first()


def place_at_the_end(registration: Registration) -> int | None:
    """Where in line somebody who is offered a place would stand if they stayed; None where nobody else waits there: then
    the same place would be offered to them again."""
    line = registration.event.pot(registration.pair).places
    return line.waiting if line.in_line else None  # the first of them has the place then


def _answerable(registration: Registration) -> tuple[Event, Registration]:
    event, registration = locked(registration)
    if event.off_because() or not registration.has_offer(timezone.now()) or event.is_past():
        raise NoLongerPossible
    return event, registration


def _write(registration: Registration, word: str, step: str) -> None:
    registration.access_word, registration.changed_at = word, timezone.now()
    registration.save(update_fields=["access_word", "changed_at"])
    registration.add_step(step)
