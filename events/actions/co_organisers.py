"""Who looks after the people of one quota. Nothing else writes QuotaOrganiser rows."""

from django.db import transaction
from django.utils import timezone

from events.models import Quota, QuotaOrganiser
from kit.links import normalise_email
from kit.meanwhile import NothingChanged
from mail.actions import outbox
from people.actions.memberships import AlreadyInvited, AlreadyMember
from people.models import AuditLine, Person
from people.models.person import person_for

What = AuditLine.What


class InvitationOver(NothingChanged):
    """It has run out; one that was withdrawn is gone."""


@transaction.atomic
def invite(quota: Quota, *, email: str, by: Person) -> QuotaOrganiser:
    """Ask an address by mail to look after the people of a quota. Raises AlreadyMember, AlreadyInvited."""
    quota.event.locked()  # two who invite the same person take turns
    email = normalise_email(email)
    for earlier in quota.organisers.filter(email=email):
        if earlier.accepted_at:
            raise AlreadyMember
        if earlier.is_open:
            raise AlreadyInvited
        earlier.delete()  # it has run out
    row = quota.organisers.create(email=email, invited_by=by)
    _note(What.CO_INVITED, row, by=by)
    outbox.queue(
        kind="co-organiser",
        key=f"co-organiser/{row.pk}/{row.key}",
        to_email=email,
        group=quota.event.group,
        about=row.pk,
    )
    return row


@transaction.atomic
def accept(row: QuotaOrganiser, *, name: str = "") -> Person:
    """Give the role to the person with the invited address, who is made if need be, and say who it is. Twice is once.
    Raises InvitationOver."""
    row = QuotaOrganiser.objects.select_for_update(of=("self",)).select_related("quota__event").get(pk=row.pk)
    if row.person:
        return row.person
    if not row.is_open:
        raise InvitationOver
    person = person_for(row.email, name=name)
    if name and not person.name:
        person.name = name
        person.save(update_fields=["name"])
    row.person, row.accepted_at = person, timezone.now()
    row.save(update_fields=["person", "accepted_at"])
    _note(What.CO_JOINED, row, by=person)
    return person


@transaction.atomic
def end(row: QuotaOrganiser, *, by: Person) -> None:
    """End the role, or withdraw the invitation: its link opens nothing any more. Raises NothingChanged when it has ended
    already."""
    number, _rows = QuotaOrganiser.objects.filter(pk=row.pk).delete()
    if not number:
        raise NothingChanged
    what = What.CO_ENDED if row.accepted_at else What.CO_WITHDRAWN
    _note(what, row, by=by)


def _note(what: str, row: QuotaOrganiser, *, by: Person) -> None:
    AuditLine.objects.create(what=what, group=row.quota.event.group, by=by, about_person=row.person)
