"""Times in templates: `{% load times %}`.

{% span starts_at ends_at zone %} writes marked-up words; `{{ session|span_words }}` plain ones. A filter
that needs a zone takes it as its argument: `{{ session.starts_at|day_words:event.time_zone }}`.
"""

from datetime import date, datetime, time
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kit import times

register = template.Library()


@register.simple_tag
def span(
    starts_at: datetime, ends_at: datetime, zone: times.Zone, *, year: bool = True, with_zone: bool = True
) -> SafeString:
    """From when to when, `Sunday 3 May 2020, 3pm to 5pm (UK time)`, both ends in a `<time>`. `year=False` and
    `with_zone=False` leave those words out."""
    if times.are_whole_days(starts_at, ends_at, zone):
        return _days(starts_at, ends_at, zone, year=year, with_zone=with_zone)
    moments = zip((starts_at, ends_at), times.span_parts(starts_at, ends_at, zone, year=year), strict=True)
    start, end = (_marked(times.machine_time(at, zone), words) for at, words in moments)
    if not with_zone:
        return format_html(_("{start} to {end}"), start=start, end=end)
    return format_html(_("{start} to {end} ({zone})"), start=start, end=end, zone=times.zone_words(zone))


def _days(
    starts_at: datetime, ends_at: datetime, zone: times.Zone, *, year: bool, with_zone: bool
) -> SafeString:
    """Without hours, marked with the first day."""
    first, last = times.whole_days(starts_at, ends_at, zone)
    days = _marked(first.isoformat(), times.whole_days_words(first, last, year=year))
    return format_html(_("{days} ({zone})"), days=days, zone=times.zone_words(zone)) if with_zone else days


@register.simple_tag
def moment(instant: datetime, zone: times.Zone, *, year: bool = True) -> SafeString:
    """The moment as `Sunday 3 May 2020, 3pm` in a `<time>`."""
    return _marked(times.machine_time(instant, zone), times.moment_words(instant, zone, year=year))


@register.simple_tag
def day(instant: date | datetime, zone: times.Zone | None = None, *, year: bool = True) -> SafeString:
    """The day as `Sunday 3 May 2020` in a `<time>`; for a date or an instant."""
    on = times.local(instant, zone).date() if isinstance(instant, datetime) else instant
    return _marked(on.isoformat(), times.day_words(on, year=year))


@register.simple_tag
def elsewhere(instant: datetime, zone: times.Zone, viewer_zone: str) -> str:
    """The time by the viewer's clock, `that is 10am in New York`, or nothing when it shows the same."""
    return times.elsewhere_words(instant, zone, viewer_zone)


@register.filter
def span_words(session: Any) -> str:
    """From when to when, in plain words, for anything with starts_at, ends_at and an event that has a time_zone."""
    return times.span_words(session.starts_at, session.ends_at, session.event.time_zone)


@register.filter
def day_words(instant: date | datetime | None, zone: times.Zone | None = None) -> str:
    return times.day_words(instant, zone) if instant else ""


@register.filter
def short_day_words(instant: date | datetime | None, zone: times.Zone | None = None) -> str:
    """The day without its year: "Sunday 3 May"."""
    return times.day_words(instant, zone, year=False) if instant else ""


@register.filter
def clock_words(instant: datetime | time | None, zone: times.Zone | None = None) -> str:
    return times.clock_words(instant, zone) if instant is not None else ""


@register.filter
def moment_words(instant: datetime | None, zone: times.Zone) -> str:
    """The moment in plain words: "Sunday 3 May 2020, 3pm"."""
    return times.moment_words(instant, zone) if instant else ""


@register.filter
def deadline_words(instant: datetime | None, zone: times.Zone) -> str:
    return times.deadline_words(instant, zone) if instant else ""


@register.filter
def until_words(instant: date | datetime | None, zone: times.Zone | None = None) -> str:
    return times.until_words(instant, zone) if instant else ""


@register.filter
def zone_words(zone: times.Zone) -> str:
    return times.zone_words(zone)


def _marked(machine: str, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, words)
