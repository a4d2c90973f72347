"""Personal invitations to an event. Nothing else writes PersonalInvitation rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from events.models import Closed, Event, PersonalInvitation, Quota, Registration
from kit.links import normalise_email
from kit.meanwhile import NothingChanged, NotOpen
from mail.actions.outbox import queue
from people.models import Person


@dataclass(frozen=True)
class Sent:
    """Who is invited now, and which addresses were invited before, or are registered."""

    invited: list[str]
    known: list[str]


class NotInvited(NotOpen):
    """Refused: the event is for whom its organisers invite."""


class Used(NothingChanged):
    """Refused: somebody asked for a place with it. They are on the list of people."""


@transaction.atomic
def invite(event: Event, emails: Iterable[str], *, by: Person, quota: Quota | None = None) -> Sent:
    """Owe a personal link to each address that is neither invited nor registered."""
    event = event.locked()
    wanted = list(dict.fromkeys(map(normalise_email, emails)))
    known = {*event.invitations.filter(email__in=wanted).values_list("email", flat=True)}
    known |= {*event.registrations.live().filter(email__in=wanted).values_list("email", flat=True)}
    found = [email for email in wanted if email not in known]
    for email in found:
        row = event.invitations.create(email=email, quota=quota, invited_by=by)
        queue(
            kind="personal-invitation",
            key=f"personal-invitation/{row.pk}/{row.key}",
            to_email=email,
            group=event.group,
            about=row.pk,
        )
    return Sent(found, [email for email in wanted if email in known])


def needed(event: Event, key: str, email: str) -> PersonalInvitation | None:
    """The invitation of this key, while it is good for this address: nobody has used it, or they have and have not
    confirmed the address yet. Under the lock of the event. Raises NotInvited where there has to be one."""
    found = event.invitations.select_related("registration").filter(key=key).first()
    if found and (not found.is_used or _is_made_by(found, normalise_email(email))):
        return found
    if event.is_by_invitation:
        raise NotInvited(Closed.INVITED)
    return None


def _is_made_by(invitation: PersonalInvitation, email: str) -> bool:
    made = invitation.registration
    return made is not None and made.email == email and not made.is_email_confirmed


def use(invitation: PersonalInvitation, registration: Registration) -> None:
    """Under the lock of the event."""
    invitation.registration = registration
    invitation.save(update_fields=["registration"])


@transaction.atomic
def take_back(invitation: PersonalInvitation) -> None:
    """Forget an address that was invited; its link opens nothing any more. Raises Used, NothingChanged."""
    event = invitation.event.locked()
    row = event.invitations.select_related("registration").filter(pk=invitation.pk).first()
    if row is None:
        raise NothingChanged
    if row.is_used:
        raise Used
    row.delete()
