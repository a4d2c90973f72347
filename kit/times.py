"""Instants from what people type, and words for instants.

Instants are stored in UTC beside the event's IANA zone; everything that needs a zone asks `zone_of`, so that pages, forms
and calendar files agree. Words follow British use:
"Sunday 3 May 2020, 3pm to 5pm (UK time)", "2.30pm", "12 noon".
"""

import zoneinfo
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import MONTHS_ALT, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

# The locked tzdata package for everyone, whatever version the machine has: then the pages, the calendar files
# made from the same package, and the tests cannot disagree about a clock change.
zoneinfo.reset_tzpath(to=())
ZoneInfo.clear_cache()

UTC = ZoneInfo("UTC")
Zone = str | tzinfo
YEARS = range(1900, 9999)
MIDNIGHT = time(0)


class UnknownZone(ValueError):
    """A word that is not the IANA name of a time zone."""


@cache
def _zone_named(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(name[:64]) from error


def zone_of(zone: str | tzinfo) -> tzinfo:
    """The zone with this IANA name, kept in memory. Raises UnknownZone."""
    return _zone_named(zone) if isinstance(zone, str) else zone


def city_words(zone: str) -> str:
    """The city that a zone is named after: "America/Argentina/Salta" is "Salta, Argentina". Names of places are not
    translated."""
    region, *parts = zone.replace("_", " ").split("/")
    return ", ".join(reversed(parts)) or region


def zone_words(zone: str | tzinfo) -> str:
    """What people call a zone's clock: "UK time", "New York time"."""
    return _zone_words(str(zone), get_language())


@lru_cache(maxsize=1024)
def _zone_words(name: str, language: str | None) -> str:
    known = {"Europe/London": _("UK time"), "Europe/Dublin": _("Irish time"), "UTC": "UTC"}
    return known.get(name) or _("%(city)s time") % {"city": city_words(name)}


def place_words(zone: str | tzinfo) -> str:
    """Where a zone's clock hangs: "in the UK", "in New York"."""
    name = str(zone)
    known = {"Europe/London": _("in the UK"), "Europe/Dublin": _("in Ireland"), "UTC": _("in UTC")}
    return known.get(name) or _("in %(city)s") % {"city": city_words(name)}


class UnusableTime(ValueError):
    """A day and time of day that does not name one instant. Its text is for the person who typed it."""


class NoSuchTime(UnusableTime):
    """A time that does not come, because the clocks go forward past it. `later` is the instant as far after the jump."""

    def __init__(self, wall: datetime, zone: Zone, *, later: datetime) -> None:
        self.later = later
        text = _(
            "The clocks go forward on %(day)s (%(zone)s), and %(time)s does not exist that day. "
            "Choose another time, for example %(later)s."
        )
        super().__init__(text % {**_words(wall, zone), "later": clock_words(later, zone)})


class DoubledTime(UnusableTime):
    """A time that comes twice, at `first` and again at `second`, because the clocks go back over it."""

    def __init__(self, wall: datetime, zone: Zone, *, first: datetime, second: datetime) -> None:
        self.first, self.second = first, second
        text = _(
            "The clocks go back on %(day)s (%(zone)s), and %(time)s happens twice. Say which one you mean."
        )
        super().__init__(text % _words(wall, zone))


def make_instant(on: date, at: time, zone: Zone, fold: int | None = None) -> datetime:
    """The instant, in UTC, at which clocks in `zone` show this day and time.

    Raises NoSuchTime when they skip it; DoubledTime when they show it twice and `fold` (0 first, 1 second)
    does not say which; UnusableTime for years that no calendar program takes; UnknownZone.
    """
    if on.year not in YEARS:
        raise UnusableTime(_("Enter a year between 1900 and 9998."))
    here = zone_of(zone)
    wall = datetime.combine(on, at.replace(tzinfo=None, fold=0))
    first, second = (wall.replace(tzinfo=here, fold=side).astimezone(UTC) for side in (0, 1))
    if first == second:
        return first
    if first > second:  # PEP 495: in a gap the two readings stand the other way round
        raise NoSuchTime(wall, zone, later=first)
    if fold is None:
        raise DoubledTime(wall, zone, first=first, second=second)
    return second if fold else first


def local(instant: datetime, zone: Zone | None) -> datetime:
    """An instant as clocks in `zone` show it. A naive one, or one without `zone`, stays as it is."""
    return instant.astimezone(zone_of(zone)) if instant.tzinfo and zone else instant


def end_of_day(instant: datetime, zone: Zone) -> datetime:
    """The midnight there that ends its day. An instant that is a midnight ends the evening before it."""
    here = zone_of(zone)
    day = (local(instant, here) - timedelta(microseconds=1)).date() + timedelta(days=1)
    return datetime.combine(day, MIDNIGHT, tzinfo=here).astimezone(UTC)


def clock_words(instant: datetime | time, zone: Zone | None = None) -> str:
    """The time of day in words: "3pm", "2.30pm", "12 noon", "12 midnight"; also for a bare time of day."""
    at = local(instant, zone) if isinstance(instant, datetime) else instant
    return _clock_words(at.hour, at.minute, get_language())


@lru_cache(maxsize=4096)
def _clock_words(hour: int, minute: int, language: str | None) -> str:
    if minute == 0 and hour in (0, 12):
        return _("12 noon") if hour else _("12 midnight")
    figures = f"{hour % 12 or 12}.{minute:02}" if minute else str(hour % 12 or 12)
    half = pgettext("time of day", "%(time)sam") if hour < 12 else pgettext("time of day", "%(time)spm")
    return half % {"time": figures}


def day_words(instant: date | datetime, zone: Zone | None = None, *, year: bool = True) -> str:
    """The day in words: "Sunday 3 May 2020"; without the year "Sunday 3 May". Also for a bare date."""
    day = local(instant, zone) if isinstance(instant, datetime) else instant
    return _day_words(date(day.year, day.month, day.day), year, get_language())


@lru_cache(maxsize=4096)
def _day_words(day: date, year: bool, language: str | None) -> str:
    pattern = _("%(weekday)s %(day)s %(month)s %(year)s") if year else _("%(weekday)s %(day)s %(month)s")
    return pattern % {
        "weekday": WEEKDAYS[day.weekday()],
        "day": day.day,
        "month": MONTHS_ALT[day.month],
        "year": day.year,
    }


def short_day(instant: datetime, zone: Zone) -> str:
    """The day where there is little room: "Sun 13 Dec"."""
    return date_format(local(instant, zone), "D j M")


def are_whole_days(starts_at: datetime, ends_at: datetime, zone: Zone) -> bool:
    """Whether something has no hours: from midnight to midnight by clocks there, as an awareness day is typed."""
    start, end = local(starts_at, zone), local(ends_at, zone)
    return start.time() == end.time() == MIDNIGHT and start.date() < end.date()


def whole_days(starts_at: datetime, ends_at: datetime, zone: Zone) -> tuple[date, date]:
    """The first and the last day of what goes from midnight to midnight."""
    return local(starts_at, zone).date(), local(ends_at, zone).date() - timedelta(days=1)


def whole_days_words(first: date, last: date, *, year: bool = True) -> str:
    """ "Sunday 3 May 2020, all day" or "Sunday 3 May to Tuesday 5 May 2020, all day"."""
    if first == last:
        return _("%(day)s, all day") % {"day": day_words(first, year=year)}
    days = {
        "first": day_words(first, year=year and first.year != last.year),
        "last": day_words(last, year=year),
    }
    return _("%(first)s to %(last)s, all day") % days


def span_parts(starts_at: datetime, ends_at: datetime, zone: Zone, *, year: bool = True) -> tuple[str, str]:
    """The words for the start and for the end: ("Sunday 3 May 2020, 3pm", "5pm"). The end names its day only
    when it is another one; midnight still belongs to the evening before it."""
    start, end = local(starts_at, zone), local(ends_at, zone)
    last_day = (end - timedelta(microseconds=1)).date() if end > start else end.date()
    if start.date() == last_day:
        return moment_words(start, zone, year=year), clock_words(end, zone)
    start_year = year and start.year != end.year
    return moment_words(start, zone, year=start_year), moment_words(end, zone, year=year)


def span_words(starts_at: datetime, ends_at: datetime, zone: Zone, *, year: bool = True) -> str:
    """From when to when in words: "Sunday 3 May 2020, 3pm to 5pm (UK time)"."""
    if are_whole_days(starts_at, ends_at, zone):
        days = whole_days_words(*whole_days(starts_at, ends_at, zone), year=year)
        return _("%(days)s (%(zone)s)") % {"days": days, "zone": zone_words(zone)}
    start, end = span_parts(starts_at, ends_at, zone, year=year)
    return _("%(start)s to %(end)s (%(zone)s)") % {"start": start, "end": end, "zone": zone_words(zone)}


def elsewhere_words(instant: datetime, zone: Zone, viewer_zone: Zone) -> str:
    """The same time by another clock: "that is 10am in New York", with the day when it is another one there; "" when
    the clocks agree."""
    if not viewer_zone:
        return ""
    here, there = local(instant, zone), local(instant, viewer_zone)
    if here.utcoffset() == there.utcoffset():
        return ""
    words = {"time": clock_words(there), "place": place_words(viewer_zone)}
    if here.date() == there.date():
        return _("that is %(time)s %(place)s") % words
    return _("that is %(time)s on %(day)s %(place)s") % {**words, "day": day_words(there, year=False)}


def deadline_words(instant: datetime, zone: Zone) -> str:
    """Until when, in words: "by Friday 24 April, 5pm". Midnight is said as the end of the day before, which cannot be
    misread."""
    by = local(instant, zone)
    if by.time() == MIDNIGHT:
        return _("by the end of %(day)s") % {"day": day_words(by.date() - timedelta(days=1), year=False)}
    return _("by %(day_and_time)s") % {"day_and_time": moment_words(by, zone, year=False)}


def until_words(instant: date | datetime, zone: Zone | None = None, *, now: datetime | None = None) -> str:
    """How far away a day is, in nights as people count: "today", "tomorrow", "in 2 days", "3 days ago"."""
    today = local(now or timezone.now(), zone).date()
    day = local(instant, zone).date() if isinstance(instant, datetime) else instant
    days = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if days in near:
        return near[days]
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}


def machine_time(instant: datetime, zone: Zone) -> str:
    """An instant for `<time datetime>`: local time with its offset, to the minute (HTML: global date and time)."""
    return local(instant, zone).isoformat(timespec="minutes")


def moment_words(instant: datetime, zone: Zone, *, year: bool = True) -> str:
    """The moment in words: "Sunday 3 May 2020, 3pm"."""
    day, clock = day_words(instant, zone, year=year), clock_words(instant, zone)
    return _("%(day)s, %(time)s") % {"day": day, "time": clock}


def _words(wall: datetime, zone: Zone) -> dict[str, str]:
    return {"time": clock_words(wall), "day": day_words(wall), "zone": zone_words(zone)}
