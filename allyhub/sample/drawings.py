"""Pictures of sample events, drawn when they are loaded: flat shapes in the colours of the hub."""

from collections.abc import Callable
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

from kit.templatetags.patchwork import COLOURS

SIZE = (1200, 675)
# Drawn larger than kept, so that slanted edges come out smooth.
FINER = 2

Box = tuple[float, float, float, float]


class Sheet:
    """A ground to draw on, in pixels of the picture that comes out."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (SIZE[0] * FINER, SIZE[1] * FINER), COLOURS[ground])
        self.pen = ImageDraw.Draw(self.image)

    def block(self, colour: str, box: Box, *, round: float = 0) -> None:
        self.pen.rounded_rectangle(_finer(*box), round * FINER, fill=COLOURS[colour])

    def disc(self, colour: str, x: float, y: float, radius: float, *, rim: str = "") -> None:
        box = _finer(x - radius, y - radius, x + radius, y + radius)
        if rim:
            self.pen.ellipse(box, fill=COLOURS[colour], outline=COLOURS[rim], width=14 * FINER)
        else:
            self.pen.ellipse(box, fill=COLOURS[colour])

    def shape(self, colour: str, *corners: tuple[float, float]) -> None:
        self.pen.polygon([_finer(*corner) for corner in corners], fill=COLOURS[colour])

    def line(self, colour: str, *points: tuple[float, float], width: int = 10) -> None:
        finer = [_finer(*point) for point in points]
        self.pen.line(finer, fill=COLOURS[colour], width=width * FINER, joint="curve")

    def file(self) -> BytesIO:
        file = BytesIO()
        self.image.resize(SIZE, Image.Resampling.LANCZOS).save(file, "PNG")
        file.seek(0)
        return file


def bubbles(sheet: Sheet) -> None:
    """Words of six people, each in a colour of its own."""
    places = [
        ("plum", 110, 90, 430, 250),
        ("gold", 480, 60, 760, 210),
        ("sea", 810, 110, 1100, 280),
        ("clay", 170, 330, 450, 490),
        ("moss", 520, 300, 830, 460),
        ("heather", 870, 360, 1080, 500),
    ]
    for colour, left, top, right, bottom in places:
        middle = (left + right) / 2
        sheet.block(colour, (left, top, right, bottom), round=60)
        sheet.shape(colour, (middle - 30, bottom - 5), (middle + 40, bottom - 5), (middle - 20, bottom + 60))
        for row in range(2):
            sheet.line(
                "cream", (left + 60, top + 60 + 40 * row), (right - 60 - 50 * row, top + 60 + 40 * row)
            )


def table(sheet: Sheet) -> None:
    """A round table from above, with eight stools of which one is free."""
    sheet.disc("sea", 600, 337, 170)
    sheet.disc("sky", 600, 337, 140)
    for number in range(8):
        angle = number * pi / 4 + pi / 8
        x, y = 600 + 255 * cos(angle), 337 + 255 * sin(angle)
        if number == 1:
            sheet.disc("cream", x, y, 52, rim="sea")
        else:
            sheet.disc(("plum", "gold", "clay", "moss")[number % 4], x, y, 52)


def steps(sheet: Sheet) -> None:
    """Four steps upwards, with a flag on the last."""
    for number, colour in enumerate(("sage", "gold", "clay", "moss")):
        left = 180 + 210 * number
        sheet.block(colour, (left, 480 - 90 * number, left + 210, 675))
    sheet.line("plum", (915, 210), (915, 70))
    sheet.shape("plum", (915, 70), (1010, 105), (915, 140))


def book(sheet: Sheet) -> None:
    """An open book, and tea."""
    sheet.shape("plum", (150, 200), (450, 240), (750, 200), (750, 520), (450, 560), (150, 520))
    sheet.shape("cream", (170, 180), (450, 220), (450, 530), (170, 495))
    sheet.shape("cream", (730, 180), (450, 220), (450, 530), (730, 495))
    for row in range(5):
        y = 250 + 46 * row
        sheet.line("clay", (210, y), (410, y + 27))
        sheet.line("clay", (690, y), (490, y + 27))
    _cup(sheet, "sea", 960, 400, 90, ground="blush")


def kettle(sheet: Sheet) -> None:
    """What eleven people began with."""
    sheet.line("plum", (190, 250), (230, 120), (390, 120), (430, 250), width=22)
    sheet.shape("plum", (420, 330), (540, 240), (560, 265), (440, 420))
    sheet.disc("plum", 310, 370, 150)
    sheet.block("plum", (160, 370, 460, 540), round=30)
    sheet.disc("gold", 310, 225, 24)
    colours = ("gold", "clay", "sea", "moss")
    for number in range(11):
        row, column = divmod(number, 4)
        _cup(sheet, colours[(number + row) % 4], 680 + 130 * column, 200 + 150 * row, 38)


def _cup(sheet: Sheet, colour: str, x: float, y: float, radius: float, *, ground: str = "cream") -> None:
    sheet.disc(colour, x + radius, y, radius * 0.6)
    sheet.disc(ground, x + radius, y, radius * 0.3)
    sheet.block(colour, (x - radius, y - radius, x + radius, y + radius), round=radius * 0.4)


# What is drawn, on which ground, and the words for whoever cannot see it.
PICTURES: dict[str, tuple[Callable[[Sheet], None], str, str]] = {
    "bubbles": (bubbles, "cream", "Six speech bubbles, each in a colour of its own."),
    "table": (table, "cream", "Eight stools around a table, seen from above. One of them is free."),
    "steps": (steps, "cream", "Four steps that lead upwards, with a flag on the last."),
    "book": (book, "blush", "An open book beside a cup of tea."),
    "kettle": (kettle, "cream", "A kettle and eleven cups."),
}


def drawn(name: str) -> BytesIO:
    """The picture of this name as a PNG file."""
    draw, ground, _alt = PICTURES[name]
    sheet = Sheet(ground)
    draw(sheet)
    return sheet.file()


def words_for(name: str) -> str:
    return PICTURES[name][2]


def _finer(*numbers: float) -> tuple[float, ...]:
    return tuple(number * FINER for number in numbers)
