"""`make test`: everything that must hold. Goes on after a failure, so that one run tells all of them.

The tests on SQLite run all the time; beside them are made, one after the other, the checks and the tests on Postgres.

`make test-all` runs it and then, as `test.py the-rest`, what costs more than it usually tells: many examples and large
crowds on both databases, and on Postgres also what has no reason to turn out differently there.

In CI (CI or ALLYHUB_CI is set) nothing may be skipped: a missing browser or Postgres is a failure there.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
IN_CI = bool(os.environ.get("CI") or os.environ.get("ALLYHUB_CI"))
# Servers are not on everybody's PATH.
WITH_SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
IN_COLOUR = sys.stdout.isatty()

APPS = ["allyhub", "breakouts", "concerns", "feedback", "learning", "events", "people", "mail", "kit"]
SECRETS = {
    "SECRET_KEY": "as-long-as-a-real-one-and-as-little-to-be-guessed-0123456789",
    "ALLYHUB_KEYS": "A" * 43 + "=",
}
REAL_HUB = SECRETS | {"SITE_URL": "https://hub.example.org", "DEBUG": "0", "ALLYHUB_DEMO": "0"}

# A file at a time, so that the world its tests share is made once; tests/conftest.py says in which order.
PYTEST = ["python", "-m", "pytest", "-q", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=25"]
# Whoever drives a browser waits for it more than half of the time, and what is done beside the tests on SQLite (the
# checks, and then Postgres) ends before them. With one process more than cores for these no core has nothing to do.
CORES = min(os.cpu_count() or 1, 8)
BESIDE = max(1, CORES // 3)
PROCESSES = CORES + 1
ON_SQLITE = {"DATABASE_URL_TEST": ""}
# All that drives a browser stands there: these processes need not even read it.
WITHOUT_BROWSER = "--ignore=tests/browser"

# Less than half a gigabyte is there when it is most.
IN_MEMORY, PLENTY_BYTES = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 (each run has a folder of its own in it)

NO_POSTGRES = (
    "The tests on Postgres: no `initdb` and `postgres` found (apt install postgresql), no DATABASE_URL_TEST."
)
NO_GETTEXT = "The tests of what can be translated: no xgettext found (apt install gettext)."
NO_NGINX = "The tests of the proxy: no nginx found (apt install nginx-light)."
NO_NODE = "The tests of calendars as JavaScript reads them: no npm found (apt install nodejs npm)."
NO_LIBICAL = "The tests of calendars as libical reads them: it was not found (apt install libical3)."
NO_CHROMIUM = "The tests in a browser: no Chromium found (apt install chromium-headless-shell), and CHROMIUM names none."


@dataclass
class Step:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, capture: bool) -> "Outcome":
        began = time.monotonic()
        program, *arguments = self.command
        process = subprocess.Popen(
            [PROGRAMS / program, *arguments],
            cwd=ROOT,
            env=os.environ | self.environment,
            stdout=subprocess.PIPE if capture else None,
            stderr=subprocess.STDOUT if capture else None,
            text=True,
        )
        RUNNING.append(process)
        if ENDING.is_set():
            process.terminate()
        said, _errors = process.communicate()
        return Outcome(self.name, not process.returncode, time.monotonic() - began, said or "")


RUNNING: list[subprocess.Popen[str]] = []
ENDING = threading.Event()


@dataclass
class Outcome:
    name: str
    is_good: bool
    seconds: float
    said: str = ""
    # What it says is worth reading even if all is well.
    is_long: bool = False


def main(words: list[str]) -> int:
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    # Some fifty processes start here: none should compile again what another has.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # Asked to end, leave in an orderly way: no Postgres stays behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with scratch_in_memory():
        outcomes, skipped = the_rest() if words == ["the-rest"] else the_usual()
    return report(outcomes, skipped)


@contextmanager
def scratch_in_memory() -> Iterator[None]:
    """What is written for a moment (by Postgres, Chromium, SQLite and the tests themselves) goes to memory where there is
    plenty of it: with a disk the tests in browsers take a twelfth more of the processor."""
    if "TMPDIR" in os.environ or not has_plenty_of_memory():
        yield
        return
    with tempfile.TemporaryDirectory(
        prefix="allyhub-run-", dir=IN_MEMORY, ignore_cleanup_errors=True
    ) as folder:
        # Postgres runs as somebody else where root runs the tests.
        Path(folder).chmod(0o711)
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        yield


def has_plenty_of_memory() -> bool:
    """Also for programs that tests write and start: containers often allow none in there."""
    if not os.access(IN_MEMORY, os.W_OK):
        return False
    there = os.statvfs(IN_MEMORY)
    return there.f_bavail * there.f_frsize >= PLENTY_BYTES and not there.f_flag & os.ST_NOEXEC


def the_usual() -> tuple[list[Outcome], list[str]]:
    skipped = [] if has_chromium() else [NO_CHROMIUM]
    skipped += [] if shutil.which("nginx", path=WITH_SBIN) else [NO_NGINX]
    skipped += [] if shutil.which("xgettext") else [NO_GETTEXT]
    skipped += [] if shutil.which("npm") else [NO_NODE]
    skipped += [] if has_libical() else [NO_LIBICAL]

    def beside() -> list[Outcome]:
        with tempfile.TemporaryDirectory(prefix="allyhub-checks-") as scratch:
            outcomes = check(Path(scratch))
        # The browser is driven already; what differs here is the database.
        only_these = ("-m", "postgres", WITHOUT_BROWSER)
        return outcomes + test_on_postgres(skipped, BESIDE, "Tests on Postgres", *only_these)

    return side_by_side(beside, "Tests on SQLite"), skipped


def the_rest() -> tuple[list[Outcome], list[str]]:
    skipped: list[str] = []
    rest = ("--many", "-m", "many or not postgres", WITHOUT_BROWSER)

    def beside() -> list[Outcome]:
        # Here these are the most.
        return test_on_postgres(skipped, CORES, "Many examples and everything else on Postgres", *rest)

    return side_by_side(beside, "Many examples on SQLite", "--many", "-m", "many"), skipped


def side_by_side(beside: Callable[[], list[Outcome]], name: str, *arguments: str) -> list[Outcome]:
    """The tests on SQLite, seen as they run, and what is done meanwhile: no core waits for the end of the one or the
    other. Of what is done beside them only a failure is told at once."""
    with ThreadPoolExecutor(1) as pool:
        others = pool.submit(beside)
        try:
            on_sqlite = Step(name, pytest_with(PROCESSES, *arguments), ON_SQLITE).run(capture=False)
            others.result()
        except BaseException:
            end_everything()
            raise
    for outcome in others.result():
        if outcome.is_long and outcome.is_good:
            print(paint(f"\n{outcome.name}", "1"), outcome.said, sep="\n", flush=True)
    return [*others.result(), on_sqlite]


def end_everything() -> None:
    """Also what would begin after it."""
    ENDING.set()
    for process in RUNNING:
        process.terminate()


def check(scratch: Path) -> list[Outcome]:
    """What can be said without running the hub; side by side."""
    steps = [
        Step("Types", ["mypy", *APPS, "bench", "scripts"]),
        Step(
            "Settings of a real hub",
            ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            REAL_HUB | {"VAR_DIR": str(scratch)},
        ),
        Step(
            "Static files",
            ["python", "manage.py", "collectstatic", "--noinput", "-v0"],
            REAL_HUB | {"VAR_DIR": str(scratch)},
        ),
        Step("Who may import whom", ["lint-imports"]),
        Step("Lint", ["ruff", "check", "--output-format", "concise", "."]),
        Step("Format", ["ruff", "format", "--check", "--output-format", "concise", "."]),
        Step("Templates", ["python", "scripts/templates.py", "--check"]),
    ]
    with ThreadPoolExecutor(BESIDE) as pool:
        outcomes = []
        for outcome in pool.map(lambda step: step.run(capture=True), steps):
            tell_failure(outcome)
            outcomes.append(outcome)
    return outcomes


def pytest_with(processes: int, *arguments: str) -> list[str]:
    return [*PYTEST, "-n", str(processes if processes > 1 else 0), *arguments]


def test_on_postgres(skipped: list[str], processes: int, name: str, *arguments: str) -> list[Outcome]:
    def test(environment: dict[str, str]) -> list[Outcome]:
        outcome = Step(name, pytest_with(processes, *arguments), environment).run(capture=True)
        outcome.is_long = True
        tell_failure(outcome)
        return [outcome]

    programs = postgres.find_programs()
    if os.environ.get("DATABASE_URL_TEST"):
        return test({})
    if programs is None:
        skipped.append(NO_POSTGRES)
        return []
    try:
        with postgres.throwaway_cluster(programs) as address:
            return test({"DATABASE_URL_TEST": address})
    except postgres.DidNotStart as error:
        return [Outcome(name, False, 0, str(error))]


def has_chromium() -> bool:
    sys.path.insert(0, str(ROOT))
    from tests import chromium

    return chromium.find() is not None


def has_libical() -> bool:
    sys.path.insert(0, str(ROOT))
    from tests import libical

    return libical.is_there()


def report(outcomes: list[Outcome], skipped: list[str]) -> int:
    print()
    for outcome in outcomes:
        tell(outcome)
    for missing in skipped:
        print(paint(f"NOT RUN  {missing}", "31" if IN_CI else "33"))
    failed = [outcome.name for outcome in outcomes if not outcome.is_good]
    if IN_CI:
        failed += ["nothing may be left out in CI"] if skipped else []
    if failed:
        print(paint(f"FAILED: {', '.join(failed)}.", "31"))
        return 1
    print(paint("All good, as far as it was run (see NOT RUN above)." if skipped else "All good.", "32"))
    return 0


def tell(outcome: Outcome) -> None:
    mark = paint("ok     ", "32") if outcome.is_good else paint("FAILED ", "31")
    print(f"{mark} {outcome.name} ({outcome.seconds:.1f} s)", flush=True)


def tell_failure(outcome: Outcome) -> None:
    if not outcome.is_good:
        print(flush=True)
        tell(outcome)
        print(outcome.said, flush=True)


def paint(words: str, colour: str) -> str:
    return f"\033[{colour}m{words}\033[0m" if IN_COLOUR else words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
