"""What every test stands on."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.db.models import QuerySet
from django.template import Context, Template
from django.test import TransactionTestCase
from django.test.signals import template_rendered

from kit.call_stack import in_one_piece
from tests import amounts, chromium, libical, proxies, worlds
from tests.catalogues import POLISH, write_catalogue
from tests.reading_ease import pytest_terminal_summary  # noqa: F401 (pytest calls it)

# Python looks through everything it holds for circles that nobody needs any more: a fifth of the whole run. So not while
# tests are collected, of which nothing goes away; then seldom, and only among what came later.
gc.disable()
THINGS_BETWEEN_LOOKS = 500_000

# The same examples each time; `--hypothesis-profile=explore` looks for new ones.
hypothesis.settings.register_profile("few", derandomize=True, deadline=None, max_examples=20)
hypothesis.settings.register_profile("many", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", max_examples=2000, deadline=None)

IN_CI = bool(os.environ.get("CI") or os.environ.get("ALLYHUB_CI"))
HERE = Path(__file__).parent
OURS = ("allyhub", "breakouts", "concerns", "events", "feedback", "kit", "learning", "mail", "people")
# What locks, counts, orders and keeps; what views and mails make of it is the same on any database.
CAN_DIFFER_ON_POSTGRES = {"actions", "pages", "mail", "people"}
# Of those in these folders: each of their statements is sent by another test too (`make asked-by-others`).
ASKED_BY_OTHERS = {*(HERE / "asked_by_others.txt").read_text().splitlines()}
# The last one is a hub in processes of its own, on a database of its own.
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "killable_hub"}
NO_GETTEXT = "no xgettext found: install gettext"
NO_NGINX = "no nginx found: install it (apt install nginx-light)"
NO_NODE = "no node found, or no `npm ci` in tests/calendar_readers: scripts/install-readers"
NO_LIBICAL = "no libical 3 found: install it (apt install libical3)"
NO_CHROMIUM = "no Chromium found: install it, or set CHROMIUM to its path"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--many",
        action="store_true",
        help="as many examples, people and turns as `make test-all` tries, not only those of `make test`",
    )


def pytest_configure(config: pytest.Config) -> None:
    amounts.ARE_MANY = config.getoption("many")
    if not config.getoption("hypothesis_profile"):
        hypothesis.settings.load_profile("many" if amounts.ARE_MANY else "few")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    _choose(config, items)
    yield
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(THINGS_BETWEEN_LOOKS)
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """As pytest itself does it, but with room for the calls: they begin deep in here, so that nearly every test would
    have a loop at an edge (a tenth of the whole run, a quarter where pages are drawn)."""
    runner = item.config.pluginmanager.get_plugin("runner")
    return bool(in_one_piece(lambda: runner.pytest_runtest_protocol(item, nextitem)))


def _turn(item: pytest.Item) -> int:
    """Files go to whichever process is free. Those that take longest come first: what is walked in a browser, then what
    is about the hub as a whole. Else one process would still walk when the others have nothing left to do."""
    if item.get_closest_marker("browser"):
        return 0
    return 1 if item.path.parent == HERE else 2


def _choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a database of its own (the second run) only tests that meet a database say anything new. Browser tests are
    skipped where there is no browser, those of translating without gettext, those of the proxy without nginx, those of
    calendars as JavaScript reads them without node, as C does without libical; in CI that is a failure."""
    if os.environ.get("DATABASE_URL_TEST"):
        told_already = [item for item in items if not _meets_the_database(item)]
        config.hook.pytest_deselected(items=told_already)
        items[:] = [item for item in items if _meets_the_database(item)]
    seen: set[str] = set()
    for item in items:
        test, _bracket, _case = item.nodeid.partition("[")
        _mark(item, is_first_case=test not in seen, is_asked=test in ASKED_BY_OTHERS)
        seen.add(test)
    if IN_CI:
        return
    _skip_without(items, "gettext", lambda: shutil.which("xgettext"), NO_GETTEXT)
    _skip_without(items, "nginx", proxies.find_nginx, NO_NGINX)
    _skip_without(items, "node", has_readers, NO_NODE)
    _skip_without(items, "libical", libical.is_there, NO_LIBICAL)
    _skip_without(items, "browser", chromium.find, NO_CHROMIUM)


def has_readers() -> bool:
    return shutil.which("node") is not None and (HERE / "calendar_readers" / "node_modules").is_dir()


def _skip_without(items: list[pytest.Item], marker: str, find: Callable[[], object], reason: str) -> None:
    """`find` is asked only if there is something to run."""
    concerned = [item for item in items if item.get_closest_marker(marker)]
    if concerned and not find():
        for item in concerned:
            item.add_marker(pytest.mark.skip(reason=reason))


def _mark(item: pytest.Item, *, is_first_case: bool, is_asked: bool) -> None:
    """What a test need not say of itself: see `markers` in pyproject.toml. The cases of a test ask the database the same
    questions, so that on Postgres the first of them tells what can differ; where many things are tried all do."""
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        item.add_marker("many")
    if _has_real_transactions(item):
        item.add_marker("postgres")
    elif is_first_case and _can_differ(item.path.relative_to(HERE)):
        item.add_marker("asked_by_others" if is_asked else pytest.mark.postgres(by_folder=True))


def _can_differ(path: Path) -> bool:
    return "views" not in path.parts and bool(CAN_DIFFER_ON_POSTGRES & {*path.parts})


def _meets_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


def _has_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_transactional = marker is not None and marker.kwargs.get("transaction", False)
    return is_transactional or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True, scope="session")
def _no_query_of_a_module_keeps_its_answer() -> Iterator[None]:
    """What a module has for all is narrowed or copied: read as it is, it would say the same for ever."""
    yield
    ours = [module for name, module in sys.modules.items() if name.partition(".")[0] in OURS]
    queries = [(m.__name__, name, q) for m in ours for name, q in vars(m).items() if isinstance(q, QuerySet)]
    assert [(where, name) for where, name, query in queries if query._result_cache is not None] == []


@pytest.fixture(autouse=True, scope="session")
def _emptied_in_our_way() -> Iterator[None]:
    """After a test with real transactions; the table of the cache, which is no model, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: worlds.empty())
        yield


@pytest.fixture(autouse=True, scope="session")
def _only_whole_templates_tell(django_test_environment: None) -> Iterator[None]:
    """Django has every part of a page tell its tests what it was drawn with, and their client copies all of it. What
    `response.context` is asked for is in that of the whole page; the parts cost a twentieth of the time."""

    def draw(template: Template, context: Context) -> str:
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", draw)
        yield


@pytest.fixture
def polish_too(settings, tmp_path: Path) -> None:
    """The hub speaks British English and some Polish."""
    write_catalogue(tmp_path, "pl", POLISH)
    settings.LOCALE_PATHS = [tmp_path]
