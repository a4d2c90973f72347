"""The place of whoever hosts or helps: an ordinary one if they held one before, else one beside those, for as long as
they do so. Nobody overtakes by it: a volunteer's place takes none of the ordinary ones, and when it ends they stand where
they stood.

One of the modules that write Registration.state (events.actions.registrations names them), under the event's lock.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.actions import notices, places
from events.actions.leaving import locked, offer_free_places, place
from events.actions.registrations import RegistrationClosed
from events.models import Event, Registration, RegistrationStep
from events.models.event import NOTHING_TO_COME_TO
from events.models.registration import held_by
from kit.links import normalise_email
from people.models import GuidingValues
from people.models.person import person_for

State = Registration.State
Step = RegistrationStep.Kind


@transaction.atomic
def welcome(event: Event, *, name: str, email: str, reason: str, language: str = "") -> Registration:
    """Give a place to somebody who does something for the event, also when it is full, and whether or not they had
    registered; their address is confirmed. `reason` stands in the history. Twice is once, and no mail is owed: what
    they do has mails of its own. Where somebody has to agree first the registration is held, and they are told: whoever
    calls looks. Raises RegistrationClosed."""
    event = event.locked()
    now = timezone.now()
    if (why := event.registration_closed_because(now)) in NOTHING_TO_COME_TO:
        raise RegistrationClosed(why)
    known = event.registrations.live().filter(email=normalise_email(email)).first()
    # Who was not registered stands where a newcomer of this moment would.
    registration = known or Registration(name=name, email=normalise_email(email), queued_at=now)
    registration.event, registration.language = event, known.language if known else language
    if not registration.is_email_confirmed:
        _confirm_address(registration, now)
    if not _hold_if_asked(event, registration, reason):
        _give_place(event, registration, now, reason)
    return registration


def asks_first(event: Event, email: str) -> bool:
    """Whether somebody has to agree before this address gets a place by what it would do. Under the lock of the event."""
    known = event.registrations.live().filter(email=normalise_email(email)).first()
    is_held = known.is_held if known else event.asks_first
    return is_held or bool(held_by(event, email))


@transaction.atomic
def part_ended(registration: Registration) -> Registration:
    """End the place that came with what somebody did, and tell them: they are back where they stood in the queue, or
    keep a place where one is free and it is their turn. An ordinary place stays; once the event has begun every place
    does. Twice is harmless."""
    event, registration = locked(registration)
    if not registration.has_volunteers_place or event.has_begun():
        return registration
    registration.state, registration.volunteers_place = State.WAITING, False
    registration.calendar_changes += 1
    registration.changed_at = timezone.now()
    registration.save()
    if registration.is_waiting and places.is_first(event, registration):
        place(registration, Step.KEPT)
    else:
        registration.add_step(Step.BACK)
    notices.how_it_stands(registration)
    offer_free_places(event)
    return registration


def agreed_with_their_part(
    registration: Registration, *, version: GuidingValues | None, at: datetime | None
) -> None:
    """Note that somebody agreed to the guiding values with what they do for the event, so that they are not asked
    again. What they agreed to since stays."""
    if version is None or at is None:
        return
    earlier = Q(values_accepted_at=None) | Q(values_accepted_at__lt=at)
    row = Registration.objects.filter(earlier, pk=registration.pk)
    row.update(values_version=version, values_accepted_at=at)


def _confirm_address(registration: Registration, now: datetime) -> None:
    registration.email_confirmed_at, registration.confirm_by, registration.network = now, None, ""
    registration.person = person_for(
        registration.email, name=registration.name, language=registration.language
    )
    registration.follow_earlier()
    if registration.pk:
        registration.save()
        notices.tell_access_leads(registration)


def _hold_if_asked(event: Event, registration: Registration, reason: str) -> bool:
    """Hold it until somebody agrees, where somebody has to. Asked again while it is held is no second mail."""
    if not asks_first(event, registration.email):
        return False
    if not registration.is_held:
        registration.state, registration.volunteers_place = State.HELD, False
        registration.calendar_changes += 1
        registration.offer_ends_at, registration.access_word = None, ""
        registration.changed_at = timezone.now()
        registration.save()
        registration.add_step(Step.HELD, note=reason)
        notices.answer_of_who_decides(registration)
        offer_free_places(event)
    return True


def _give_place(event: Event, registration: Registration, now: datetime, reason: str) -> None:
    """An ordinary place for whoever holds or is offered one; for everybody else one beside them."""
    if registration.has_offer(now):
        place(registration, Step.ACCEPTED)
    elif registration.is_waiting and places.is_first(event, registration):
        place(registration, Step.CONFIRMED)
    elif registration.is_offered:  # too late to answer: the place is for the next, and they stand at the end
        registration.queued_at, registration.offer_ends_at, registration.access_word = now, None, ""
        registration.add_step(Step.OFFER_ENDED)
        _place_beside(registration, now, reason)
        offer_free_places(event)
    elif registration.state != State.CONFIRMED:
        _place_beside(registration, now, reason)


def _place_beside(registration: Registration, now: datetime, reason: str) -> None:
    registration.state, registration.volunteers_place = State.CONFIRMED, True
    registration.calendar_changes += 1
    registration.changed_at = now
    registration.save()
    registration.add_step(Step.VOLUNTEERS, note=reason)
