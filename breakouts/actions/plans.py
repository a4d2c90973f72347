"""Breakout rooms for an event: begun once, changed by its organisers."""

from collections.abc import Iterable

from django.db import transaction

from breakouts.actions import helpers, rooms
from breakouts.models import BreakoutPlan, HelperRole
from events.models import Event

# What a copy of an event takes along. Never times, and nobody to call.
COPIED = ("takes_topics", "takes_questions", "takes_choices", "seats", "brief", "opening_words")
# With each room comes a note-taker (helpers.want_note_takers).
FIRST_HELP: dict[str, int] = {HelperRole.Kind.WELCOME: 1, HelperRole.Kind.TECH: 1}


@transaction.atomic
def begin(event: Event) -> BreakoutPlan:
    """The plan of this event, made if there is none. Twice is once."""
    event = event.locked()
    plan, is_new = BreakoutPlan.objects.get_or_create(event=event)
    if is_new:
        rooms.rewrite_summary(event)
    return plan


@transaction.atomic
def begin_with(event: Event, *, like: Event | None = None) -> BreakoutPlan:
    """Rooms for an event that was just made: set up as those of `like` are, else with the help that every social needs.
    No topics and no people come along. Twice is once."""
    event = event.locked()
    model = BreakoutPlan.of(like) if like else None
    settings = {name: getattr(model, name) for name in COPIED} if model else {}
    plan, is_new = BreakoutPlan.objects.get_or_create(event=event, defaults=settings)
    if is_new:
        helpers.want(event, _help_as_at(like) if like and model else FIRST_HELP)
    return plan


def _help_as_at(earlier: Event) -> dict[str, int]:
    """How many were wanted for what. One note-taker a room is no number of its own: it comes with the rooms."""
    wanted = {role.kind: role.wanted for role in earlier.helper_roles.all()}
    if wanted.get(HelperRole.Kind.NOTES) == earlier.topics.accepted().count():
        del wanted[HelperRole.Kind.NOTES]
    return wanted


@transaction.atomic
def save(plan: BreakoutPlan, *, fields: Iterable[str]) -> BreakoutPlan:
    """Write what organisers set. Nobody loses a seat when rooms have fewer: those who sit there stay."""
    event = plan.event.locked()
    plan.save(update_fields=[*fields])
    rooms.rewrite_summary(event)
    return plan
