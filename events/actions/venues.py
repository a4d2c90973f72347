"""Places events are held at."""

from django.db import transaction
from django.utils import timezone

from events.actions import calendar_texts, notices
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
    venue.save()
    _rewrite_calendars(venue, has_moved=any(getattr(before, f) != getattr(venue, f) for f in WHERE))
    return venue


def _rewrite_calendars(venue: Venue, *, has_moved: bool) -> None:
    here = Session.objects.at(venue)
    for event in Event.objects.filter(pk__in=here.values("event")):
        of_event = here.filter(event=event)
        moved = set(of_event.values_list("pk", flat=True)) if has_moved else set()
        calendar_texts.rewrite(event, moved=moved)
        if moved and event.is_published:
            for session in of_event.upcoming().select_related("event__group"):
                notices.session_changed(session)
