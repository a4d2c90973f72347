"""The Patchwork look: quilt blocks, icons, the band of flying geese, the date on its block.

Colours are classes (`q-plum`), so that light and dark schemes recolour the same drawing. All of it is decoration
and hidden from assistive technology; the words stand beside it.
"""

import hashlib
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

PALETTES = {
    "social": ("plum", "gold", "heather", "cream"),
    "training": ("sea", "gold", "sky", "cream"),
    "programme": ("moss", "gold", "sage", "cream"),
    "learning": ("clay", "cream", "blush", "plum"),
}
GEESE = ("gold", "clay", "heather", "sea", "cream", "moss")
SIDE = 4  # cells in a row of a block
CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))  # of one cell, clockwise

ICONS = {
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "online": '<rect x="3" y="4.5" width="18" height="12" rx="2"/><path d="M8.5 20.5h7M12 16.5v4"/>',
    "pin": (
        '<path d="M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>'
    ),
    "people": (
        '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.8a3.5 3.5 0 0 1 0 6.4'
        'M18 14.5c2 .8 3.2 2.6 3.5 5.5"/>'
    ),
    "tick": '<path d="M4.5 12.5l5 5 10-11"/>',
    "cal": '<rect x="3.5" y="5" width="17" height="16" rx="2"/><path d="M3.5 10h17M8 2.5v5M16 2.5v5"/>',
    "hand": (
        '<path d="M7 12V6.5a1.5 1.5 0 0 1 3 0V11m0-.5v-6a1.5 1.5 0 0 1 3 0v6m0-5a1.5 1.5 0 0 1 3 0V12m0-3.5'
        'a1.5 1.5 0 0 1 3 0V15c0 4-2.5 6.5-6.5 6.5S7.5 20 6 17l-2-3.8c-.8-1.6 1.2-2.7 2.2-1.3L7 13"/>'
    ),
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.1"/>',
    "warning": '<path d="M12 3.5l9.5 17h-19zM12 10v5M12 17.8v.1"/>',
    "cc": (
        '<rect x="2.5" y="5" width="19" height="14" rx="2.5"/>'
        '<path d="M10.5 10.5a2.2 2.2 0 1 0 0 3M17.5 10.5a2.2 2.2 0 1 0 0 3"/>'
    ),
    "down": '<path d="M12 4v11M7 11l5 5 5-5M5 20.5h14"/>',
    "lock": '<rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "mail": '<rect x="3" y="5.5" width="18" height="13.5" rx="2"/><path d="M3.5 7.5l8.5 6 8.5-6"/>',
    "key": '<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5L19.5 4M15.5 8l3 3"/>',
    "link": (
        '<path d="M10 13.5a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.6-5.6L12 6.8M14 10.5a4 4 0 0 0-6-.5l-3 3'
        'a4 4 0 0 0 5.6 5.6L12 17.2"/>'
    ),
    "edit": '<path d="M4 20l1-4L16 5l3 3L8 19zM13.5 7.5l3 3"/>',
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
    squares: dict[str, str] = {}
    triangles: dict[str, str] = {}
    for x, y, ground, figure, corner in _cells(seed, _palette(kind)):
        squares[ground] = squares.get(ground, "") + f"M{x} {y}h1v1h-1z"
        triangles[figure] = triangles.get(figure, "") + _triangle(x, y, corner)
    paths = [f'<path class="q-{c}" d="{d}"/>' for drawn in (squares, triangles) for c, d in drawn.items()]
    return mark_safe(
        f'<svg class="{css_class}" viewBox="0 0 {SIDE} {SIDE}" aria-hidden="true" focusable="false" '
        f'shape-rendering="crispEdges">{"".join(paths)}</svg>'
    )


def _palette(kind: str) -> tuple[str, ...]:
    try:
        return PALETTES[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def _cells(seed: str, colours: tuple[str, ...]):
    """Yield x, y, ground, figure, corner: a corner of 2 by 2 cells is picked from the seed and turned four ways."""
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
def quilt(blocks) -> SafeString:
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
    return mark_safe(
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )


@register.simple_tag
@lru_cache
def geese() -> SafeString:
    """A band of flying geese across the page: six triangles, repeated by a pattern to stay small."""
    drawn = "".join(
        f'<path class="q-{colour}" d="M{at} 14l14-14 14 14z"/>'
        for at, colour in zip(range(0, 168, 28), GEESE)
    )
    return mark_safe(
        '<svg class="geese" aria-hidden="true" focusable="false"><defs><pattern id="geese" width="168" height="14" '
        f'patternUnits="userSpaceOnUse">{drawn}</pattern></defs>'
        '<rect width="100%" height="14" fill="url(#geese)"/></svg>'
    )


@register.simple_tag
def date_block(starts_at, zone: str, slug: str, kind: str, size: str = "") -> SafeString:
    """The event's block with its date on a slip. `size="large"` (an event's own page) spells out weekday and month."""
    starts = starts_at.astimezone(ZoneInfo(str(zone)))
    weekday, month = ("l", "F") if size == "large" else ("D", "M")
    return format_html(
        '<div class="date{}">{}<p class="date__slip"><time datetime="{}">'
        "<span>{}</span> <b>{}</b> <span>{}</span></time></p></div>",
        " date--large" if size == "large" else "",
        patch(slug, kind),
        starts.date().isoformat(),
        date_format(starts, weekday),
        date_format(starts, "j"),
        date_format(starts, month),
    )
