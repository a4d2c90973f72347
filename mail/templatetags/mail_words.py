"""Filters for the Markdown templates of mails, and what is drawn in their HTML."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kit.templatetags.patchwork import COLOURS, GEESE, SIDE, cells

register = template.Library()

# Not HTML: the whole template becomes HTML only through kit.markdown, which lets no raw HTML through.
MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@/])")


@register.filter
def md(value: object) -> SafeString:
    """Escape what someone typed, so that Markdown and auto-linking leave it alone. One line stays one line."""
    return SafeString(MARKS.sub(r"\\\1", " ".join(str(value).split())))


@register.filter
def url(value: object) -> SafeString:
    """Write an address of ours inside a Markdown link."""
    return SafeString(f"<{value}>")


# The half of a cell whose right angle sits in a corner, clockwise from the top left: drawn by two borders.
EDGES = (("top", "right"), ("top", "left"), ("bottom", "left"), ("bottom", "right"))
GEESE_ACROSS = 22
GOOSE = (
    '<span style="display:inline-block;width:0;height:0;border-left:14px solid transparent;'
    'border-right:14px solid transparent;border-bottom:14px solid {}"></span>'
)


@register.simple_tag
def mail_patch(seed: str, kind: str, cell_px: int) -> SafeString:
    """The quilt block of `patch`, in what mail programs can draw: a table whose cells are halved by borders."""
    rows: list[list[SafeString]] = [[SafeString()] * SIDE for _ in range(SIDE)]
    for x, y, ground, figure, corner in cells(str(seed), str(kind)):
        rows[y][x] = _cell(COLOURS[ground], COLOURS[figure], corner, cell_px)
    drawn = format_html_join("", "<tr>{}</tr>", ((SafeString("".join(row)),) for row in rows))
    return format_html(
        '<table aria-hidden="true" role="presentation" cellpadding="0" cellspacing="0" border="0" '
        'style="display:inline-table;vertical-align:middle;border-collapse:collapse;width:{0}px">{1}</table>',
        SIDE * cell_px,
        drawn,
    )


def _cell(ground: str, figure: str, corner: int, px: int) -> SafeString:
    along, across = EDGES[corner]
    return format_html(
        '<td width="{0}" height="{0}" bgcolor="{1}" style="padding:0;font-size:0;line-height:0;background:{1}">'
        '<div style="width:0;height:0;border-{2}:{0}px solid {4};border-{3}:{0}px solid {1}"></div></td>',
        px,
        ground,
        along,
        across,
        figure,
    )


@register.simple_tag
def mail_geese() -> SafeString:
    geese = format_html_join("", GOOSE, ((COLOURS[GEESE[n % len(GEESE)]],) for n in range(GEESE_ACROSS)))
    return format_html(
        '<div aria-hidden="true" style="height:14px;overflow:hidden;white-space:nowrap;font-size:0;line-height:0;'
        'background:{}">{}</div>',
        COLOURS["plum"],
        geese,
    )


@register.simple_tag
def mail_date(starts_at: datetime, zone: str, slug: str, kind: str) -> SafeString:
    """The event's block with its date, as on its page."""
    day = starts_at.astimezone(ZoneInfo(str(zone))).date()
    return format_html(
        '<table class="slip" role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>'
        '<td style="padding:0">{}</td><td class="slip__date ink">{}<span class="slip__day">{}</span>{}</td></tr></table>',
        mail_patch(slug, kind, 24),
        date_format(day, "l"),
        date_format(day, "j"),
        date_format(day, "F"),
    )
