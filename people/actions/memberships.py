"""Who takes on and gives up which role in a group. Nothing else writes Membership or Invitation rows."""

from django.db import transaction
from django.utils import timezone

from kit.links import normalise_email
from kit.meanwhile import NothingChanged
from mail.actions import outbox
from people.actions import last_in_role
from people.models import AuditLine, Group, Invitation, Membership, Person
from people.models.person import person_for


class AlreadyInvited(Exception):
    """Refused: there is an open invitation to this address for this role."""


class AlreadyMember(Exception):
    """Refused: the person has this role."""


class BothRoles(Exception):
    """Refused until somebody says yes to it: the person has, or is invited to, another role of the group."""


class InvitationOver(NothingChanged):
    """The invitation was withdrawn, is older than Invitation.LIFETIME, or the role it led to has ended since."""


@transaction.atomic
def invite(group: Group, *, email: str, role: str, by: Person, both_roles: bool = False) -> Invitation:
    """Ask an address by mail to take on a role. Raises AlreadyMember, AlreadyInvited or, unless `both_roles`,
    BothRoles."""
    group = _lock(group)
    email = normalise_email(email)
    _refuse_repetition(group, email, role)
    if not both_roles and has_other_role(group, email, role):
        raise BothRoles
    invitation = Invitation.objects.create(group=group, email=email, role=role, invited_by=by)
    _note(AuditLine.What.INVITED, group=group, role=role, by=by)
    outbox.queue(
        kind="invitation",
        key=f"invitation/{invitation.pk}",
        to_email=email,
        group=group,
        about=invitation.pk,
    )
    return invitation


def has_other_role(group: Group, email: str, role: str) -> bool:
    """Whether this address has another role of the group, or is being asked to take one on."""
    others = group.memberships.filter(person__email=normalise_email(email)).exclude(role=role)
    asked = group.invitations.open().filter(email=normalise_email(email)).exclude(role=role)
    return others.exists() or any(invitation.is_open for invitation in asked)


@transaction.atomic
def accept(invitation: Invitation, *, name: str = "") -> Membership:
    """Give the role to the person with the invited address, who is made if need be; `name` is for somebody we did not
    know by name. Twice is once. Raises InvitationOver."""
    invitation = (
        # Only the invitation is locked, not the group that is read with it.
        Invitation.objects.select_for_update(of=("self",)).select_related("group").get(pk=invitation.pk)
    )
    if invitation.is_open:
        return _take_on(invitation, name)
    membership = given_by(invitation)
    if membership is None:
        raise InvitationOver
    return membership


def given_by(invitation: Invitation) -> Membership | None:
    """The role that an accepted invitation led to, as long as it lasts; else None."""
    if invitation.accepted_at is None:
        return None
    rows = invitation.group.memberships.filter(role=invitation.role, person__email=invitation.email)
    return rows.select_related("person", "group").first()


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person) -> None:
    """Make the link in the mail stop working. Raises InvitationOver when it was accepted or withdrawn before."""
    # One statement, so that of an acceptance and a withdrawal at the same moment only one happens.
    if not Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise InvitationOver
    _note(AuditLine.What.INVITATION_WITHDRAWN, group=invitation.group, role=invitation.role, by=by)


@transaction.atomic
def remove(membership: Membership, *, by: Person) -> None:
    """End a role; one that has ended already stays so. Raises LastOrganiser and NobodyToRead."""
    group = _lock(membership.group)
    if why := last_in_role.refusal(membership, by=by):
        raise why
    number, _rows = Membership.objects.filter(pk=membership.pk).delete()
    if number:
        what = AuditLine.What.ROLE_TAKEN
        _note(what, group=group, role=membership.role, by=by, about=membership.person)


def add(group: Group, person: Person, role: str, *, by: Person) -> Membership:
    """Give a role at once, to someone who said yes to it."""
    membership, created = Membership.objects.get_or_create(group=group, person=person, role=role)
    if created:
        _note(AuditLine.What.JOINED, group=group, role=role, by=by, about=person)
    return membership


def _lock(group: Group) -> Group:
    # Two organisers who take each other's role away, or invite the same person, take turns: a group keeps one.
    return Group.objects.select_for_update().get(pk=group.pk)


def _refuse_repetition(group: Group, email: str, role: str) -> None:
    if group.memberships.filter(person__email=email, role=role).exists():
        raise AlreadyMember
    for earlier in group.invitations.open().filter(email=email, role=role):
        if earlier.is_open:
            raise AlreadyInvited
        # It has run out. While it counts as open, the constraint one_open_invitation allows no new one.
        earlier.withdrawn_at = timezone.now()
        earlier.save(update_fields=["withdrawn_at"])


def _take_on(invitation: Invitation, name: str) -> Membership:
    person = person_for(invitation.email, name=name)
    if name and not person.name:
        person.name = name
        person.save(update_fields=["name"])
    membership = add(invitation.group, person, invitation.role, by=person)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return membership


def _note(
    what: str, *, group: Group, role: str = "", by: Person | None = None, about: Person | None = None
) -> None:
    AuditLine.objects.create(what=what, group=group, role=role, by=by, about_person=about)
