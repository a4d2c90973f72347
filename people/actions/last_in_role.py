"""What a group lacks once somebody's role in it has ended, and when that cannot be."""

from enum import StrEnum

from kit.joins import joins
from people.models import Membership, Person

Role = Membership.Role


class Lack(StrEnum):
    ORGANISER = "organiser"
    ACCESS_LEAD = "access_lead"  # nobody reads what people need
    READER = "reader"  # nobody reads what people tell in confidence
    NAMED_CONTACT = "named_contact"  # the access leads read that from then on


class LastOrganiser(Exception):
    """A group without an organiser could be looked after by nobody."""


class NobodyToRead(Exception):
    """What people need, or tell in confidence, could be read by nobody."""


def lacks(membership: Membership) -> list[Lack]:
    """What there is now, and would not be without this role. Whoever may no longer sign in fills none. One query."""
    rows = membership.group.memberships.filter(person__is_active=True)
    now = {(row.pk, row.role) for row in rows}
    before = {role for _pk, role in now}
    after = {role for pk, role in now if pk != membership.pk}
    reading = {Role.NAMED_CONTACT, Role.ACCESS_LEAD}
    checks = (
        (Lack.ORGANISER, Role.ORGANISER in before - after),
        (Lack.ACCESS_LEAD, Role.ACCESS_LEAD in before - after),
        (Lack.READER, bool(before & reading) and not after & reading),
        (Lack.NAMED_CONTACT, Role.NAMED_CONTACT in before - after and Role.ACCESS_LEAD in after),
    )
    return [lack for lack, holds in checks if holds]


def refusal(membership: Membership, *, by: Person) -> type[Exception] | None:
    """Why this role cannot end now. Somebody else's is never ended while nobody would be left to read: whether there is
    anything to be read is not for others to learn. People leave by themselves where nothing waits for them."""
    lacking = lacks(membership)
    if Lack.ORGANISER in lacking:
        return LastOrganiser
    unread = {lack: waits for lack, waits in joins.WAIT_FOR_A_READER.items() if lack in lacking}
    if membership.person_id != by.pk:
        return NobodyToRead if unread else None
    return NobodyToRead if any(waits(membership.group) for waits in unread.values()) else None
