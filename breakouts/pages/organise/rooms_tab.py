"""Rooms, among the tabs of every event, and among the steps on which it is made."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakouts.models import Topic
from events.models import Event
from events.pages.organise.event_tasks import Task


def rooms_tab(event: Event) -> tuple[str, str, str, int | None, str]:
    """The tab of rooms, with the number of proposals that wait for an organiser. One query."""
    waiting = event.topics.filter(state=Topic.State.PROPOSED).count()
    counted = ngettext("proposal to decide", "proposals to decide", waiting)
    return "rooms", "organise:breakouts", _("Rooms"), waiting or None, counted


def rooms_task(event: Event) -> Task:
    """One query."""
    number, url = event.topics.accepted().count(), reverse("organise:breakouts", args=[event.slug])
    if not number:
        return Task("rooms", _("Rooms and hosts"), url, _("None"), False, "plain")
    there = ngettext("%(number)s room", "%(number)s rooms", number) % {"number": number}
    return Task("rooms", _("Rooms and hosts"), url, there, True, "moss")
