"""The Patchwork look: quilt blocks, icons, the band of flying geese, the date on its block.

Colours are classes (`q-plum`), so that light and dark schemes recolour the same drawing. All of it is decoration
and hidden from assistive technology; the words stand beside it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

PALETTES = {
    "social": ("plum", "gold", "heather", "cream"),
    "training": ("sea", "gold", "sky", "cream"),
    "programme": ("moss", "gold", "sage", "cream"),
    "learning": ("clay", "cream", "blush", "plum"),
}
# As tokens.css has them for light pages: for what knows no style sheet, as mails and pictures.
COLOURS = {
    "plum": "#63307a",
    "heather": "#c9b1dc",
    "gold": "#f2b33d",
    "cream": "#f8ebd3",
    "sea": "#1f6b87",
    "sky": "#a9d2dd",
    "moss": "#35724f",
    "sage": "#b6d0b4",
    "clay": "#c4522f",
    "blush": "#f0c0ab",
}
GEESE = ("gold", "clay", "heather", "sea", "cream", "moss")
SIDE = 4  # cells in a row of a block
Cell = tuple[int, int, str, str, int]  # x, y, ground, figure, corner of the figure
CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))  # of one cell, clockwise

ICONS = {
    "clock": "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0zM12 7v5l3.5 2",
    "online": (
        "M5 4.5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM8.5 20.5h7M12 16.5v4"
    ),
    "pin": (
        "M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21zM9.5 9.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z"
    ),
    "people": (
        "M5.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.8"
        "a3.5 3.5 0 0 1 0 6.4M18 14.5c2 .8 3.2 2.6 3.5 5.5"
    ),
    "plus": "M12 5v14M5 12h14",
    "tick": "M4.5 12.5l5 5 10-11",
    "cal": (
        "M5.5 5h13a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-12a2 2 0 0 1 2-2zM3.5 10h17M8 2.5"
        "v5M16 2.5v5"
    ),
    "hand": (
        "M7 12V6.5a1.5 1.5 0 0 1 3 0V11m0-.5v-6a1.5 1.5 0 0 1 3 0v6m0-5a1.5 1.5 0 0 1 3 0V12m0-3.5"
        "a1.5 1.5 0 0 1 3 0V15c0 4-2.5 6.5-6.5 6.5S7.5 20 6 17l-2-3.8c-.8-1.6 1.2-2.7 2.2-1.3L7 13"
    ),
    "printer": (
        "M7 8V3.5h10V8M7 17H4.5A1.5 1.5 0 0 1 3 15.5v-6A1.5 1.5 0 0 1 4.5 8h15A1.5 1.5 0 0 1 21 9.5v6a1.5 1.5"
        " 0 0 1-1.5 1.5H17M7 14h10v6.5H7z"
    ),
    "info": "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0zM12 11v5.5M12 7.5v.1",
    "warning": "M12 3.5l9.5 17h-19zM12 10v5M12 17.8v.1",
    "cc": (
        "M5 5h14a2.5 2.5 0 0 1 2.5 2.5v9a2.5 2.5 0 0 1-2.5 2.5h-14a2.5 2.5 0 0 1-2.5-2.5v-9"
        "a2.5 2.5 0 0 1 2.5-2.5zM10.5 10.5a2.2 2.2 0 1 0 0 3M17.5 10.5a2.2 2.2 0 1 0 0 3"
    ),
    "down": "M12 4v11M7 11l5 5 5-5M5 20.5h14",
    "lock": (
        "M7 11h10a2 2 0 0 1 2 2v5.5a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-5.5a2 2 0 0 1 2-2zM8 11V8"
        "a4 4 0 0 1 8 0v3"
    ),
    "mail": (
        "M5 5.5h14a2 2 0 0 1 2 2v9.5a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-9.5a2 2 0 0 1 2-2zM3.5 7.5l8.5 6 8.5-6"
    ),
    "key": "M4 15.5a4 4 0 1 0 8 0a4 4 0 1 0-8 0zM11 12.5L19.5 4M15.5 8l3 3",
    "link": (
        "M10 13.5a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.6-5.6L12 6.8M14 10.5a4 4 0 0 0-6-.5l-3 3"
        "a4 4 0 0 0 5.6 5.6L12 17.2"
    ),
    "edit": "M4 20l1-4L16 5l3 3L8 19zM13.5 7.5l3 3",
    "hourglass": "M8 3h8M8 21h8M8.5 3v4.5l7 9V21M15.5 3v4.5l-7 9V21",
    "words": "M4 5h16v11h-9l-4.5 4v-4H4z",
}


class UnknownKind(ValueError):
    """A block was asked for an event kind that has no palette."""


class UnknownIcon(ValueError):
    """An icon was asked for that is not drawn here."""


@register.simple_tag
def patch(seed: str, kind: str, css_class: str = "patch") -> SafeString:
    """A quilt block as SVG. The same seed gives the same block, always."""
    return _block(str(seed), str(kind), css_class)


@lru_cache(maxsize=4096)
def _block(seed: str, kind: str, css_class: str) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false" shape-rendering="crispEdges">'
        "{}</svg>",
        css_class,
        SIDE,
        SIDE,
        _drawn(cells(seed, kind)),
    )


def _drawn(of: Iterable[Cell]) -> SafeString:
    squares: dict[str, str] = {}
    triangles: dict[str, str] = {}
    for x, y, ground, figure, angle in of:
        squares[ground] = squares.get(ground, "") + f"M{x} {y}h1v1h-1z"
        triangles[figure] = triangles.get(figure, "") + _triangle(x, y, angle)
    return _paths((*squares.items(), *triangles.items()))


@register.simple_tag
def corner(seed: str, kind: str, number: int) -> SafeString:
    """One corner of a quilt block, counted from 0 in the direction of the clock: several dates share their event's."""
    return _corner(str(seed), str(kind), number % len(CORNERS))


@lru_cache(maxsize=1024)
def _corner(seed: str, kind: str, number: int) -> SafeString:
    left, top = (SIDE // 2 * side for side in CORNERS[number])
    return format_html(
        '<svg class="patch" viewBox="{} {} {} {}" aria-hidden="true" focusable="false" shape-rendering="crispEdges">'
        "{}</svg>",
        *(left, top, SIDE // 2, SIDE // 2),
        _drawn(cell for cell in cells(seed, kind) if (cell[0] // 2 * 2, cell[1] // 2 * 2) == (left, top)),
    )


@register.simple_tag
def growing(seed: str, kind: str, sewn: Iterable[int]) -> SafeString:
    """The block of one person, which grows with the dates: the corners that are sewn, the others as a dashed outline."""
    return _growing(str(seed), str(kind), frozenset(sewn))


@lru_cache(maxsize=1024)
def _growing(seed: str, kind: str, sewn: frozenset[int]) -> SafeString:
    half = SIDE // 2
    here = {(half * x, half * y) for number, (x, y) in enumerate(CORNERS) if number in sewn}
    drawn = _drawn(
        cell for cell in cells(seed, kind) if (cell[0] // half * half, cell[1] // half * half) in here
    )
    outlines = format_html_join(
        "",
        '<rect class="block__open" x="{}" y="{}" width="1.8" height="1.8" rx=".08"/>',
        ((half * x + 0.1, half * y + 0.1) for number, (x, y) in enumerate(CORNERS) if number not in sewn),
    )
    return format_html(
        '<svg class="block" viewBox="-.35 -.35 4.7 4.7" aria-hidden="true" focusable="false"'
        ' shape-rendering="crispEdges">'
        '<rect class="block__bind" x="-.19" y="-.19" width="4.38" height="4.38" rx=".1"/>{}{}</svg>',
        drawn,
        outlines,
    )


@register.simple_tag
def bound(seed: str, kind: str) -> SafeString:
    """The block of one person once it is whole, whichever corners were sewn: all of it, within its binding."""
    return _bound(str(seed), str(kind))


@lru_cache(maxsize=1024)
def _bound(seed: str, kind: str) -> SafeString:
    return format_html(
        '<svg class="block" viewBox="-.35 -.35 4.7 4.7" aria-hidden="true" focusable="false"'
        ' shape-rendering="crispEdges">'
        '<rect class="block__bind is-sewn" x="-.19" y="-.19" width="4.38" height="4.38" rx=".1"/>{}</svg>',
        _drawn(cells(seed, kind)),
    )


def _paths(drawn: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("", '<path class="q-{}" d="{}"/>', drawn)


def _palette(kind: str) -> tuple[str, ...]:
    try:
        return PALETTES[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def cells(seed: str, kind: str) -> Iterator[Cell]:
    """Yield x, y, ground, figure, corner: a corner of 2 by 2 cells is picked from the seed and turned four ways."""
    colours = _palette(kind)
    digest = hashlib.sha256(seed.encode()).digest()
    for number, (x, y) in enumerate(((0, 0), (1, 0), (0, 1), (1, 1))):
        ground = digest[number] % 4
        figure = (digest[number] + 1 + digest[number + 4] % 3) % 4
        corner = 0 if digest[number + 8] % 2 else 2
        for turn in range(4):
            yield x, y, colours[ground], colours[figure], (corner + turn) % 4
            x, y = SIDE - 1 - y, x


def _triangle(x: int, y: int, corner: int) -> str:
    """The half of a cell whose right angle sits in `corner`."""
    points = (CORNERS[(corner + step) % 4] for step in (0, 1, 3))
    return "M" + "L".join(f"{x + dx} {y + dy}" for dx, dy in points) + "z"


@register.simple_tag
def quilt(blocks: Iterable[tuple[str, str]]) -> SafeString:
    """Many blocks as one cloth, from pairs of seed and kind."""
    patches = format_html_join("", "{}", ((patch(seed, kind),) for seed, kind in blocks))
    return format_html('<div class="quilt" aria-hidden="true">{}</div>', patches)


@register.simple_tag
def icon(name: str) -> SafeString:
    return _icon(name)


@lru_cache
def _icon(name: str) -> SafeString:
    if name not in ICONS:
        raise UnknownIcon(name)
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
@lru_cache
def geese() -> SafeString:
    """A band of flying geese across the page: six triangles, repeated by a pattern to stay small."""
    drawn = ((colour, f"M{28 * number} 14l14-14 14 14z") for number, colour in enumerate(GEESE))
    return format_html(
        '<svg class="geese" aria-hidden="true" focusable="false"><defs><pattern id="geese" width="{}" '
        'height="14" patternUnits="userSpaceOnUse">{}</pattern></defs>'
        '<rect width="100%" height="14" fill="url(#geese)"/></svg>',
        28 * len(GEESE),
        _paths(drawn),
    )


@register.simple_tag
def date_block(starts_at: datetime, zone: str, slug: str, kind: str, size: str = "") -> SafeString:
    """The event's block with its date on a slip. `size="large"` (an event's own page) spells out weekday and month."""
    day = starts_at.astimezone(ZoneInfo(str(zone))).date()
    return _date_block(day, str(slug), str(kind), size, get_language())


@lru_cache(maxsize=4096)
def _date_block(day: date, slug: str, kind: str, size: str, language: str | None) -> SafeString:
    weekday, month = ("l", "F") if size == "large" else ("D", "M")
    return format_html(
        '<div class="date{}">{}<p class="date__slip"><time datetime="{}">'
        "<span>{}</span> <b>{}</b> <span>{}</span></time></p></div>",
        " date--large" if size == "large" else "",
        patch(slug, kind),
        day.isoformat(),
        date_format(day, weekday),
        date_format(day, "j"),
        date_format(day, month),
    )
