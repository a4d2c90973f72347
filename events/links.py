"""What the signed links of a registration open."""

from events.models import AddressChange, Registration
from kit.links import once_confirmed, opened_by

_WITH_EVENT = Registration.objects.select_related(
    "event__group",
    "event__venue",
    "event__breakout_plan",
    "event__learning_plan",
    "person",
    *("graduation", "spacing_wish"),
).prefetch_related("event__sessions__venue", "event__in_place")


def _withhold(registration: Registration) -> None:
    """Somebody who waits, or has not confirmed, has this page and no door."""
    registration.event.withhold()


by_first_link = opened_by(_WITH_EVENT, beforehand=_withhold)
by_link = once_confirmed(by_first_link, "events:confirmation")
by_door = opened_by(_WITH_EVENT, Registration.JOIN, beforehand=_withhold)
by_news_link = opened_by(_WITH_EVENT, Registration.NEWS, beforehand=_withhold)
# What needs to be at hand on the day is opened by the link to the door too, which stands in calendars. Such a page must
# not lead on to somebody's own page when it was opened by the door's link.
by_own_or_door_link = opened_by(_WITH_EVENT, Registration.LINK, Registration.JOIN, beforehand=_withhold)

_CHANGES = AddressChange.objects.select_related("registration__event__group")


def _withhold_from_address(change: AddressChange) -> None:
    change.registration.event.withhold()


by_new_address = opened_by(_CHANGES, beforehand=_withhold_from_address)
by_old_address = opened_by(_CHANGES, AddressChange.OLD, beforehand=_withhold_from_address)
