"""The day somebody has lost phone, key and recovery codes: somebody else asks that their second step be reset, the person
is told and can stop it, and a day later it is done. Nothing else takes a second step away but its owner."""

from collections.abc import Iterable
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from kit.meanwhile import NothingChanged
from mail.actions import outbox
from people.actions import logins
from people.models import AuditLine, Group, Membership, Person, SecondStepReset

What = AuditLine.What


class MayNotReset(Exception):
    """Refused: it is their own (Signing in safely is the place), nobody of a group of theirs, or that of someone who
    looks after the hub."""


class NoSecondStep(NothingChanged):
    """Refused: there is none to reset."""


class AskedAlready(NothingChanged):
    """Refused: it was asked for before. That makes it no sooner."""


def may_reset(of: Person, *, by: Person) -> bool:
    """Whether `by` may have it reset: whoever looks after the hub anybody's, organisers that of a member of their group
    who does not look after the hub. Nobody their own."""
    if of.pk == by.pk or not by.is_active:
        return False
    return by.is_staff or (not of.is_staff and _organises_with(of, by))


@transaction.atomic
def ask(of: Person, *, by: Person) -> SecondStepReset:
    """Ask that somebody's app, keys and recovery codes be forgotten in a day, and tell them. Raises MayNotReset,
    NoSecondStep, AskedAlready."""
    # Of two who ask at once one is told that it was asked for.
    of = Person.objects.select_for_update().get(pk=of.pk)
    if not may_reset(of, by=by):
        raise MayNotReset
    if not Authenticator.objects.filter(user=of).exists():
        raise NoSecondStep
    if waiting([of]):
        raise AskedAlready
    reset = SecondStepReset.objects.create(person=of, asked_by=by)
    _note(What.SECOND_STEP_RESET_ASKED, reset, by=by)
    outbox.queue(
        kind="second-step-reset",
        key=f"second-step-reset/{reset.pk}",
        to_email=of.email,
        person=of,
        about=reset.pk,
    )
    return reset


def waiting(people: Iterable[Person]) -> dict[int, SecondStepReset]:
    """The resets that are to come for these people, by their ids. One query."""
    rows = SecondStepReset.objects.waiting().filter(person__in=people).select_related("asked_by")
    return {reset.person_id: reset for reset in rows}


@transaction.atomic
def stop(reset: SecondStepReset, *, by: Person | None) -> None:
    """Let the second step stay as it is. Raises NothingChanged when it was stopped or done before."""
    if not _end(reset, was_stopped=True):
        raise NothingChanged
    _note(What.SECOND_STEP_RESET_STOPPED, reset, by=by)


def carry_out_due() -> int:
    """Reset what was asked for a day ago, if whoever asked still may. Returns how many."""
    due = SecondStepReset.objects.due(timezone.now()).select_related("person", "asked_by")
    return sum(_carry_out(reset) for reset in list(due))


@transaction.atomic
def reset_by_command(of: Person) -> None:
    """Reset it at once from the server's command line: the way in when nobody else is left who could."""
    for reset in waiting([of]).values():
        _end(reset, was_stopped=False)
    _forget(of)
    AuditLine.objects.create(what=What.SECOND_STEP_RESET, about_person=of)


@transaction.atomic
def _carry_out(reset: SecondStepReset) -> bool:
    still_may = reset.asked_by is not None and may_reset(reset.person, by=reset.asked_by)
    if not _end(reset, was_stopped=not still_may):
        return False
    if not still_may:
        _note(What.SECOND_STEP_RESET_STOPPED, reset, by=None)
        return False
    _forget(reset.person)
    _note(What.SECOND_STEP_RESET, reset, by=reset.asked_by)
    return True


def _end(reset: SecondStepReset, *, was_stopped: bool) -> bool:
    """In one statement, so that of stopping it and doing it at the same moment only one happens."""
    waiting_one = SecondStepReset.objects.waiting().filter(pk=reset.pk)
    return bool(waiting_one.update(ended_at=timezone.now(), was_stopped=was_stopped))


def _organises_with(of: Person, by: Person) -> bool:
    return Membership.objects.filter(person=of, group__in=Group.objects.run_by(by)).exists()


def _note(what: str, reset: SecondStepReset, *, by: Person | None) -> None:
    """For every group in which they have a role: its organisers can read it."""
    groups: list[Group | None] = [*Group.objects.filter(members=reset.person).distinct()]
    for group in groups or [None]:
        AuditLine.objects.create(what=what, group=group, by=by, about_person=reset.person)


def _forget(person: Person) -> None:
    # Recovery codes are authenticators too, so all of it goes. A phone that is lost may be logged in.
    Authenticator.objects.filter(user=person).delete()
    logins.end_all(person)
    outbox.queue(
        kind="account-changed",
        key=f"account/{uuid4()}",
        to_email=person.email,
        person=person,
        context={"what": "second-step-reset"},
    )
