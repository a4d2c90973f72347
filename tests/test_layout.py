"""Files are short, and so are functions. `make fmt` lays templates out in lines, and changes nothing that people see or
translators translate."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize
from hypothesis import given

from kit import environment
from kit.markup.whitespace import tighten
from tests.template_sources import CONTEXTS, SOURCES, shown
from tests.test_doors import OURS

sys.path.append(str(environment.BASE_DIR / "scripts"))
from layout.lines import laid_out

LONG = "Everyone should be able to take part. Tell us what would help; you never have to say why. It’s 100% up to you."


@given(source=SOURCES, context=CONTEXTS)
def test_a_page_shows_the_same_whatever_its_lines(source, context):
    assert shown(tighten(laid_out(source)), context) == shown(source, context)


@given(source=SOURCES)
def test_once_laid_out_it_stays_as_it_is(source):
    assert laid_out(laid_out(source)) == laid_out(source)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (
            '<ul class="a"><li><a href="b">{% translate "C" %}</a></li><li>{{ d }}, e</li></ul>',
            ['<ul class="a">', '  <li><a href="b">{% translate "C" %}</a></li>', "  <li>{{ d }}, e</li>", "</ul>"],
        ),
        (
            "<h1>{% if a %}One{% else %}Two{% endif %}</h1>",
            ["<h1>", "  {% if a %}", "    One", "  {% else %}", "    Two", "  {% endif %}", "</h1>"],
        ),
        (
            "<p>One.{% if a %} Two.{% endif %}</p>",
            ["<p>", "  One.", "  {% if a %}", "    Two.", "  {% endif %}", "</p>"],
        ),
        ("<p>One{% if a %}, two{% endif %}.</p>", ["<p>One{% if a %}, two{% endif %}.</p>"]),
        ("<p>One</p>\n\n\n<p>Two</p>", ["<p>One</p>", "", "<p>Two</p>"]),
        ('{% extends "a" %}{% load i18n %}<p>One</p>', ['{% extends "a" %}', "{% load i18n %}", "<p>One</p>"]),
        ("{% block a %}{% endblock %}<ul></ul>", ["{% block a %}{% endblock %}", "<ul></ul>"]),
        ("<pre>\n one\n  two</pre>", ["<pre>", " one", "  two</pre>"]),
        ("{% if a %}<ul>{% endif %}<li>One</li>", ["{% if a %}", "  <ul>", "{% endif %}", "<li>One</li>"]),
    ],
)  # fmt: skip
def test_an_element_or_a_tag_a_line(source, lines):
    assert laid_out(source).splitlines() == lines


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (
            f'<p>{{% translate "{LONG}" %}}</p>',
            [
                *("<p>", "  {% blocktranslate trimmed %}"),
                f"    {LONG}",
                *("  {% endblocktranslate %}", "</p>"),
            ],
        ),
        (
            f"<p>{{% blocktranslate trimmed count a=b %}}{'one ' * 40}{{% plural %}}two{{% endblocktranslate %}}</p>",
            [
                *("<p>", "  {% blocktranslate trimmed count a=b %}"),
                *("    " + " ".join(["one"] * 29), "    " + " ".join(["one"] * 11)),
                *("  {% plural %}", "    two", "  {% endblocktranslate %}", "</p>"),
            ],
        ),
        (
            f'<img alt="{{{{ title }}}}"{{% if width %}} width="{{{{ width }}}}"{{% endif %}} src="/{"x" * 80}.png">',
            [
                *("<img", '    alt="{{ title }}"', '    {% if width %}width="{{ width }}"{% endif %}'),
                f'    src="/{"x" * 80}.png">',
            ],
        ),
        (
            f"{{% block a %}}{{% if a %}} {'b' * 90}{{% endif %}}{{% comment %}} why not {{% endcomment %}}c"
            "{% endblock %}",
            [
                *("{% block a %}", f"  {{% if a %}} {'b' * 90}{{% endif %}}{{% comment %}}", "  why not"),
                *("  {% endcomment %}c", "{% endblock %}"),
            ],
        ),
        (
            f'<p class="tag{{% if a %}} {"a" * 50}{{% else %}} {"b" * 50}{{% endif %}}">One</p>',
            [
                *("<p", '    class="', "      tag", "      {% if a %}", f"        {'a' * 50}", "      {% else %}"),
                *(f"        {'b' * 50}", "      {% endif %}", '    ">', "  One", "</p>"),
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_too_long_for_a_line_takes_several(source, lines):
    assert laid_out(source).splitlines() == lines


@pytest.mark.parametrize(
    "source",
    [
        f'{{% translate "{LONG}" %}}',
        f"<p>{{% translate '{LONG}' context \"a form\" %}}</p>",
        f'{{% translate "{LONG}" as words %}}',
        f"<p>{{% blocktranslate with name=name %}}{LONG} {{{{ name }}}}{{% endblocktranslate %}}</p>",
        f"{{% blocktranslate count one=one %}}{LONG}{{% plural %}}{LONG} {LONG}{{% endblocktranslate %}}",
        "{% blocktranslate %} One\n two {% endblocktranslate %}",
    ],
)
def test_translators_get_the_same_words(source):
    assert words_to_translate(laid_out(source)) == words_to_translate(source)


def words_to_translate(source: str) -> list[str]:
    """As makemessages finds them."""
    return re.findall(r"n?p?gettext\(.*?\)", templatize(source))


# Whatever is longer holds more than one idea.
MOST_LINES_OF_A_FILE, MOST_LINES_OF_A_FUNCTION = 300, 40


def files_of_ours() -> Iterator[Path]:
    """Not of the tests, and not what Django writes."""
    for folder in (*OURS, "scripts", "bench"):
        yield from (
            file for file in (environment.BASE_DIR / folder).rglob("*.py") if "migrations" not in file.parts
        )


def too_long(file: Path) -> Iterator[str]:
    source, name = file.read_text(), file.relative_to(environment.BASE_DIR)
    if (lines := len(source.splitlines())) > MOST_LINES_OF_A_FILE:
        yield f"{name}: {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield f"{name}: {node.name} has {lines} lines"


def test_no_file_and_no_function_is_long():
    assert [found for file in files_of_ours() for found in too_long(file)] == []


def test_what_is_too_long_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "BASE_DIR", tmp_path)
    (file := tmp_path / "long.py").write_text("def f():\n" + 40 * "    f()\n" + 260 * "f()\n")

    assert [*too_long(file)] == ["long.py: 301 lines", "long.py: f has 41 lines"]
