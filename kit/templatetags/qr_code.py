"""An address as a QR code, drawn as SVG: nothing is loaded, and it prints as sharp as the sheet."""

from collections.abc import Iterator
from itertools import groupby

import qrcode
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

# ISO/IEC 18004 §9.1 asks for four modules of quiet around it.
QUIET = 4


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """`address` without a scheme is what people hear it called."""
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    matrix = code.get_matrix()
    dark = "".join(
        f"M{x} {y}h{wide}v1h-{wide}z" for y, line in enumerate(matrix) for x, wide in _dark_runs(line)
    )
    return format_html(
        '<svg class="qr-code" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path fill="#241a2e" d="{2}"/></svg>',
        len(matrix),
        _("QR code for %(address)s") % {"address": address.partition("://")[2]},
        dark,
    )


def _dark_runs(line: list[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin in a line, and how many they are."""
    x = 0
    for is_dark, modules in groupby(line):
        wide = len(list(modules))
        if is_dark:
            yield x, wide
        x += wide
