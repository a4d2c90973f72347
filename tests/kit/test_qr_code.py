import re

import qrcode

from kit.templatetags.qr_code import QUIET, qr_code

ADDRESS = "https://hub.example.org/events/being-better-allies/"
LINE = re.compile(r"M0 (\d+)((?:m\d+ 0h\d+)+)")


def test_what_is_drawn_is_the_code_of_the_address():
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(ADDRESS)
    dark = {(x, y) for y, line in enumerate(code.get_matrix()) for x, is_dark in enumerate(line) if is_dark}

    assert drawn(qr_code(ADDRESS)) == dark


def drawn(svg: str) -> set[tuple[int, int]]:
    """The modules that the pen covers."""
    found = set()
    for y, strokes in LINE.findall(svg):
        x = 0
        for lifted, wide in re.findall(r"m(\d+) 0h(\d+)", strokes):
            x += int(lifted)
            found |= {(x + module, int(y)) for module in range(int(wide))}
            x += int(wide)
    return found
