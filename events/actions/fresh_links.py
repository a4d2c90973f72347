"""The second link is mailed, used once, or turned out to have been asked for by somebody else."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.actions import notices, personal_feeds
from events.actions.leaving import locked
from events.fresh_links import FreshLink, Goal
from events.models import Registration
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail

# Whoever only has somebody's link cannot fill their inbox.
MOST_AT_ONCE, WITHIN = 3, timedelta(minutes=10)


class UsedUp(NothingChanged):
    """Refused: the time of a link is over, or it was used before."""


@transaction.atomic
def send(registration: Registration, goal: Goal) -> datetime:
    """Owe a fresh link. One that waits is enough; after some within ten minutes the next leaves when they are over.
    Returns when it leaves."""
    _event, registration = locked(registration)
    theirs, now = OutgoingMail.objects.of_kind("fresh-link").filter(about=registration.pk), timezone.now()
    if waits := theirs.waiting().first():
        return max(waits.next_attempt_at, now)
    lately = theirs.filter(created_at__gt=now - WITHIN).order_by("-created_at")
    enough = lately.values_list("created_at", flat=True)[MOST_AT_ONCE - 1 : MOST_AT_ONCE]
    leaves_at = enough[0] + WITHIN if enough else now
    notices.fresh_link(registration, goal.words, not_before=leaves_at)
    return leaves_at


@transaction.atomic
def use(link: FreshLink) -> Registration:
    """Use a link up, with all that were mailed before. Raises UsedUp."""
    _event, registration = locked(link.registration)
    # Looked at under the lock: pressed twice at the same moment it is good once.
    if registration.link_version != link.registration.link_version:
        raise UsedUp
    if not FreshLink(registration, link.mailed_at).is_good(timezone.now()):
        raise UsedUp
    registration.fresh_link_used_at = max(timezone.now(), link.mailed_at)
    registration.save(update_fields=["fresh_link_used_at"])
    return registration


@transaction.atomic
def forget_browsers(registration: Registration) -> None:
    """Close what is open in any browser, remembered or not."""
    _event, registration = locked(registration)
    registration.browsers_version += 1
    registration.save(update_fields=["browsers_version"])


@transaction.atomic
def not_me(registration: Registration) -> None:
    """Somebody else asked for a link, so they have that of somebody's own page: no link from before opens anything any
    more, nor what is open in a browser, nor the calendar address that stands on that page. The new link is mailed.
    Raises NothingChanged when that was done before."""
    _event, row = locked(registration)
    if row.link_version != registration.link_version:
        raise NothingChanged
    row.link_version += 1
    row.save(update_fields=["link_version"])
    if row.person:
        with suppress(NothingChanged):
            personal_feeds.take_back(row.person)
    notices.renewed_link(row)
