"""Rooms, among the tabs of every event."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakouts.models import Topic
from events.models import Event


def rooms_tab(event: Event) -> tuple[str, str, str, int | None, str]:
    """The tab of rooms, with the number of proposals that wait for an organiser. One query."""
    waiting = event.topics.filter(state=Topic.State.PROPOSED).count()
    counted = ngettext("proposal to decide", "proposals to decide", waiting)
    return "rooms", "organise:breakouts", _("Rooms"), waiting or None, counted
