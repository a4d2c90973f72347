"""Every template compiles, what it names is there, and it keeps to the Content-Security-Policy."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Node, Template, engines
from django.template.base import FilterExpression
from django.template.defaulttags import URLNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.static import StaticNode
from django.urls import URLPattern, URLResolver, get_resolver

from allyhub import demo
from kit import environment

FOLDER = environment.BASE_DIR / "templates"
NAMES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.*"))

# A script with a type other than JavaScript's is data, which no policy forbids.
INLINE = re.compile(
    r"""\sstyle=|<style|<script(?![^>]*\b(src|type)=)|\son[a-z]+=["']|javascript:""", re.IGNORECASE
)


def read(name: str) -> Template:
    return engines["django"].engine.get_template(name)


def nodes(name: str, kind: type[Node]) -> list[Node]:
    return list(read(name).nodelist.get_nodes_by_type(kind))


def written_out(expression: FilterExpression | None) -> str | None:
    """The text of {% url "this" %}; None where it is a variable."""
    text = getattr(expression, "var", None)
    return str(text) if isinstance(text, str) else None


def url_names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern.url_patterns, inner)


@pytest.fixture(scope="module")
def known_urls() -> set[str]:
    return {*url_names(get_resolver().url_patterns), *url_names(demo.urlpatterns, "demo:")}


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles_and_so_does_what_it_includes(name):
    included = [written_out(node.template) for node in nodes(name, IncludeNode)]
    extended = [written_out(node.parent_name) for node in nodes(name, ExtendsNode)]

    for other in filter(None, [*included, *extended]):
        assert read(other)


@pytest.mark.parametrize("name", NAMES)
def test_its_links_lead_somewhere(name, known_urls):
    links = {written_out(node.view_name) for node in nodes(name, URLNode)}

    assert links - {None} - known_urls == set()


@pytest.mark.parametrize("name", NAMES)
def test_its_static_files_are_there(name):
    files = {written_out(node.path) for node in nodes(name, StaticNode)}

    assert [file for file in files if file and not finders.find(file)] == []


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("mail/")])
def test_it_has_no_style_or_script_of_its_own(name):
    found = INLINE.search(Path(FOLDER, name).read_text())

    assert not found
