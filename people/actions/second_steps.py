"""The second step of logging in, for the day somebody has lost phone, key and recovery codes."""

from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from kit.meanwhile import NothingChanged
from kit.sealing import CannotUnseal, is_sealed_with_current_key, seal, unseal
from mail.actions import outbox
from people.models import AuditLine, Group, Person

# What the secrets of apps and recovery codes are bound to when they are sealed (people.adapter).
BOUND_TO = "second-step"


class MayNotReset(Exception):
    """Refused: it is their own (Signing in safely is the place), or that of someone who looks after the hub."""


def people_with_second_step(people: list[Person]) -> set[int]:
    """The ids of those among `people` who have a second step. One query."""
    return set(Authenticator.objects.filter(user__in=people).values_list("user_id", flat=True))


def may_reset(of: Person, *, by: Person) -> bool:
    """Whether `by` may reset it: organisers for other members, and for whoever looks after the hub only another such."""
    return of.pk != by.pk and (by.is_staff or not of.is_staff)


@transaction.atomic
def reset(of: Person, *, by: Person, group: Group) -> None:
    """Forget the app, keys and recovery codes of a member: the code by mail is then enough. Noted for the whole group
    to read, and the person is told. Raises MayNotReset, NothingChanged when there is none."""
    if not may_reset(of, by=by):
        raise MayNotReset
    if not people_with_second_step([of]):
        raise NothingChanged
    _forget(of)
    what = AuditLine.What.SECOND_STEP_RESET
    AuditLine.objects.create(what=what, group=group, by=by, about_person=of)


@transaction.atomic
def reset_by_command(of: Person) -> None:
    """Reset it from the server's command line: the way in when nobody else is left who could."""
    _forget(of)
    AuditLine.objects.create(what=AuditLine.What.SECOND_STEP_RESET, about_person=of)


@transaction.atomic
def reseal() -> int:
    """Seal with the first key what an older one sealed: part of `manage.py reseal`. Returns how many could not be read
    and stay as they are."""
    unreadable = 0
    for row in sealed_with_an_older_key(Authenticator.objects.select_for_update()):
        name = _secret_of(row)
        try:
            row.data[name] = seal(unseal(row.data[name], BOUND_TO), BOUND_TO)
        except CannotUnseal:
            unreadable += 1
        else:
            row.save(update_fields=["data"])
    return unreadable


def sealed_with_an_older_key(rows: "QuerySet[Authenticator]") -> list[Authenticator]:
    # A passkey has nothing to hide: its half of the pair is public.
    with_secret = rows.exclude(type=Authenticator.Type.WEBAUTHN)
    return [row for row in with_secret if not is_sealed_with_current_key(row.data[_secret_of(row)])]


def _secret_of(row: Authenticator) -> str:
    return "secret" if row.type == Authenticator.Type.TOTP else "seed"


def _forget(person: Person) -> None:
    # Recovery codes are authenticators too, so all of it goes.
    Authenticator.objects.filter(user=person).delete()
    outbox.queue(
        kind="account-changed",
        key=f"account/{uuid4()}",
        to_email=person.email,
        person=person,
        context={"what": "second-step-reset"},
    )
