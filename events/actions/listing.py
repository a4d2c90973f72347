"""Tags and series: under what an event is found. Both come into being when the first event needs them."""

from collections.abc import Iterable

from events.models import Series, Tag
from kit import slugs
from kit.text import are_the_same
from people.models import Group


def tags_named(names: Iterable[str]) -> list[Tag]:
    """The tags of these names, whatever their case and accents; new ones are made."""
    return [_tag_named(name) for name in dict.fromkeys(names)]


def series_titled(group: Group, title: str) -> Series:
    """The group's series of this title, made if need be."""
    known = next((row for row in group.series.all() if are_the_same(row.title, title)), None)
    if known:
        return known
    series = Series(group=group, title=title)
    slugs.insert(series, title, default="series")
    return series


def _tag_named(name: str) -> Tag:
    known = next((tag for tag in Tag.objects.all() if are_the_same(tag.name, name)), None)
    if known:
        return known
    tag = Tag(name=name)
    slugs.insert(tag, name, default="tag", pages=("events:tag_feed",))
    return tag
