"""What somebody has or waits for is held where they are kept out by now, until somebody agrees (events.actions.requests).

One of the modules that write Registration.state (events.actions.registrations names them), under the event's lock.
Places that become free are for events.actions.leaving.offer_free_places.
"""

from django.db import transaction
from django.utils import timezone

from events.actions import notices
from events.models import Event, KeptOut, ListAct, Registration, RegistrationStep
from events.models.registration import held_by, kept_out_at
from kit.links import mailbox_digests
from people.models import Person

State = Registration.State
Step = RegistrationStep.Kind


@transaction.atomic
def hold_whoever_is_kept_out(event: Event) -> list[Registration]:
    """Take what they have or wait for from those who are kept out by now, until somebody agrees; they are told. Safe to
    call at any time; one query where nobody is kept out. Returns whom it held."""
    digests = set(kept_out_at(event).values_list("mailboxes__digest", flat=True))
    if not digests:
        return []
    event = event.locked()
    theirs = event.registrations.live().exclude(state=State.HELD)
    known = [pk for pk, email in theirs.values_list("pk", "email") if digests & set(mailbox_digests(email))]
    held = [row for row in theirs.filter(pk__in=known).order_by("pk") if hold_if_kept_out(event, row)]
    for registration in held:
        if registration.is_email_confirmed:
            notices.how_it_stands(registration)
    return held


def hold(
    registration: Registration, *, by: Person | None, note: str = "", act: ListAct | None = None
) -> None:
    """Take what somebody has or waits for until an organiser agrees; they keep their turn. Asking anew they are held
    again, however they showed that they belong. Under the lock of the event."""
    registration.state, registration.belongs_by = State.HELD, Registration.BelongsBy.ASKED
    registration.calendar_changes += 1
    registration.offer_ends_at, registration.changed_at = None, timezone.now()
    registration.save()
    registration.add_step(Step.HELD, by=by, note=note)
    if registration.is_email_confirmed:
        notices.how_it_stands(registration, act)


def hold_if_kept_out(event: Event, registration: Registration) -> bool:
    """Hold a registration until somebody agrees, where somebody has to. Returns whether it is held. Under the lock of the
    event; its place is for `offer_free_places`."""
    if registration.is_held:
        return True
    if not held_by(event, registration.email):
        return False
    registration.event = event
    registration.state, registration.volunteers_place = State.HELD, False
    registration.calendar_changes += 1
    registration.offer_ends_at, registration.access_word = None, ""
    registration.changed_at = timezone.now()
    registration.save()
    registration.add_step(Step.HELD)
    return True


def welcome_back(event: Event, email: str) -> None:
    """Let organisers agree to somebody whom they took off the list. What a named contact decided stays."""
    removed = kept_out_at(event).filter(
        kind=KeptOut.Kind.REMOVED, mailboxes__digest__in=mailbox_digests(email)
    )
    KeptOut.objects.filter(pk__in=list(removed.values_list("pk", flat=True))).update(lifted_at=timezone.now())
