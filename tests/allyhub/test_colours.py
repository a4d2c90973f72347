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
# What else is written in, each with all that it stands on.
DEEP = "light-dark(#4c2260, #4a2560)"
ROOMS = [f"var(--q-{name})" for name in ("heather", "sky", "sage", "blush")]
ELSEWHERE = {
    "#000": ["#fff"],
    "#241a2e": ["#f2b33d", "var(--q-gold)"],
    "#41194f": ["#fff", "#f8ebd3"],
    "#fff": [DEEP],
    "light-dark(#241a2e, #fff)": ROOMS,
    "var(--on-plum)": ["var(--plum)", "var(--plum-deep)"],
    "var(--paper)": ["var(--ink)"],
}


def test_each_text_has_seven_to_one_on_each_ground():
    pairs = [(f"var(--{text})", f"var(--{ground})") for text, ground in product(TEXTS, GROUNDS)]
    pairs += [(text, ground) for text, grounds in ELSEWHERE.items() for ground in grounds]

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
    known = {f"var(--{text})" for text in TEXTS} | {"inherit", *ELSEWHERE}

    written = {
        (name, colour)
        for name, css in SHEETS.items()
        for colour in re.findall(r"(?<![\w-])color: ([^;]+);", css)
    }

    assert {(name, colour) for name, colour in written if colour not in known} == set()
    assert {*ELSEWHERE} <= {colour for _name, colour in written}


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
