"""What the documents say of whom the hub holds against: each section names tests that are there, and the rows of the
standard are all there."""

import re
from collections import Counter
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
PARTS = ("**What holds them.**", "**What does not.**", "**Which tests show it.**")
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
LINKED = re.compile(r"\]\(#([\w-]+)\)")
FILES, TESTS = re.compile(r"tests/[\w/]+\.py"), re.compile(r"`(test_\w+)`")
# How many requirements each chapter of ASVS 5.0 has on levels 1 and 2.
CHAPTERS = dict(
    zip(range(1, 18), [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7], strict=True)
)
ROW = re.compile(r"^\| (\d+\.[\d., ]+) \| (met|\*\*not met\*\*|does not apply) \| (.+) \|$", re.MULTILINE)


def test_each_adversary_is_held_by_something_and_not_by_everything():
    first, *sections = SECTION.split((DOCS / "threats.md").read_text())
    told = dict(zip(sections[::2], sections[1::2], strict=True))

    assert len(told) > 10
    assert [name for name, words in told.items() if [part in words for part in PARTS] != [True] * 3] == []
    assert [name for name, words in told.items() if not FILES.search(words.partition(PARTS[2])[2])] == []
    assert {name: gone for name, words in told.items() if (gone := missing_tests(words))} == {}
    assert set(LINKED.findall(first)) == {anchor(name) for name in told}


def test_every_row_of_the_standard_stands_there_once_and_is_counted():
    page = (DOCS / "asvs.md").read_text()
    rows = [(number, state) for numbers, state, _words in ROW.findall(page) for number in numbers.split(", ")]

    assert len({number for number, _state in rows}) == len(rows)
    assert Counter(int(number.partition(".")[0]) for number, _state in rows) == CHAPTERS
    of = Counter(state for _number, state in rows)
    said = re.search(r"\*\*(\d+) are met,\s(\d+) are not, (\d+) do not apply\*\*", page)
    assert said
    assert [*map(int, said.groups())] == [of["met"], of["**not met**"], of["does not apply"]]


def missing_tests(words: str) -> list[str]:
    """The tests that a section names and that none of its files has."""
    there = "\n".join((DOCS.parent / file).read_text() for file in FILES.findall(words))
    return [name for name in TESTS.findall(words) if f"def {name}(" not in there]


def anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
