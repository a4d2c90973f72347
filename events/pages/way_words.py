"""In person or online, in words for one person: what they chose, and what another choice would mean for their place."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions import quotas, ways
from events.models import Registration
from events.models.places import pots_of
from events.pages.closed import quota_notice
from events.pages.registration_words import position_words


def what_it_means(registration: Registration, way: str) -> str:
    """What becomes of somebody's place, or place in line, who chooses this way; "" when nothing does."""
    if way == registration.way:
        return _("As you have it now.")
    pair = ways.pair_for(registration, way)
    if pair is None:
        return _("There are no places for your group this way.")
    if not registration.event.has_quotas:
        return ""
    now = timezone.now()
    if (quota := quotas.closed_group(registration, pair, now)) and (reason := quota.closed_because(now)):
        return quota_notice(quota, reason).in_one()
    if registration.state in Registration.HOLDING:
        room = quotas.could_switch(registration, pair)
        return "" if room else _("No place is free there at the moment. You keep the one you have.")
    pots = pots_of(registration.event)
    if not registration.is_waiting or pots.name_of(pair) == pots.name_of(registration.pair):
        return ""
    position = position_words(pots.of(pair).places.waiting + 1)
    return _("You would be %(position)s in line there, and no longer stand here.") % {"position": position}
