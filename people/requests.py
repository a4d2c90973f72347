"""What a request tells the views: who is logged in, what they are here, and whose hub it is."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Exists, Q, Subquery
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from kit.joins import joins
from kit.written_once import Asked, WrittenOnce
from people.actions.second_steps import HAS_SECOND_STEP
from people.models import ClockBeat, Hub, Page, Person
from people.permissions import IS_CONFIDANT, ORGANISES_SOMETHING


@cache
def _the_hub() -> WrittenOnce:
    has_pages = Q(Exists(Page.objects.published())) | Q(Exists(joins.LEARNING_PAGES))
    return WrittenOnce(Hub.objects.filter(pk=1).annotate(has_pages=has_pages))


class SignedIn(HttpRequest):
    """The request of a page that people log in for, which is every page not marked as `login_not_required`. It says
    to readers and to the type checker that somebody is there; the object itself is Django's own."""

    user: Person
    htmx: HtmxDetails


class Standing(NamedTuple):
    """What the frame and the pages in confidence ask about whoever is logged in."""

    is_organiser: bool
    looks_after_people: bool
    reads_in_confidence: bool
    has_second_step: bool
    # When the clock last went a whole round, for the frame of organisers.
    clock_beat_at: datetime | None = None

    @property
    def organises(self) -> bool:
        """Whether there is something for them under Organise."""
        return self.is_organiser or self.looks_after_people


@cache
def _standings() -> WrittenOnce:
    asked = Person.objects.filter(pk=Asked("person")).annotate(
        is_organiser=ORGANISES_SOMETHING,
        looks_after_people=joins.LOOKS_AFTER_PEOPLE,
        reads_in_confidence=IS_CONFIDANT,
        has_second_step=HAS_SECOND_STEP,
        clock_beat_at=Subquery(ClockBeat.objects.filter(job=ClockBeat.WHOLE_ROUND).values("beat_at")),
    )
    return WrittenOnce(asked.only("pk"))


def standing_of(request: Any) -> Standing:
    """Asked in one query, and kept with the request."""
    kept = vars(request)
    if "standing" not in kept:
        (asked,) = _standings().models(person=request.user.pk)
        kept["standing"] = Standing(*(getattr(asked, name) for name in Standing._fields))
    return kept["standing"]


def hub_of(request: HttpRequest) -> Any:
    """The hub, with `has_pages`. Kept with the request: its messages and error pages show the same frame."""
    kept = vars(request)
    if "hub" not in kept:
        kept["hub"] = next(iter(_the_hub().models()), None) or _unsaved_hub()
    return kept["hub"]


def _unsaved_hub() -> Any:
    hub: Any = Hub(pk=1)
    written = (rows.order_by().values("pk") for rows in (Page.objects.published(), joins.LEARNING_PAGES))
    hub.has_pages = next(written).union(next(written)).exists()
    return hub
