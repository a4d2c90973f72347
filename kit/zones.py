"""Time zones: which ones people can choose, and what they are called.

Everything that needs a zone asks `zone_of`, so that pages, forms and calendar files agree.
"""

import zoneinfo
from datetime import tzinfo
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

# The locked tzdata package for everyone, whatever version the machine has: then the pages, the calendar files
# made from the same package, and the tests cannot disagree about a clock change.
zoneinfo.reset_tzpath(to=())
ZoneInfo.clear_cache()

UTC = ZoneInfo("UTC")
OFTEN_USED = ("Europe/London", "Europe/Dublin", "UTC")
REGIONS = {
    "Africa": gettext_lazy("Africa"),
    "America": gettext_lazy("Americas"),
    "Arctic": gettext_lazy("Arctic"),
    "Asia": gettext_lazy("Asia"),
    "Atlantic": gettext_lazy("Atlantic Ocean"),
    "Australia": gettext_lazy("Australia"),
    "Europe": gettext_lazy("Europe"),
    "Indian": gettext_lazy("Indian Ocean"),
    "Pacific": gettext_lazy("Pacific Ocean"),
}
Choices = list[tuple[str | Promise, list[tuple[str, str]]]]


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


@cache
def offered_zones() -> frozenset[str]:
    """The IANA names that forms accept: UTC and one a country and clock (the package's zone.tab)."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    names = {row[2] for row in rows}
    return frozenset({"UTC"} | {name for name in names if name.split("/")[0] in REGIONS})


def zone_choices() -> Choices:
    """Grouped choices for a select: what is used most first, then regions, cities by the alphabet."""
    names = sorted(offered_zones() - {"UTC"}, key=lambda name: (name.split("/")[0], city_words(name)))
    often = [(name, f"{city_words(name)} ({zone_words(name)})") for name in OFTEN_USED[:2]]
    regions = groupby(names, key=lambda name: name.split("/")[0])
    return [
        (gettext_lazy("Often used"), [*often, ("UTC", "UTC")]),
        *((REGIONS[region], [(name, city_words(name)) for name in cities]) for region, cities in regions),
    ]


def validate_zone(name: str) -> None:
    """Refuse what is not offered, for fields that store a zone."""
    if name not in offered_zones():
        raise ValidationError(gettext_lazy("Choose a time zone from the list."), code="unknown_zone")


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
