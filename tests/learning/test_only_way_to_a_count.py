"""How people answered a situation is opened by two modules alone, which know when too few have; others ask them."""

import re
from pathlib import Path

from django.conf import settings

ROWS = re.compile(r"\b(ScenarioCount|LiveCount|scenario_count\b|\.count\.tally|live\.count\b)")
MAY = {
    "learning/actions/scenario_counts.py",
    "learning/actions/live_scenarios.py",
    "learning/models/__init__.py",
    "learning/models/scenario.py",
    # The names of models, so that no page for everyone reads them.
    "allyhub/settings/storage.py",
}


def read_in(path: Path) -> bool:
    return bool(ROWS.search(path.read_text()))


def test_nobody_else_reads_what_was_counted():
    apps = ("allyhub", "breakouts", "concerns", "events", "feedback", "kit", "learning", "mail", "people")
    code = [path for app in apps for path in (settings.BASE_DIR / app).rglob("*.py")]
    pages = list((settings.BASE_DIR / "templates").rglob("*.html"))

    found = {path.relative_to(settings.BASE_DIR).as_posix() for path in [*code, *pages] if read_in(path)}

    assert {name for name in found if "/migrations/" not in name} == MAY
