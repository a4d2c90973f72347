"""Where this machine keeps a Chromium that the browser tests can drive."""

import os
import shutil
from pathlib import Path

# The first is Chromium without its windows, a package of Debian's of its own: it takes a third less of the processor.
NAMES = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
]
MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find() -> str | None:
    """The program's path: CHROMIUM if that is set, else one on the PATH, else what `playwright install` left."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or _playwrights_own() or (str(MACOS) if MACOS.exists() else None)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
