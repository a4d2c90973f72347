"""How groups come into being: asked for by somebody, and approved or declined by those who look after the hub."""

from django.db import IntegrityError, transaction

from kit import slugs
from kit.links import normalise_email
from kit.meanwhile import NothingChanged
from mail.actions import outbox
from people.actions import memberships
from people.models import Group, Membership, Person

PAGES = ("events:group", "organise:group")


class DecidedAlready(NothingChanged):
    """Refused: somebody else has approved or declined the request a moment ago."""


class AskedAlready(NothingChanged):
    """Refused: whoever asks has asked for `group`, which waits for an answer."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.group = group


class NameTaken(Exception):
    """Refused: another group has this name."""


@transaction.atomic
def request(group: Group, *, by: Person) -> Group:
    """Ask for a new group, described by an unsaved row. Whoever looks after the hub is told. Raises NameTaken,
    AskedAlready."""
    # Of two presses at once the second finds what the first asked for.
    Person.objects.select_for_update().get(pk=by.pk)
    if waiting := waiting_of(by.email):
        raise AskedAlready(waiting)
    group.state, group.requested_by = Group.State.REQUESTED, by
    _insert(group)
    for administrator in Person.objects.administrators():
        outbox.queue(
            kind="group-request",
            key=f"group-request/{group.pk}/{administrator.pk}",
            to_email=administrator.email,
            person=administrator,
            about=group.pk,
        )
    return group


def waiting_of(email: str) -> Group | None:
    """What this address has asked for, and nobody has answered yet."""
    return Group.objects.requested().filter(requested_by__email=normalise_email(email)).first()


@transaction.atomic
def start(group: Group, *, organiser_email: str, by: Person) -> Group:
    """Make a group without a request, for someone who looks after the hub. Its organiser is invited, unless they take
    it on themselves."""
    group.state, group.requested_by = Group.State.APPROVED, by
    _insert(group)
    if normalise_email(organiser_email) == by.email:
        memberships.add(group, by, Membership.Role.ORGANISER, by=by)
    else:
        memberships.invite(group, email=organiser_email, role=Membership.Role.ORGANISER, by=by)
    return group


@transaction.atomic
def approve(group: Group, *, by: Person, note: str = "") -> None:
    """Say yes to a request: whoever asked becomes the group's organiser. Raises DecidedAlready."""
    group = _decide(group, Group.State.APPROVED, note)
    if group.requested_by:
        memberships.add(group, group.requested_by, Membership.Role.ORGANISER, by=by)


@transaction.atomic
def decline(group: Group, *, note: str) -> None:
    """Say no to a request, with the words that whoever asked will read. Raises DecidedAlready."""
    _decide(group, Group.State.DECLINED, note)


def _decide(group: Group, state: str, note: str) -> Group:
    # Of two who answer at once one decides; the other is told that it was answered.
    group = Group.objects.select_for_update().get(pk=group.pk)
    if group.state != Group.State.REQUESTED:
        raise DecidedAlready
    group.state, group.decision_note = state, note
    group.save(update_fields=["state", "decision_note"])
    asker = group.requested_by
    if asker:
        outbox.queue(
            kind="group-decision",
            key=f"group-decision/{group.pk}",
            to_email=asker.email,
            person=asker,
            about=group.pk,
        )
    return group


def _insert(group: Group) -> None:
    try:
        slugs.insert(group, group.name, default="group", pages=PAGES)
    # The form has looked for the name; somebody may have taken it since.
    except IntegrityError as error:
        raise NameTaken from error
