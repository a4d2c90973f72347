"""Who may see and change an event, and who may read what people need."""

from typing import Any

from django.shortcuts import get_object_or_404

from events.models import Event
from people import permissions


def may_organise(user: Any, event: Event) -> bool:
    return permissions.organises(user, event.group)


def may_read_access_needs(user: Any, event: Event) -> bool:
    """The group's access leads, and nobody else: not its organisers, not the hub's administrators."""
    return permissions.leads_access(user, event.group)


def event_run_by(user: Any, slug: str) -> Event:
    """An event this person organises, or 404: other groups' events look like missing ones."""
    return get_object_or_404(Event.objects.run_by(user).select_related("group", "venue"), slug=slug)


def event_cared_for_by(user: Any, slug: str) -> Event:
    """An event whose access needs this person looks after, or 404."""
    return get_object_or_404(Event.objects.cared_for_by(user).select_related("group", "venue"), slug=slug)
