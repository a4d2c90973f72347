"""Rooms, among the tabs of every event."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event


def rooms_tab(event: Event) -> tuple[str, str, str, int | None, str]:
    """The tab of rooms, with how many there are; proposals are no rooms yet. One query."""
    number = event.topics.accepted().count()
    return "rooms", "organise:breakouts", _("Rooms"), number or None, ngettext("room", "rooms", number)
