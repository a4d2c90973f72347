"""Who may see and change an event, and who may read what people need."""

from django.shortcuts import get_object_or_404

from events.models import Event
from people import permissions
from people.models import Person
from people.permissions import Viewer


def may_organise(user: Viewer, event: Event) -> bool:
    return permissions.organises(user, event.group)


def may_read_access_needs(user: Viewer, event: Event) -> bool:
    """Whether somebody is an access lead of the group, and so reads what people need: not its organisers, not the
    hub's administrators."""
    return permissions.leads_access(user, event.group)


def event_run_by(person: Person, slug: str) -> Event:
    """An event this person organises, or 404: other groups' events look like missing ones."""
    return get_object_or_404(Event.objects.run_by(person).select_related("group", "venue"), slug=slug)


def event_cared_for_by(person: Person, slug: str) -> Event:
    """An event whose access needs this person looks after, or 404."""
    return get_object_or_404(Event.objects.cared_for_by(person).select_related("group", "venue"), slug=slug)
