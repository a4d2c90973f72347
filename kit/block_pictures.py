"""The quilt blocks of the pages as PNG, for what shows no SVG: cards of links, icons of phones."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from kit.templatetags.patchwork import COLOURS, CORNERS, PALETTES, SIDE, cells

# What sites that show a card of a link ask for, at 1.91 to 1.
CARD_SIZE = (1200, 630)
CARD_BLOCKS = (4, 2)
# Drawn larger than shown, so that slanted edges come out smooth.
FINER = 2


@lru_cache(maxsize=128)
def icon(seed: str, kind: str, px: int, form: str = "PNG") -> bytes:
    return _file(_block(seed, kind, px), form)


@lru_cache(maxsize=256)
def card(seed: str, kind: str) -> bytes:
    """A cloth of blocks with the one of `seed` in it twice: like the event's own page, and no two alike."""
    columns, rows = CARD_BLOCKS
    side = CARD_SIZE[0] // columns
    sheet = Image.new("RGB", CARD_SIZE, COLOURS[PALETTES[kind][0]])
    above = (CARD_SIZE[1] - rows * side) // 2
    for number in range(columns * rows):
        row, column = divmod(number, columns)
        is_own = number in (1, columns * rows - 2)
        block = _block(seed if is_own else f"{seed}/{number}", kind, side)
        sheet.paste(block, (column * side, above + row * side))
    return _file(sheet)


def _block(seed: str, kind: str, px: int) -> Image.Image:
    cell = px * FINER / SIDE
    large = Image.new("RGB", (px * FINER, px * FINER))
    draw = ImageDraw.Draw(large)
    for x, y, ground, figure, corner in cells(seed, kind):
        draw.rectangle([x * cell, y * cell, (x + 1) * cell, (y + 1) * cell], COLOURS[ground])
        half = [CORNERS[(corner + step) % 4] for step in (0, 1, 3)]
        draw.polygon([((x + dx) * cell, (y + dy) * cell) for dx, dy in half], COLOURS[figure])
    return large.resize((px, px), Image.Resampling.LANCZOS)


def _file(picture: Image.Image, form: str = "PNG") -> bytes:
    buffer = BytesIO()
    picture.save(buffer, form)
    return buffer.getvalue()
