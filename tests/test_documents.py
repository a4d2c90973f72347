"""The documents lead newcomers through the code: what they name has to be there, and where they say."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
APPS = ("allyhub", "breakouts", "concerns", "feedback", "learning", "events", "people", "mail", "kit")
FOLDERS = "|".join((*APPS, "bench", "docs", "requirements", "scripts", "static", "templates", "tests"))

LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
# "events/forms/" and "events/forms/registration.py", but not the inside of a longer path or an address.
PATH = rf"(?:{FOLDERS})/[\w./-]*[\w/]"
NAMED = re.compile(rf"(?<![\w/.@-]){PATH}")
# "events.actions.registrations.register", but not "allyhub.sqlite3".
DOTTED = re.compile(rf"`((?:{'|'.join(APPS)})(?:\.(?!service|sqlite3|timer)[A-Za-z_]\w*)+)`")
# In the code itself there are no marks around it; "events.Event" is Django's way to name a model.
DOTTED_IN_CODE = re.compile(rf"(?<![\w/.'\"-])((?:{'|'.join(APPS)})(?:\.(?![A-Z])\w+)+)(?![\w(]|\.[A-Z])")
NAME = r"`@?([A-Za-z_]\w*(?:\.\w+)?)(?:\([^`]*\))?`"
FILE = rf"\[?`((?:{FOLDERS})/[\w./-]+\.\w+|pyproject\.toml)`"
# "`blank` of `events/…py`", "`EDITION` in `events/…py`", "`Sealed` (`kit/sealing.py`)".
SAID_TO_BE_IN = re.compile(rf"((?:{NAME}(?:, | and ))*{NAME})\s+(?:(?:of|in)\s+|\(){FILE}")
SAID_TO_WRITE = re.compile(rf"{FILE}[^.;`]* only[^.;`]* writes {NAME}")


def test_what_a_document_names_is_there():
    def missing(document: Path, text: str) -> list[str]:
        paths = {document.parent / path for path in LINK.findall(text)}
        paths |= {ROOT / path for path in NAMED.findall(text)}
        return [str(path) for path in paths if not path.exists()]

    assert wrong_in_documents(missing) == {}


def test_what_a_document_names_with_dots_can_be_imported():
    def missing(_document: Path, text: str) -> list[str]:
        return [name for name in DOTTED.findall(text) if not is_there(name)]

    assert wrong_in_documents(missing) == {}


def test_what_comments_and_docstrings_name_with_dots_can_be_imported():
    sources = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    named = {str(path.relative_to(ROOT)): DOTTED_IN_CODE.findall(said_in(path)) for path in sources}

    assert sum(map(len, named.values())) > 50
    assert [(path, name) for path, names in named.items() for name in names if not is_there(name)] == []


def test_a_name_is_in_the_file_in_which_a_document_says_it_is():
    def elsewhere(_document: Path, text: str) -> list[tuple[str, str]]:
        return [pair for pair in pairs(text) if not is_in(*pair)]

    assert wrong_in_documents(elsewhere) == {}


def test_a_file_that_is_said_to_write_something_does():
    def does_not(_document: Path, text: str) -> list[tuple[str, str]]:
        said = SAID_TO_WRITE.findall(text)
        return [(path, name) for path, name in said if name.rpartition(".")[2] not in written_in(path)]

    assert wrong_in_documents(does_not) == {}


def test_the_documents_say_where_things_are():
    """Else these tests would hold because they find nothing to look at."""
    texts = [document.read_text() for document in DOCUMENTS]

    assert sum(len(list(pairs(text))) for text in texts) > 15
    assert sum(len(SAID_TO_WRITE.findall(text)) for text in texts) > 0
    assert sum(len(DOTTED.findall(text)) for text in texts) > 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("in `blank` of `events/actions/places.py`", [("blank", "events/actions/places.py")]),
        ("`A.b`, `@c` (`kit/x.py`)", [("A.b", "kit/x.py"), ("c", "kit/x.py")]),
        ("`job()` in\n  [`kit/x.py`](../kit/x.py)", [("job", "kit/x.py")]),
        ("`a` and `kit/x.py`", []),
    ],
)
def test_pairs_are_found_as_people_write_them(words, found):
    assert list(pairs(words)) == found


def wrong_in_documents(look: Callable[[Path, str], list]) -> dict[str, list]:
    """What `look` finds in each document, without those in which it finds nothing."""
    found = {str(path.relative_to(ROOT)): look(path, path.read_text()) for path in DOCUMENTS}
    return {document: wrong for document, wrong in found.items() if wrong}


def pairs(text: str) -> Iterator[tuple[str, str]]:
    for names, *_one, path in SAID_TO_BE_IN.findall(text):
        yield from ((name, path) for name in re.findall(NAME, names))


def said_in(path: Path) -> str:
    """The comments of a module, and its docstrings."""
    source = path.read_text()
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    nodes = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module)
    ]
    return "\n".join([*comments, *(ast.get_docstring(node) or "" for node in nodes)])


def is_there(dotted: str) -> bool:
    """As a module, or as a name in one."""
    path = ROOT / dotted.replace(".", "/")
    if path.is_dir() or path.with_suffix(".py").exists():
        return True
    module, _dot, name = dotted.rpartition(".")
    return bool(module) and find_spec(module) is not None and is_in(name, file_of(module))


def file_of(module: str) -> str:
    path = Path(module.replace(".", "/"))
    return str(path / "__init__.py") if (ROOT / path).is_dir() else f"{path}.py"


def is_in(name: str, path: str) -> bool:
    file = ROOT / path
    return name in defined_in(path) if file.suffix == ".py" else name in file.read_text()


@cache
def defined_in(path: str) -> set[str]:
    """`name` and `Class.name`; what is only imported is defined elsewhere."""
    tree = ast.parse((ROOT / path).read_text())
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    members = {f"{one.name}.{name}" for one in classes for name in names_of(one.body)}
    return names_of(tree.body) | members


def names_of(body: list[ast.stmt]) -> set[str]:
    names = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    targets = [
        target
        for node in body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    ]
    return names | {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}


def written_in(path: str) -> set[str]:
    """The attributes something is assigned to."""
    nodes = ast.walk(ast.parse((ROOT / path).read_text()))
    return {n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)}
