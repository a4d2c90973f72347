"""`make graph`: which of our folders imports which, counted by modules, written into docs/architecture.md.

A row imports what its columns name. Nothing stands left of the dots: no arrow leads upward, and none between sisters.
"""

import re
import sys
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "architecture.md"
BLOCK = re.compile(r"(?<=<!-- make graph -->\n```\n).*?(?=```\n<!-- end -->)", re.DOTALL)

Imports = dict[str, set[str]]


def main() -> None:
    words = picture()
    print(words)
    DOCUMENT.write_text(BLOCK.sub(lambda _: words, DOCUMENT.read_text()))


def picture() -> str:
    """The table, what leads upward, and what goes in a circle."""
    sys.path.insert(0, str(ROOT))
    floors = floors_of(tomllib.loads((ROOT / "pyproject.toml").read_text()))
    folders = [folder for floor in floors for folder in floor]
    graph = grimp.build_graph(*folders, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in sorted(graph.modules)}
    return "\n".join([*table(folders, imports), "", *findings(floors, imports)]) + "\n"


def floors_of(project: dict) -> list[list[str]]:
    """The floors from the roof down, as the first import contract has them."""
    contract = project["tool"]["importlinter"]["contracts"][0]
    return [[folder.strip() for folder in floor.split("|")] for floor in contract["layers"]]


def table(folders: list[str], imports: Imports) -> list[str]:
    width = max(map(len, folders))
    lines = [" " * width + "".join(f"  {folder:>{len(folder)}}" for folder in folders)]
    for importer in folders:
        cells = (count(importer, imported, imports) for imported in folders)
        row = "".join(f"  {cell:>{len(folder)}}" for cell, folder in zip(cells, folders, strict=True))
        lines.append(f"{importer:<{width}}{row}".rstrip())
    return lines


def count(importer: str, imported: str, imports: Imports) -> str:
    """How many modules of one folder import something of the other; "·" for a folder and itself."""
    if importer == imported:
        return "·"
    number = sum(
        any(is_in(imported, target) for target in targets)
        for module, targets in imports.items()
        if is_in(importer, module)
    )
    return str(number or "")


def is_in(folder: str, module: str) -> bool:
    return module.partition(".")[0] == folder


def findings(floors: list[list[str]], imports: Imports) -> list[str]:
    upward, circles = leading_upward(floors, imports), in_circles(imports)
    return [
        f"upward or between sisters: {', '.join(upward) or 'none'}",
        f"modules in circles: {', '.join(circles) or 'none'}",
    ]


def leading_upward(floors: list[list[str]], imports: Imports) -> list[str]:
    floor_of = {folder: number for number, floor in enumerate(floors) for folder in floor}
    return [
        f"{module} -> {target}"
        for module, targets in imports.items()
        for target in sorted(targets)
        if (here := module.partition(".")[0]) != (there := target.partition(".")[0])
        and floor_of[there] <= floor_of[here]
    ]


def in_circles(imports: Imports) -> list[str]:
    """What is left when modules that import nothing left, and those that nothing left imports, are taken away."""
    left = {module: set(targets) for module, targets in imports.items()}
    while ends := _ends(left):
        left = {module: targets - ends for module, targets in left.items() if module not in ends}
    return sorted(left)


def _ends(left: Imports) -> set[str]:
    imported = set().union(*left.values())
    return {module for module, targets in left.items() if not targets or module not in imported}


if __name__ == "__main__":
    main()
