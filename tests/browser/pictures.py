"""Pictures of all pages for people to look at: ALLYHUB_SHOTS=<folder> pytest -m browser."""

import itertools
import os
from pathlib import Path

from playwright.sync_api import Page

SIZES = {1280: 900, 390: 844}
SCHEMES = ("light", "dark")


def take_pictures(page: Page, name: str) -> None:
    """Two widths in light and dark, as `<view>-<number>-<width>-<scheme>.png`; leaves the page wide and light."""
    folder = os.environ.get("ALLYHUB_SHOTS")
    if not folder:
        return
    stem = _free_stem(Path(folder), name.replace(":", "-"))
    for scheme, width in itertools.product(reversed(SCHEMES), reversed(SIZES)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        page.screenshot(path=f"{stem}-{width}-{scheme}.png", full_page=True, animations="disabled")


def _free_stem(folder: Path, name: str) -> Path:
    """Another number for each state of the page, also where several processes count."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in itertools.count(1):
        stem = folder / f"{name}-{number}"
        try:
            stem.with_name(f".{stem.name}").touch(exist_ok=False)
        except FileExistsError:
            continue
        return stem
    raise AssertionError("count() does not end")
