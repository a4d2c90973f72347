"""Every template compiles, what it names is there, and it keeps to the Content-Security-Policy. Each test goes on to the
end and names all templates that fail."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template import Node, Template, TemplateDoesNotExist, TemplateSyntaxError, engines
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


# A tag with all it says, Django's own marks and quotes in quotes included.
FORM = re.compile(r"""<form\b(?:[^>"]|"[^"]*"|\{%.*?%\})*>""", re.DOTALL)
KEPT = re.compile(r"\{% kept .*?\{% endkept %\}", re.DOTALL)


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


def of_each(found: Callable[[str], list[str]], names: Iterable[str] = NAMES) -> dict[str, list[str]]:
    """What is wrong with each template; those with which nothing is are left out."""

    def wrong(name: str) -> list[str]:
        try:
            return found(name)
        except (TemplateDoesNotExist, TemplateSyntaxError) as error:
            return [repr(error)]

    return {name: lines for name in names if (lines := wrong(name))}


def test_each_compiles_and_so_does_what_it_includes():
    def broken(name: str) -> list[str]:
        included = [written_out(node.template) for node in nodes(name, IncludeNode)]
        extended = [written_out(node.parent_name) for node in nodes(name, ExtendsNode)]
        for other in filter(None, [*included, *extended]):
            read(other)
        return []

    assert of_each(broken) == {}


def test_their_links_lead_somewhere():
    known_urls = {*url_names(get_resolver().url_patterns), *url_names(demo.urlpatterns, "demo:")}

    def unknown(name: str) -> list[str]:
        links = {written_out(node.view_name) for node in nodes(name, URLNode)}
        return sorted(links - {None} - known_urls)

    assert of_each(unknown) == {}


def test_their_static_files_are_there():
    def missing(name: str) -> list[str]:
        files = {written_out(node.path) for node in nodes(name, StaticNode)}
        return [file for file in files if file and not finders.find(file)]

    assert of_each(missing) == {}


def test_what_is_posted_says_where_to_and_keeps_no_fragment():
    """Else browsers ignore `autofocus` on the summary of errors (HTML, "autofocus": not with a fragment)."""

    def unsaid(name: str) -> list[str]:
        forms = FORM.findall(Path(FOLDER, name).read_text())
        posted = [form for form in forms if 'method="get"' not in form]
        return [form for form in posted if "action=" not in form or 'action=""' in form or "#" in form]

    assert of_each(unsaid, [name for name in NAMES if not name.startswith("mail/")]) == {}
    assert sum(len(FORM.findall(Path(FOLDER, name).read_text())) for name in NAMES) > 100


def test_what_is_kept_for_many_pages_names_none_of_them():
    def named(name: str) -> list[str]:
        return [part for part in KEPT.findall(Path(FOLDER, name).read_text()) if "this_page" in part]

    assert of_each(named) == {}


def test_none_has_a_style_or_script_of_its_own():
    def inline(name: str) -> list[str]:
        return [match.group() for match in INLINE.finditer(Path(FOLDER, name).read_text())]

    assert of_each(inline, [name for name in NAMES if not name.startswith("mail/")]) == {}
