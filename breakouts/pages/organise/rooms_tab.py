"""Rooms, among the tabs of every event, and among the steps on which it is made."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakouts.models import BreakoutPlan
from events.models import Event
from events.pages.organise.event_tasks import Task


def rooms_tab(event: Event) -> tuple[str, str, str, int | None, str]:
    """The tab of rooms, with how many there are; proposals are no rooms yet. One query, unless
    there is no plan."""
    number = 0 if BreakoutPlan.is_known_to_be_none(event) else event.topics.accepted().count()
    return "rooms", "organise:breakouts", _("Rooms"), number or None, ngettext("room", "rooms", number)


def rooms_task(event: Event) -> Task:
    """One query."""
    number, url = event.topics.accepted().count(), reverse("organise:breakouts", args=[event.slug])
    if not number:
        return Task("rooms", _("Rooms and hosts"), url, _("None"), False, "plain")
    there = ngettext("%(number)s room", "%(number)s rooms", number) % {"number": number}
    return Task("rooms", _("Rooms and hosts"), url, there, True, "moss")
