"""A picture somebody uploads, opened with care and written anew: smaller, upright, with nothing in it but pixels."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

# What cameras, phones and drawing programs write, and how many pixels of it we are willing to unfold in memory.
# Other formats of Pillow stay closed: fewer parsers, less to break.
MAX_PIXELS = {"JPEG": 25_000_000, "PNG": 12_000_000, "WEBP": 12_000_000, "GIF": 12_000_000}
LONGEST_SIDE = 1600
# Eleven rem of a list, for screens with twice as many pixels.
SMALL_SIDE = 400
QUALITY = 82


class NotAPicture(ValueError):
    """The file cannot be read as one of MAX_PIXELS' formats."""


class TooManyPixels(ValueError):
    """The picture would need far more memory than the size of its file suggests."""


@dataclass(frozen=True)
class Written:
    """A picture written anew. `name` is made of the content, so that a new picture is a new address; it ends in its
    size in pixels."""

    name: str
    content: bytes


def rewritten(file: BinaryIO, longest: int = LONGEST_SIDE) -> Written:
    """The picture as WebP, at most so many pixels on its longer side. EXIF, with the place where it was
    taken, and everything else beside the pixels is left behind. Raises NotAPicture, TooManyPixels."""
    picture = _pixels(file, longest)
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=QUALITY, method=4)
    content = buffer.getvalue()
    digest = hashlib.sha256(content).hexdigest()[:24]
    return Written(f"{digest}-{picture.width}x{picture.height}.webp", content)


def small(file: BinaryIO) -> bytes:
    """One of ours as a list shows it, at most SMALL_SIDE pixels on its longer side, as WebP."""
    with Image.open(file, formats=["WEBP"]) as picture:
        picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
        buffer = BytesIO()
        picture.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


def _pixels(file: BinaryIO, longest: int) -> Image.Image:
    try:
        with Image.open(file, formats=list(MAX_PIXELS)) as opened:
            if opened.width * opened.height > MAX_PIXELS[str(opened.format)]:
                raise TooManyPixels
            opened.thumbnail((longest, longest))
            return _only_pixels(ImageOps.exif_transpose(opened))
    except (TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except Exception as error:  # decoders stumble over broken files in many ways, all of which mean the same
        raise NotAPicture from error


def _only_pixels(picture: Image.Image) -> Image.Image:
    """The picture on a white ground, since what is transparent would vanish on one of the two colour schemes."""
    layered = picture.convert("RGBA")
    ground = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(ground, layered).convert("RGB")
