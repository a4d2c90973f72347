"""The second step of logging in: who has one, and what it is sealed with."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef

from kit.sealing import CannotUnseal, Opened, is_sealed_with_current_key, seal, unseal

# What the secrets of apps and recovery codes are bound to when they are sealed (people.adapter).
BOUND_TO = "second-step"
# Recovery codes are no step of their own: they stand in for one that is lost.
_STEPS = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
HAS_SECOND_STEP = Exists(_STEPS.filter(user=OuterRef("pk")))
MEMBER_HAS_SECOND_STEP = Exists(_STEPS.filter(user=OuterRef("person")))


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
