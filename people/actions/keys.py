"""Which keys seal this hub, and whether they are there. A hub that starts with a wrong key would seal new texts with it,
while those from before stay shut."""

from kit.sealing import CannotUnseal, first_key, seal, unseal
from people.models import SealingKey


def missing() -> list[str]:
    """The fingerprints of keys that sealed something here and do not open it now."""
    return [key.fingerprint for key in SealingKey.objects.all() if not _opens(key)]


def remember_the_first() -> None:
    """Keep a canary of the key that seals from now on."""
    fingerprint = first_key()
    canary = seal(fingerprint, _binding(fingerprint))
    SealingKey.objects.get_or_create(fingerprint=fingerprint, defaults={"canary": canary})


def forget_all_but_the_first() -> None:
    """Everything is sealed with the first key now: the older ones may go out of ALLYHUB_KEYS."""
    SealingKey.objects.exclude(fingerprint=first_key()).delete()


def give_up(fingerprint: str) -> bool:
    """Begin anew without a key that is lost for good. Returns whether it was missed."""
    if fingerprint not in missing():
        return False
    SealingKey.objects.filter(fingerprint=fingerprint).delete()
    remember_the_first()
    return True


def _opens(key: SealingKey) -> bool:
    try:
        return unseal(key.canary, _binding(key.fingerprint)) == key.fingerprint
    except CannotUnseal:
        return False


def _binding(fingerprint: str) -> str:
    return f"canary:{fingerprint}"
