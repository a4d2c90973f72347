"""What waits and what was counted is read by feedback.actions.tallies and feedback.actions.pool alone: everybody else
asks `tallies.shown` and `tallies.texts_shown`, which know when there are too few."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib import admin

OURS = {"allyhub", "kit", "people", "mail", "events", "breakouts", "concerns", "feedback", "learning"}
# Those two, the models themselves, and where the names of models are only passed on.
MAY = {
    "feedback/actions/tallies.py",
    "feedback/actions/pool.py",
    "feedback/models/feedback_round.py",
    "feedback/models/__init__.py",
}
ROWS = {"tallies", "texts", "waiting"}
# What is asked of a dictionary.
NO_QUERIES = {"get", "pop", "setdefault"}
# Whether the clock has anything to do; how much is not asked.
OTHER_THINGS = {("feedback/actions/rounds.py", "waiting__isnull")}


def ways_in(path: str, code: str) -> Iterator[tuple[str, str]]:
    """`AnswerText` may be named, as what tallies hands out; nothing may be asked of it. A page or a form may have
    `texts`, but not a round, and nothing may be asked of them as of rows."""
    for node in ast.walk(ast.parse(code)):
        for way in [*_through_attributes(node), *_through_words(node)]:
            yield path, way


def _through_attributes(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Attribute(attr="tallies" | "waiting"):
            yield ast.unparse(node)
        case ast.Attribute(value=of, attr="texts") if "round" in ast.unparse(of).lower():
            yield ast.unparse(node)
        case ast.Attribute(value=ast.Attribute(attr="texts") | ast.Name(id="AnswerText")):
            yield ast.unparse(node)
        case ast.Call(func=ast.Name(id="AnswerText")):
            yield ast.unparse(node)


def _through_words(node: ast.AST) -> Iterator[str]:
    """The names of rows as they are said in queries: "waiting" alone may be any word."""
    match node:
        case ast.ImportFrom(names=names):
            yield from (alias.name for alias in names if alias.name == "WaitingSheet")
        case ast.Call(func=ast.Attribute(attr=asked), args=args, keywords=keywords) if (
            asked not in NO_QUERIES
        ):
            said = [arg.value for arg in args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            said += [word.arg for word in keywords if word.arg]
            yield from (name for name in said if name.split("__")[0] in ROWS)


def code_of_feedback() -> Iterator[tuple[str, str]]:
    for app in sorted(OURS):
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            name = path.relative_to(settings.BASE_DIR).as_posix()
            if "/migrations/" not in name and name not in MAY and _may_know_feedback(path):
                yield name, path.read_text()


def _may_know_feedback(path: Path) -> bool:
    return path.parts[len(settings.BASE_DIR.parts)] == "feedback" or "feedback" in path.read_text()


def test_nobody_else_reads_what_waits_or_was_counted():
    read = list(code_of_feedback())

    found = {way for name, code in read for way in ways_in(name, code)}

    assert len(read) > 20
    assert found - OTHER_THINGS == set()


def test_no_template_reads_it():
    pages = [*settings.BASE_DIR.glob("templates/**/*.html"), *settings.BASE_DIR.glob("templates/**/*.md")]

    found = [
        page.name
        for page in pages
        for words in ("round.tallies", "round.texts", "round.waiting", "waiting.count", "waiting.all")
        if words in page.read_text()
    ]

    assert len(pages) > 100
    assert found == []


def test_the_walk_finds_a_way_in():
    for code in (
        "n = round.waiting.count()",
        "t = json.loads(round.tallies)",
        "for text in round.texts.all(): pass",
        "rows = self.round.texts",
        "rows = it.texts.filter(is_released=False)",
        "rows = AnswerText.objects.all()",
        "from feedback.models.feedback_round import WaitingSheet",
        "FeedbackRound.objects.filter(waiting__isnull=False)",
        "FeedbackRound.objects.values_list('tallies')",
    ):
        assert list(ways_in("a.py", code)), code


def test_the_administration_does_not_know_of_feedback():
    known = {model._meta.label for model in admin.site._registry}

    assert known & {model._meta.label for model in apps.get_app_config("feedback").get_models()} == set()
