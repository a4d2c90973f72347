"""What waits for an organiser about rooms and help: lines beside those of events.pages.organise.to_do, composed in the
view of the event's overview."""

from django.urls import reverse
from django.utils.translation import gettext as _

from breakouts.pages.helpers import missing_words, role_lines
from events.models import Event
from events.pages.organise.to_do import ToDo


def for_event(event: Event) -> list[ToDo]:
    """Most pressing first. Nothing waits once the event is over or cancelled."""
    if event.is_cancelled or event.is_past():
        return []
    return [*_unfilled_roles(event)]


def _unfilled_roles(event: Event) -> list[ToDo]:
    """One line for all roles. One query."""
    missing = missing_words(role_lines(event))
    if not missing:
        return []
    words = _("Help is still wanted. %(roles)s") % {"roles": "; ".join(missing)}
    return [ToDo(words, reverse("organise:helpers", args=[event.slug]))]
