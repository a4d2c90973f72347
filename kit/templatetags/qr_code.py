"""An address as a QR code, drawn as SVG: nothing is loaded, and it prints as sharp as the sheet."""

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
    dark = "".join(f"M0 {y}{_strokes(line)}" for y, line in enumerate(matrix) if any(line))
    return format_html(
        '<svg class="qr-code" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path stroke="#241a2e" transform="translate(0 .5)" d="{2}"/></svg>',
        len(matrix),
        _("QR code for %(address)s") % {"address": address.partition("://")[2]},
        dark,
    )


def _strokes(line: list[bool]) -> str:
    """A pen as high as a module goes along the line, lifted where it is light: half the characters of boxes."""
    strokes, lifted = [], 0
    for is_dark, modules in groupby(line):
        wide = len(list(modules))
        if is_dark:
            strokes.append(f"m{lifted} 0h{wide}")
        lifted = 0 if is_dark else wide
    return "".join(strokes)
