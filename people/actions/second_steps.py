"""The second step of logging in, for the day somebody has lost phone, key and recovery codes."""

from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef

from kit.meanwhile import NothingChanged
from kit.sealing import CannotUnseal, Opened, is_sealed_with_current_key, seal, unseal
from mail.actions import outbox
from people.models import AuditLine, Group, Person

# What the secrets of apps and recovery codes are bound to when they are sealed (people.adapter).
BOUND_TO = "second-step"
# Recovery codes are no step of their own: they stand in for one that is lost.
_STEPS = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
HAS_SECOND_STEP = Exists(_STEPS.filter(user=OuterRef("pk")))


class MayNotReset(Exception):
    """Refused: it is their own (Signing in safely is the place), or that of someone who looks after the hub."""


def people_with_second_step(people: list[Person]) -> set[int]:
    """The ids of those among `people` who have a second step. One query."""
    return set(_STEPS.filter(user__in=people).values_list("user_id", flat=True))


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
def open_all(*, anew: bool) -> Opened:
    """Open the secrets of all apps and recovery codes, and seal with the first key what an older one sealed: part of
    `manage.py reseal`. What cannot be read stays as it is."""
    found = Opened()
    # A passkey has nothing to hide: its half of the pair is public.
    with_secret = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
    for row in with_secret.select_for_update() if anew else with_secret:
        found.note(is_readable=_opens(row), is_old=_is_old(row))
        if anew and _is_old(row) and _opens(row):
            name = _secret_of(row)
            row.data[name] = seal(unseal(row.data[name], BOUND_TO), BOUND_TO)
            row.save(update_fields=["data"])
    return found


def _opens(row: Authenticator) -> bool:
    try:
        unseal(row.data[_secret_of(row)], BOUND_TO)
    except CannotUnseal:
        return False
    return True


def _is_old(row: Authenticator) -> bool:
    return not is_sealed_with_current_key(row.data[_secret_of(row)])


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
