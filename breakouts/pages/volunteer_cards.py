"""The card that stands first on the page of whoever hosts or helps: the door while it is open, else what is theirs."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from breakouts.models import Helper, Host
from breakouts.pages import helper_pages
from events.models import Event, Registration
from events.pages import now_card
from events.pages.now_card import NowCard, days_to_go


def host_card(host: Host, now: datetime) -> NowCard:
    """For somebody who hosts a room of an event that takes place."""
    event, registration = host.event, host.registration
    if event.is_past(now):
        return _over(_("Thank you for holding the room"))
    if registration and (door := _door(registration, event, now)):
        return door
    has_door = registration is not None and registration.comes_online and registration.has_place
    return NowCard(
        "nothing",
        "saved",
        days_to_go(event, now),
        _("Everything you need is on this page"),
        (_("Thank you. It grows as people choose the room."),),
        button=_("Your way into the meeting") if has_door else "",
        address=reverse("events:join", args=[registration.join_token]) if registration and has_door else "",
    )


def helper_card(helper: Helper, now: datetime) -> NowCard | None:
    """None for whoever is in reserve, or helps no more."""
    event, registration = helper.event, helper.registration
    if not helper.is_helping or not event.is_published:
        return None
    if event.is_past(now):
        return _over(_("Thank you for helping"))
    if registration and (door := _door(registration, event, now)):
        return door
    return NowCard(
        "nothing",
        "saved",
        days_to_go(event, now),
        _("Thank you for helping"),
        (
            str(helper_pages.MEANS[helper.role.kind]),
            _("It helps to be there about 15 minutes earlier."),
        ),
        button=_("Your guide, one page"),
        address=reverse("breakouts:help_guide", args=[event.slug, helper.role.kind]),
    )


def _door(registration: Registration, event: Event, now: datetime) -> NowCard | None:
    registration.event = event
    return now_card.door(registration, now)


def _over(heading: str) -> NowCard:
    return NowCard("nothing", "after", _("Now: nothing to do"), heading, (_("It made a difference."),))
