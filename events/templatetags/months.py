"""The parts of a month's table: `{% load months %}`."""

from datetime import date

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from events.pages.month import Chip, Day
from kit.times import clock_words, day_words, machine_time

register = template.Library()


@register.simple_tag
def day_number(day: Day, today: date) -> SafeString:
    """The number of a day. On narrow screens, where the table is a list, days with something on them are named in
    full."""
    is_today = day.on == today
    in_full = '<span class="month__full">{}&nbsp;</span>{}<span class="month__full"> {}</span>'
    number = format_html(
        in_full if day.chips else "{1}", date_format(day.on, "l"), day.on.day, date_format(day.on, "F")
    )
    return format_html(
        '<span class="month__day{}">{}{}</span>',
        " month__day--today" if is_today else "",
        format_html('<span class="vh">{} </span>', _("Today,")) if is_today else "",
        number,
    )


@register.simple_tag
def chip(chip: Chip) -> SafeString:
    """The link to one date."""
    return format_html(
        '<a class="chip chip--{}" href="{}">{}{}</a>',
        "cancelled" if chip.is_off else chip.kind,
        reverse("events:event", args=[chip.slug]),
        _when(chip),
        _title(chip),
    )


@register.simple_tag
def more_of_day(day: Day, query: str) -> SafeString:
    return format_html(
        '<a class="month__more" href="{}?day={}{}">{}<span class="vh"> {}</span></a>',
        reverse("events:agenda"),
        day.on.isoformat(),
        f"&{query}" if query else "",
        ngettext("%(number)s more", "%(number)s more", day.more) % {"number": day.more},
        _("on %(day)s") % {"day": day_words(day.on, year=False)},
    )


def _title(chip: Chip) -> str:
    words = {"title": chip.title, "number": chip.number, "of": chip.of}
    title = _("%(title)s, %(number)s of %(of)s") % words if chip.of > 1 else chip.title
    if not chip.is_off:
        return title
    off = _("Postponed: %(title)s") if chip.state == Event.State.POSTPONED else _("Cancelled: %(title)s")
    return off % {"title": title}


def _when(chip: Chip) -> SafeString:
    if chip.continues:
        return format_html("<span>{}</span> ", _("continues"))
    machine, clock = machine_time(chip.starts_at, chip.zone), clock_words(chip.starts_at, chip.zone)
    return format_html('<time datetime="{}">{}</time>', machine, clock)
