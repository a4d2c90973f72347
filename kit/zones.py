"""Time zones that people can choose."""

from functools import cache
from importlib import resources
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kit.times import city_words, zone_words

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


@cache
def offered_zones() -> frozenset[str]:
    """The IANA names that forms accept: UTC and one a country and clock (the package's zone.tab)."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    names = {row[2] for row in rows}
    return frozenset({"UTC"} | {name for name in names if name.split("/")[0] in REGIONS})


def offered_zone(name: str) -> str:
    """The name under which a zone is offered, "Asia/Kolkata" for "Asia/Calcutta"; "" where it is none of ours."""
    target = _older_names().get(name, name)
    return next((found for found in (name, target) if found in offered_zones()), "")


@cache
def _older_names() -> dict[str, str]:
    """The links of the package's source: other names, with the zone that each of them is."""
    source = resources.files("tzdata.zoneinfo").joinpath("tzdata.zi").read_text("utf-8")
    links = (line.split() for line in source.splitlines() if line.startswith("L "))
    return {link[2]: link[1] for link in links}


def zone_choices() -> Choices:
    """Grouped choices for a select: what is used most first, then regions, cities by the alphabet."""
    often = [(name, f"{city_words(name)} ({zone_words(name)})") for name in OFTEN_USED[:2]]
    return [(gettext_lazy("Often used"), [*often, ("UTC", "UTC")]), *_by_region()]


@cache
def _by_region() -> Choices:
    """Cities have one name in every language; a region's is translated when it is shown."""
    names = sorted(offered_zones() - {"UTC"}, key=lambda name: (name.split("/")[0], city_words(name)))
    regions = groupby(names, key=lambda name: name.split("/")[0])
    return [(REGIONS[region], [(name, city_words(name)) for name in cities]) for region, cities in regions]


def validate_zone(name: str) -> None:
    """Refuse what is not offered, for fields that store a zone."""
    if name not in offered_zones():
        raise ValidationError(gettext_lazy("Choose a time zone from the list."), code="unknown_zone")
