"""Each kind of mail is declared once, owed somewhere and has a template; whatever names a kind names one that there is.

Whoever owes a mail names its kind, since actions stand below the words of mails. So the code is read for whatever is
given as a KindName (mail/models): where a mail is owed its kind is written out, or handed on by what had it written out.
"""

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest
from django.conf import settings
from django.template.loader import get_template

from allyhub.joins import MAIL_KINDS
from mail.kinds import Kind, kind, kinds_in
from mail.message import Draft
from mail.models import KindName, OutgoingMail

APPS = ("allyhub", "breakouts", "concerns", "events", "feedback", "learning", "mail", "people")
TEMPLATES = Path(settings.BASE_DIR, "templates", "mail")


def modules() -> Iterator[ModuleType]:
    for app in map(import_module, APPS):
        for info in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            if ".migrations" not in info.name:
                yield import_module(info.name)


def source(module: ModuleType) -> str:
    return Path(module.__file__ or "").read_text()


def is_kind_name(annotation: Any) -> bool:
    """KindName, or something that holds some: `tuple[KindName, ...]`."""
    return annotation == KindName or any(map(is_kind_name, get_args(annotation)))


def constants(module: ModuleType) -> dict[str, list[str]]:
    """The constants of a module that hold names of kinds, and which."""
    hints = get_type_hints(module, include_extras=True)
    return {name: _names(vars(module)[name]) for name, hint in hints.items() if is_kind_name(hint)}


def _names(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [*(value.values() if isinstance(value, dict) else value)]


def calls(module: ModuleType) -> Iterator[tuple[ast.FunctionDef, ast.Call]]:
    """Each call, with the function in which it stands."""
    for function in ast.walk(ast.parse(source(module))):
        if isinstance(function, ast.FunctionDef):
            yield from ((function, node) for node in ast.walk(function) if isinstance(node, ast.Call))


def called(module: ModuleType, name: ast.expr) -> Any:
    """What `owe` or `notices.owe` is in a module; None for what is not called by names alone."""
    if isinstance(name, ast.Name):
        return vars(module).get(name.id)
    return getattr(called(module, name.value), name.attr, None) if isinstance(name, ast.Attribute) else None


def given(module: ModuleType, call: ast.Call) -> list[ast.expr]:
    """What is given for the parameter that is a KindName, if there is one."""
    try:
        signature = inspect.signature(called(module, call.func))
        words = {word.arg: word.value for word in call.keywords if word.arg}
        arguments = signature.bind_partial(*call.args, **words).arguments
    except (TypeError, ValueError):
        return []
    kinds = [name for name, one in signature.parameters.items() if one.annotation == KindName]
    values = [arguments[name] for name in kinds if name in arguments]
    return list(chain.from_iterable(each if isinstance(each, tuple) else (each,) for each in values))


def written_out(module: ModuleType, value: ast.expr) -> list[str]:
    """The kinds that an expression can be: written there, or in a constant."""
    if isinstance(value, ast.IfExp):
        return [*written_out(module, value.body), *written_out(module, value.orelse)]
    if isinstance(value, ast.Constant):
        return [value.value]
    if isinstance(value, ast.Name):
        return constants(module).get(value.id, [])
    return [name for part in ast.iter_child_nodes(value) for name in written_out(module, part)]


def is_handed_on(function: ast.FunctionDef, value: ast.expr) -> bool:
    """It came in as a KindName: as a parameter, or as the field of a thing."""
    if isinstance(value, ast.Attribute):
        return value.attr == "kind"
    parameters = [*function.args.args, *function.args.kwonlyargs]
    names = {one.arg for one in parameters if one.annotation and ast.unparse(one.annotation) == "KindName"}
    return isinstance(value, ast.Name) and value.id in names


@pytest.fixture(scope="module")
def named() -> list[tuple[str, bool, list[str]]]:
    """Of each place that names kinds: where it is, whether it owes a mail, and the kinds, unless they are handed on."""
    found = []
    for module in modules():
        found += [(module.__name__, False, kinds) for kinds in constants(module).values()]
        for function, call in calls(module):
            owes = not ast.unparse(call.func).endswith("of_kind")
            for value in given(module, call):
                if not is_handed_on(function, value):
                    found.append((f"{module.__name__}.{function.name}", owes, written_out(module, value)))
    return found


def test_whatever_names_a_kind_of_mail_names_one_that_is_declared(named):
    assert [(where, name) for where, _owes, kinds in named for name in kinds if name not in MAIL_KINDS] == []


def test_where_a_mail_is_owed_its_kind_is_written_out(named):
    assert [where for where, owes, kinds in named if owes and not kinds] == []


def test_every_kind_is_owed_somewhere(named):
    assert set(MAIL_KINDS) == {name for _where, owes, kinds in named if owes for name in kinds}


def test_mails_are_looked_for_by_kinds_that_are_checked():
    """`filter(kind="recapp")` finds nothing and says nothing."""
    looking = "OutgoingMail.objects.filter(kind="
    assert [module.__name__ for module in modules() if looking in source(module)] == []


def test_every_template_belongs_to_one_kind_and_every_kind_has_one():
    used = sorted(kind.template for kind in MAIL_KINDS.values())

    assert used == sorted(file.stem for file in TEMPLATES.glob("*.md") if not file.stem.startswith("_"))
    for name in used:
        get_template(f"mail/{name}.md")


def test_every_kind_has_words_for_organisers_or_a_reason_why_they_do_not_see_it():
    for each in MAIL_KINDS.values():
        assert bool(str(each.words or "")) != bool(each.unlisted), each.name


def a_kind(name: str = "hello", **more: Any) -> Kind:
    return kind(name, **more)(lambda mail: Draft("Hello", {}))


def test_a_declaration_says_exactly_one_of_the_two():
    for more in ({}, {"words": "Hello", "unlisted": "Nobody needs to see it."}):
        with pytest.raises(ValueError, match="hello"):
            a_kind(**more)


def test_two_kinds_of_one_name_are_refused():
    one, other = ModuleType("one"), ModuleType("other")
    one.hello, other.hello = a_kind(words="Hello"), a_kind(words="Hello again")

    with pytest.raises(ValueError, match="hello"):
        kinds_in(one, other)


@pytest.mark.django_db
def test_a_mail_about_something_that_is_gone_is_dropped():
    for each in MAIL_KINDS.values():
        if each.about:
            assert each.compose(OutgoingMail(kind=each.name, to_email="amara@example.org", about=999)) is None
