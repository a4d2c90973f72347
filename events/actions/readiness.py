"""What everyone has to be able to read about an event: asked for when it is published, and true from then on."""

import copy
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from events.models import Event


class Missing(NamedTuple):
    """A sentence for the organiser; the page where it is done ("dates", "basics" or "place"); the field there,
    if it is one."""

    words: str
    where: str
    field: str = ""


class NotReady(Exception):
    """The event cannot be published yet, or would no longer be what a published event is."""

    def __init__(self, reasons: list[Missing]) -> None:
        super().__init__("; ".join(reason.words for reason in reasons))
        self.reasons = reasons


def missing(event: Event) -> list[Missing]:
    """What people need to know about an event that is not there. One query."""
    checks = (
        (not event.title, Missing(_("Enter a title."), "basics", "title")),
        (not event.summary, Missing(_("Write a summary of one or two sentences."), "basics", "summary")),
        (not event.sessions.exists(), Missing(_("Add at least one date."), "dates")),
        (not has_place(event), Missing(_("Say where it takes place."), "place", "venue")),
    )
    return [reason for holds, reason in checks if holds]


def has_place(event: Event) -> bool:
    """Whether people can be told where to go: to the event's venue, or to one for each of its dates."""
    if not event.is_in_person or event.venue_id:
        return True
    venues = [session.venue_id for session in event.sessions.all()]
    return bool(venues) and all(venues)


def problems_before_publishing(event: Event) -> list[Missing]:
    """What must be done before people can see the event."""
    over = Missing(_("All its dates are in the past. Change the dates first."), "dates")
    return [*missing(event), *([over] if event.is_past() else [])]


def with_fields(current: Event, typed: Event, fields: Iterable[str]) -> Event:
    """The event as it is, with these fields as somebody typed them."""
    changed = copy.copy(current)
    for name in fields:
        setattr(changed, name, getattr(typed, name))
    return changed


def refuse_taking_away(event: Event, before: list[Missing]) -> None:
    """Raises NotReady when everyone can see the event and something is missing now that was there `before`. What has been
    missing for long holds up no other change."""
    if event.is_public and (lost := [reason for reason in missing(event) if reason not in before]):
        raise NotReady(lost)
