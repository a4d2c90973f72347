"""`make fmt` and `make test`: the templates with an element or a tag a line, and no line over 120 columns.

    python scripts/templates.py           puts them in order, and says which lines are still too long
    python scripts/templates.py --check   says which are not in order; changes nothing

Where lines may end is known by kit/markup/whitespace.py: only where a browser ignores it. How Django's own tags are
written is left to djade. Mails (.md, .txt) stay as they are: there white space is read.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from layout.lines import Changed, laid_out  # noqa: E402
from layout.spaces import FOLDER  # noqa: E402
from layout.writing import MOST_COLUMNS  # noqa: E402

from kit.markup.pieces import Unreadable  # noqa: E402

DJADE = Path(sys.executable).parent / "djade"


def main() -> int:
    wrong: list[str] = []
    written = {file: file.read_text() for file in sorted(FOLDER.rglob("*.html"))}
    in_order = with_djade(in_lines(written, wrong))
    changed = [file for file, text in in_order.items() if text != written[file]]
    if "--check" in sys.argv[1:]:
        wrong += [f"{name(file)}: not in order; `make fmt` sees to it" for file in changed]
    else:
        for file in changed:
            file.write_text(in_order[file])
    wrong += [line for file, text in in_order.items() for line in too_long(file, text)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


def in_lines(written: dict[Path, str], wrong: list[str]) -> dict[Path, str]:
    in_lines = {}
    for file, source in written.items():
        try:
            in_lines[file] = laid_out(source)
        except (Unreadable, Changed) as error:
            wrong.append(f"{name(file)}: {error}")
    return in_lines


def with_djade(sources: dict[Path, str]) -> dict[Path, str]:
    """Django's tags in one style: what is loaded in alphabetical order, the end of a long block with its name."""
    with tempfile.TemporaryDirectory() as folder:
        copies = {file: Path(folder, f"{number}.html") for number, file in enumerate(sources)}
        for file, copy in copies.items():
            copy.write_text(sources[file])
        done = subprocess.run([DJADE, *copies.values()], capture_output=True, text=True)
        if done.returncode not in (0, 1):  # 1: something was to do
            raise RuntimeError(done.stderr)
        return {file: copy.read_text() for file, copy in copies.items()}


def too_long(file: Path, text: str) -> list[str]:
    return [
        f"{name(file)}:{number}: {len(line)} columns, and nowhere to break it (see CONTRIBUTING, “Templates”)"
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > MOST_COLUMNS
    ]


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
