"""The colours of pages: each text has 7 to 1 on whatever it may stand on, in light and dark (WCAG 2.2, 1.4.6).

Axe looks at pages as they are drawn, and asks for 4.5. This reads the style sheets, so nothing has to be drawn.
"""

import re
from itertools import product

from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
SHEETS = {path.name: path.read_text() for path in CSS.rglob("*.css")}
TOKENS = dict(re.findall(r"--([\w-]+): (light-dark\([^)]*\))", SHEETS["tokens.css"]))

TEXTS = ["ink", "ink-2", "plum", "plum-deep", "moss", "clay", "sea", "gold-ink"]
GROUNDS = ["paper", "sheet", "tint", "tint-2", "moss-bg", "clay-bg", "sea-bg", "gold-bg"]
ON_PLUM = [("var(--on-plum)", "var(--plum)"), ("var(--on-plum)", "var(--plum-deep)")]
ON_DEEP = [("#fff", "light-dark(#4c2260, #4a2560)"), ("#41194f", "#fff")]
ON_ROOMS = "light-dark(#241a2e, #fff)"
# Where another colour is written with: the text and what it stands on.
ELSEWHERE = {
    "ask.css": [*ON_DEEP, ("#41194f", "#f8ebd3")],
    "base.css": [("#241a2e", "#f2b33d")],
    "button.css": ON_PLUM,
    "modes.css": [("#000", "#fff")],
    "month.css": [("var(--paper)", "var(--ink)")],
    "now.css": [*ON_DEEP, *ON_PLUM],
    "room-sheet.css": [(ON_ROOMS, "var(--q-heather)"), ("#000", "#fff")],
    "room.css": [(ON_ROOMS, f"var(--q-{name})") for name in ("heather", "sky", "sage", "blush")]
    + [("#241a2e", "var(--q-gold)")],
}


def test_each_text_has_seven_to_one_on_each_ground():
    pairs = [(f"var(--{text})", f"var(--{ground})") for text, ground in product(TEXTS, GROUNDS)]
    pairs += [pair for more in ELSEWHERE.values() for pair in more]

    found = {(*pair, scheme): contrast(*pair, scheme) for pair in pairs for scheme in (0, 1)}

    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < 7} == {}


def test_what_can_be_typed_in_or_chosen_is_seen_by_its_edge():
    edges = product(["edge", "focus"], ["paper", "sheet", "tint", "tint-2"])

    found = {
        (*pair, scheme): contrast(*(f"var(--{one})" for one in pair), scheme)
        for pair in edges
        for scheme in (0, 1)
    }

    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < 3} == {}


def test_nothing_is_written_in_another_colour():
    known = {f"var(--{text})" for text in TEXTS} | {"inherit"}
    written = {
        (name, colour)
        for name, css in SHEETS.items()
        for colour in re.findall(r"(?<![\w-])color: ([^;]+);", css)
        if colour not in known
    }

    assert written == {(name, text) for name, pairs in ELSEWHERE.items() for text, _ground in pairs}


def contrast(text: str, ground: str, scheme: int) -> float:
    darker, lighter = sorted(luminance(of_scheme(colour, scheme)) for colour in (text, ground))
    return (lighter + 0.05) / (darker + 0.05)


def of_scheme(colour: str, scheme: int) -> str:
    """The six digits a colour has in light (0) or dark (1)."""
    colour = TOKENS.get(colour.removeprefix("var(--").removesuffix(")"), colour)
    both = re.findall(r"#(\w+)", colour)
    digits = both[scheme if len(both) > 1 else 0]
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)


def luminance(digits: str) -> float:
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
