"""What the link in a prompt opens: stopping the prompts, and nothing else of somebody's."""

from events.models import Registration
from kit.links import opened_by

SPACING = "spacing"
_WITH_EVENT = Registration.objects.select_related("event__group", "spacing_wish")


def _withhold(registration: Registration) -> None:
    registration.event.withhold()


by_spacing_link = opened_by(_WITH_EVENT, SPACING, beforehand=_withhold)
