"""When the mail does not arrive: the link once more, or another address. Neither says who is registered."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.actions import holding, leaving, notices
from events.actions.belonging import Claim, check_now
from events.actions.registrations import NoLongerPossible
from events.models import Event, Registration
from kit.links import normalise_email

# As long as a browser remembers what was typed (events.views.registration).
CORRECTED_WITHIN = timedelta(minutes=30)


@transaction.atomic
def send_link_again(event: Event, email: str) -> None:
    """Mail the link of a live registration to its address, if there is one. Within ten minutes it is one mail."""
    known = event.registrations.live().filter(email=normalise_email(email)).first()
    if known:
        notices.link_again(known)


@transaction.atomic
def use_other_address(registration: Registration, email: str) -> None:
    """Move the place and the answers to another address; the link sent to the first one stops working.

    Where the first one showed that they belong to their group, the other has to as well. One that is registered already
    is told so, and the first registration is forgotten. Raises NoLongerPossible once the first address was confirmed,
    the registration has ended, or somebody answered anew; DoesNotBelong.
    """
    now, email = timezone.now(), normalise_email(email)
    event = registration.event.locked()
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    row.event = event
    if not row.can_be_confirmed() or row.values_accepted_at != registration.values_accepted_at:
        raise NoLongerPossible
    if row.belongs_by == Registration.BelongsBy.ADDRESS:
        check_now(event, Claim(row.pair, row.belongs_by, email, ""))
    if row.email == email:
        notices.ask_to_confirm(row, now)
        return
    known = event.registrations.live().filter(email=email).first()
    if known:
        # The browser hears the same as for an unknown address: it learns nothing about who is registered.
        leaving.not_me(row)
        send_link_again(event, email)
        return
    row.email, row.confirm_by, row.changed_at = email, _confirm_by(event, row, now), now
    row.link_version += 1
    row.save(update_fields=["email", "confirm_by", "changed_at", "link_version"])
    if holding.hold_if_kept_out(event, row):
        leaving.offer_free_places(event)
    notices.ask_to_confirm(row, now)


def _confirm_by(event: Event, registration: Registration, now: datetime) -> datetime:
    """Until when the new address holds the place: the whole time once more, for whoever corrects it soon."""
    first = event.confirm_by(registration.created_at)
    # Going from address to address keeps no place.
    return min(event.confirm_by(now), first + CORRECTED_WITHIN)
