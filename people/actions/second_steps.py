"""The second step of logging in, for the day somebody has lost phone, key and recovery codes."""

from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.db import transaction

from mail.actions import outbox
from people.models import AuditLine, Group, Person


class MayNotReset(Exception):
    """It is their own (Signing in safely is the place), or of someone who looks after the hub."""


def people_with_second_step(people: list[Person]) -> set[int]:
    """The ids of those who have one, in one query."""
    return set(Authenticator.objects.filter(user__in=people).values_list("user_id", flat=True))


def may_reset(of: Person, *, by: Person) -> bool:
    """An organiser may for other members of the group; for someone who looks after the hub only another such."""
    return of.pk != by.pk and (by.is_staff or not of.is_staff)


@transaction.atomic
def reset(of: Person, *, by: Person, group: Group) -> None:
    """Forget the app, keys and recovery codes of a member: the code by mail is then enough. Noted for the whole
    group to read, and the person is told. Raises MayNotReset."""
    if not may_reset(of, by=by):
        raise MayNotReset
    _forget(of)
    what = AuditLine.What.SECOND_STEP_RESET
    AuditLine.objects.create(what=what, group=group, by=by, about_person=of)


@transaction.atomic
def reset_by_command(of: Person) -> None:
    """For someone at the server's command line: the way in when nobody else is left who could reset it."""
    _forget(of)
    AuditLine.objects.create(what=AuditLine.What.SECOND_STEP_RESET, about_person=of)


def _forget(person: Person) -> None:
    Authenticator.objects.filter(user=person).delete()
    outbox.queue(
        kind="account",
        key=f"account/{uuid4()}",
        to_email=person.email,
        person=person,
        context={"what": "second-step-reset"},
    )
