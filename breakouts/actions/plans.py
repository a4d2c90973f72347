"""Breakout rooms for an event: begun once, changed by its organisers."""

from django.db import transaction

from breakouts.actions import shown
from breakouts.models import BreakoutPlan
from events.actions import places
from events.models import Event


@transaction.atomic
def begin(event: Event) -> BreakoutPlan:
    """The plan of this event, made if there is none. Twice is once."""
    event = places.lock(event)
    plan, is_new = BreakoutPlan.objects.get_or_create(event=event)
    if is_new:
        shown.rewrite(event)
    return plan


def plan_of(event: Event) -> BreakoutPlan | None:
    """One query, unless the event was loaded with its plan."""
    try:
        return event.breakout_plan
    except BreakoutPlan.DoesNotExist:
        return None
