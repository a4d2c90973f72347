"""What somebody's own page says once they have completed a programme, and what leads on to their certificate."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Attendance, Registration
from learning.models import Graduation, LearningPlan, SpacingPrompt
from learning.pages.certificate import may_have_one
from learning.pages.path_item import PathItem

# Fewer would show who they are.
FROM = 5
# A quilt of hundreds is no picture any more.
AT_MOST = 39


@dataclass(frozen=True)
class Graduated:
    """`blocks` are the seeds of the others' blocks, none of which says whose it is; `number` counts everyone."""

    heading: str
    lead: str
    number: int
    blocks: tuple[str, ...]


def graduated(registration: Registration) -> Graduated | None:
    """What stands there for whoever has completed it, with the quilt of all who have. One query; none for others."""
    event = registration.event
    if not hasattr(registration, "graduation") or not registration.has_place or not event.is_published:
        return None
    number = Graduation.objects.filter(registration__event=event).count()
    others = min(number - 1, AT_MOST) if number >= FROM else 0
    return Graduated(
        heading=_("It is whole. You have completed it, %(name)s.") % {"name": registration.name},
        lead=_("Thank you for being there, and for the work that nobody saw."),
        number=number if number >= FROM else 0,
        blocks=tuple(f"{event.slug}/{block}" for block in range(1, others + 1)),
    )


def certificate_item(registration: Registration, now: datetime) -> list[PathItem]:
    """The way to a certificate, for whoever has one. One query, once a programme is over."""
    has_completed = hasattr(registration, "graduation")
    if not may_have_one(registration.event, now) or not (has_completed or _took_part(registration)):
        return []
    words = (
        _("One page to print, or to keep as a PDF, with a code by which others can check it.")
        if has_completed
        else _("One page to print, or to keep as a PDF. It says which dates you were at.")
    )
    return [
        PathItem(
            label=_("Certificate"),
            title=_("Your certificate"),
            words=words,
            tag=_("Completed") if has_completed else "",
            tone="moss",
            url=reverse("learning:certificate", args=[registration.token]),
            link=_("Open it"),
            icon="printer",
            is_last=True,
            is_next=has_completed,
        )
    ]


def prompts_item(registration: Registration, now: datetime) -> list[PathItem]:
    """The prompts after each date, where organisers wrote some and one can still come. One query; none without a plan."""
    event = registration.event
    ends_at = event.ends_at
    latest = max(SpacingPrompt.After.values)
    if LearningPlan.is_none(event) or ends_at is None or (now - ends_at).days >= latest * 7:
        return []
    if not SpacingPrompt.objects.filter(session__event=event).exists():
        return []
    wants = hasattr(registration, "spacing_wish")
    return [
        PathItem(
            label=_("By email"),
            title=_("A small prompt after each date"),
            words=_("One and four weeks later, only if you like: a few lines to think about."),
            tag=_("You get them") if wants else "",
            tone="moss",
            url=reverse("learning:prompts", args=[registration.token]),
            link=_("Change") if wants else _("Read more and say yes"),
            icon="mail",
            is_last=True,
        )
    ]


def _took_part(registration: Registration) -> bool:
    """At a date, or one that ended early and counts for everyone; or they caught up on one."""
    counted = Q(session__ended_early_at__isnull=False) | Q(catch_up=Attendance.CatchUp.DONE)
    theirs = registration.attendances
    return theirs.there().exists() or theirs.filter(counted).exists()
