"""Places events are held at."""

from django.db import transaction
from django.utils import timezone

from events.actions import calendar_texts, changes
from events.models import Event, Session, Venue
from kit import slugs

# A change of one of these sends people to another place; the rest tells more about the same one.
WHERE = ("name", "address")


@transaction.atomic
def save(venue: Venue) -> Venue:
    """Write a new or changed venue. Whoever is registered for something to come is told of a new place."""
    venue.changed_at = timezone.now()
    before = Venue.objects.filter(pk=venue.pk).first()
    if before is None:
        slugs.insert(venue, venue.name, default="venue", pages=("events:venue", "organise:venue"))
        return venue
    here = Session.objects.at(venue.slug)
    events = [event.locked() for event in Event.objects.filter(pk__in=here.values("event")).order_by("pk")]
    told = [changes.Told.of(event) for event in events]
    venue.save()
    has_moved = any(getattr(before, f) != getattr(venue, f) for f in WHERE)
    for event, was in zip(events, told, strict=True):
        moved = set(here.filter(event=event).values_list("pk", flat=True)) if has_moved else set()
        calendar_texts.rewrite(event, moved=moved)
        changes.tell(event, was)
    return venue
