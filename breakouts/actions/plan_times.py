"""The times that organisers type for breakout rooms, and when they make no sense beside the dates of the event."""

from datetime import datetime

from django.utils.translation import gettext as _

from breakouts.actions import plans
from breakouts.models import BreakoutPlan
from events.actions.timetable import Dates, Misfit, Span, Times
from kit.times import span_words


def misfits(plan: BreakoutPlan, dates: Dates) -> dict[str, Misfit]:
    found = _of_rooms(plan, dates)
    starts_at, ends_at = dates.starts_at, dates.ends_at
    if plan.topics_until and starts_at and plan.topics_until > starts_at:
        found["topics_until"] = Misfit(_("Enter a time before the event begins"), starts_at)
    if plan.choices_until and ends_at and plan.choices_until > ends_at:
        found["choices_until"] = Misfit(_("Enter a time before the event ends"), ends_at)
    return found


def _of_rooms(plan: BreakoutPlan, dates: Dates) -> dict[str, Misfit]:
    starts_at, ends_at = plan.rooms_start_at, plan.rooms_end_at
    if starts_at is None and ends_at is None:
        return {}
    if starts_at is None:
        return {"rooms_start_at": Misfit(_("Enter when the rooms begin"))}
    if ends_at is None:
        return {"rooms_end_at": Misfit(_("Enter when the rooms end"))}
    if ends_at <= starts_at:
        return {"rooms_end_at": Misfit(_("The rooms must end after they begin"))}
    return _outside(starts_at, ends_at, dates)


def _outside(starts_at: datetime, ends_at: datetime, dates: Dates) -> dict[str, Misfit]:
    span = dates.date_of(starts_at)
    if span is None:
        words = _("Give the event a date first, or leave the times of the rooms empty")
        return {"rooms_start_at": Misfit(words), "rooms_end_at": Misfit(words)}
    if any(span.starts_at <= starts_at and ends_at <= span.ends_at for span in dates.spans):
        return {}
    spans = (span_words(span.starts_at, span.ends_at, dates.zone) for span in dates.spans)
    words = _("The rooms must lie within the event: %(when)s") % {"when": "; ".join(spans)}
    begin, end = _nearest(span, starts_at, ends_at)
    return {"rooms_start_at": Misfit(words, begin), "rooms_end_at": Misfit(words, end)}


def _nearest(span: Span, starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """As long as before, where the date is as long."""
    length = min(ends_at - starts_at, span.ends_at - span.starts_at)
    begin = min(max(starts_at, span.starts_at), span.ends_at - length)
    return begin, begin + length


PLAN = Times(
    model=BreakoutPlan,
    pages=dict.fromkeys(
        ("topics_until", "choices_until", "rooms_start_at", "rooms_end_at"), "organise:breakout_plan"
    ),
    rows_of=lambda event: filter(None, [BreakoutPlan.of(event)]),
    misfits=misfits,
    save=lambda plan, fields: plans.save(plan, fields=fields),
)
