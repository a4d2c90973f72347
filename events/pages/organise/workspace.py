"""Events as their organisers list them: what comes, what is still a draft, what is over."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.actions.places import with_places
from events.models import Event, Paper, Registration, RegistrationStep
from events.models.event import EventQuerySet
from people.models import Group

# After its end, for so long, organisers are asked for what is left to do.
ASKED_FOR = timedelta(days=60)
# Of those who wait for somebody to agree that they come.
HELD = Registration.objects.with_confirmed_address().filter(state=Registration.State.HELD).order_by()
REQUESTS = HELD.filter(event=OuterRef("pk")).values("event").annotate(number=Count("pk"))

# How early the first was promised of the papers that are not there.
PROMISED = Paper.objects.missing().filter(event=OuterRef("pk")).order_by("-promised_days")


# Since when they have waited for it, the longest first.
WAIT = RegistrationStep.objects.filter(
    kind=RegistrationStep.Kind.HELD, registration__in=HELD.values("pk")
).order_by("at")
LONGEST = WAIT.filter(registration__event=OuterRef("pk"))


def requests_at(event: Event) -> tuple[int, datetime | None]:
    """How many wait for somebody to agree, and since when the first of them. Two queries at most."""
    number = HELD.filter(event=event).count()
    waits = WAIT.filter(registration__event=event).values_list("at", flat=True)
    return number, waits.first() if number else None


def upcoming(groups: Iterable[Group]) -> EventQuerySet:
    """Events that are published and not over, and what is postponed; `next_starts_at` and `next_ends_at` are its next
    date's, `requests` wait for somebody to agree, the first of them since `requests_since`."""
    to_come = Q(state=Event.State.PUBLISHED, next_starts_at__isnull=False) | Q(state=Event.State.POSTPONED)
    return _listed(groups).filter(to_come).order_by("next_starts_at", "pk")


def drafts(groups: Iterable[Group]) -> EventQuerySet:
    return _listed(groups).filter(state=Event.State.DRAFT).order_by("-changed_at", "-pk")


def over(groups: Iterable[Group]) -> EventQuerySet:
    """Events that are past, or cancelled."""
    past_or_cancelled = Q(state=Event.State.PUBLISHED, next_starts_at=None) | Q(state=Event.State.CANCELLED)
    return _listed(groups).filter(past_or_cancelled).order_by("-last_ends_at", "-pk")


def over_lately(groups: Iterable[Group], *, also: Iterable[int] = ()) -> EventQuerySet:
    """Those that took place and whose organisers are still asked for something, and `also` these."""
    lately = Q(last_ends_at__gt=timezone.now() - ASKED_FOR) | Q(pk__in=list(also))
    took_place = Q(state=Event.State.PUBLISHED, next_starts_at=None)
    return _listed(groups).filter(took_place & lately).order_by("-last_ends_at", "-pk")


def _listed(groups: Iterable[Group]) -> Any:
    """An EventQuerySet whose rows carry numbers and dates beside the model's own columns, without the long texts.
    The meeting address is needed to say that it is missing."""
    to_come = Q(sessions__ends_at__gt=timezone.now())
    events = Event.objects.filter(group__in=groups).select_related("group").with_dates()
    without_texts = events.defer("description", "content_note", "access_note", "join_help")
    return with_places(without_texts).annotate(
        papers_promised=Subquery(PROMISED.values("promised_days")[:1]),
        requests=Coalesce(Subquery(REQUESTS.values("number")), 0),
        requests_since=Subquery(LONGEST.values("at")[:1]),
        next_starts_at=Min("sessions__starts_at", filter=to_come),
        next_ends_at=Min("sessions__ends_at", filter=to_come),
        last_starts_at=Max("sessions__starts_at"),
    )
