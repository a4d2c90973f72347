"""Whether somebody belongs to the group whose places they ask for: by their address, its code, or as organisers say; and
whether these places are open."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from events.models import Closed, Event, Quota, Registration
from events.models.places import Pair
from kit.meanwhile import NotOpen

BelongsBy = Registration.BelongsBy


class Why(StrEnum):
    """Why somebody does not belong to what they chose."""

    GONE = "gone"  # there is no such group any more, or it is for those who come in the other way
    NOT_SHARED = "not_shared"  # they chose none, and what the groups leave is not for everyone
    ADDRESS = "address"
    CODE = "code"
    NOT_SHOWN = "not_shown"  # they did not say how they show it, or in a way that this group does not take


class DoesNotBelong(Exception):
    """Refused: `quota` is the group they chose; None where there is none."""

    def __init__(self, why: Why, quota: Quota | None = None) -> None:
        super().__init__(why)
        self.why, self.quota = why, quota


class RegistrationClosed(NotOpen):
    """Refused: nobody can register for this event now, or with `quota` only for its other groups of places."""

    def __init__(self, reason: Closed, quota: Quota | None = None) -> None:
        super().__init__(reason)
        self.quota = quota


class Claim(NamedTuple):
    """That somebody belongs to a group: what they chose, how they show it, their address, and the code they typed."""

    pair: Pair
    by: str
    email: str
    code: str


def takes_everyone(event: Event) -> bool:
    """Whether whoever belongs to none of its groups may have what they leave, now or later."""
    return not event.has_quotas or event.pool_at is not None or event.pooled_at is not None


def ways_to_show(quota: Quota) -> list[str]:
    """How somebody can show that they belong to it; [] where everyone does."""
    ways = {BelongsBy.ADDRESS: quota.domains, BelongsBy.CODE: quota.code, BelongsBy.ASKED: quota.asks}
    return [way.value for way, is_there in ways.items() if is_there]


def check(event: Event, quotas: Mapping[int, Quota], claim: Claim) -> None:
    """Raises DoesNotBelong. `quotas` are those of the event, by their key."""
    if claim.pair.quota is None:
        if not takes_everyone(event):
            raise DoesNotBelong(Why.NOT_SHARED)
        return
    quota = quotas.get(claim.pair.quota)
    if quota is None or (quota.way and quota.way != claim.pair.way):
        raise DoesNotBelong(Why.GONE)
    ways = ways_to_show(quota)
    if ways and claim.by not in ways:
        raise DoesNotBelong(Why.NOT_SHOWN, quota)
    if claim.by == BelongsBy.ADDRESS and ways and not quota.knows_address(claim.email):
        raise DoesNotBelong(Why.ADDRESS, quota)
    if claim.by == BelongsBy.CODE and ways and not quota.knows_code(claim.code):
        raise DoesNotBelong(Why.CODE, quota)


def check_now(event: Event, claim: Claim) -> None:
    """The same with the groups as they are now, under the lock of the event. Raises DoesNotBelong."""
    check(event, {quota.pk: quota for quota in event.quotas.all()}, claim)


def refusal_of_group(event: Event, key: int, now: datetime) -> RegistrationClosed | None:
    """What somebody is told who would register for this group now; None while it is open. One query."""
    quota = event.quotas.filter(pk=key).first()
    reason = quota.closed_because(now) if quota else None
    return RegistrationClosed(reason, quota) if reason else None
