"""Pages go out without the white space that browsers ignore, and show all that they showed with it."""

import pytest
from django.template import engines
from hypothesis import given

from kit import environment
from kit.markup.loader import without_ignored_whitespace
from kit.markup.pieces import Unreadable, cut
from kit.markup.whitespace import tighten
from tests.template_sources import CONTEXTS, SOURCES, shown

FOLDER = environment.BASE_DIR / "templates"


@given(source=SOURCES, context=CONTEXTS)
def test_a_page_shows_the_same_without_ignored_white_space(source, context):
    assert shown(tighten(source), context) == shown(source, context)


@pytest.mark.parametrize(
    ("source", "tight"),
    [
        ("<p>One {% if a %}two{% endif %}</p>", "<p>One{% if a %} two{% endif %}</p>"),
        ("<p>{% if a %}One{% endif %} two</p>", "<p>{% if a %}One {% endif %}two</p>"),
        (
            "<p>One {% if a %}two{% elif b %}2{% endif %}</p>",
            "<p>One{% if a %} two{% elif b %} 2{% endif %}</p>",
        ),
        ("<p>One {% if a %}two{% endif %}.</p>", "<p>One {% if a %}two{% endif %}.</p>"),
        ("<p>One {% if a %}two{% else %}2{% endif %}</p>", "<p>One {% if a %}two{% else %}2{% endif %}</p>"),
    ],
)
def test_no_space_stays_beside_what_is_not_there(source, tight):
    assert tighten(source) == tight


@given(source=SOURCES)
def test_the_pieces_of_a_template_are_the_template(source):
    assert "".join(piece.text for piece in cut(source)) == source


@pytest.mark.parametrize(
    ("source", "tight"),
    [
        ("<p>\n  One\n</p>\n<p>\n  Two\n</p>\n", "<p>One</p><p>Two</p>"),
        (
            "<p>\n  {% if a %}\n    One\n  {% else %}\n    Two\n  {% endif %}\n</p>",
            "<p>{% if a %}One{% else %}Two{% endif %}</p>",
        ),
        ("<p>One\n  <a>two</a>\n  three</p>", "<p>One <a>two</a> three</p>"),
        ("<p>One{% if a %} two{% endif %}.</p>", "<p>One{% if a %} two{% endif %}.</p>"),
        ("<p>\n  One\n  {% if a %}\n    two\n  {% endif %}\n  three\n</p>", "<p>One{% if a %} two{% endif %} three</p>"),
        ("One{% if a %}<p>two</p>{% endif %} three", "One{% if a %}<p>two</p>{% endif %} three"),
        ("<p>{% for a in b %} one{% endfor %}</p>", "<p>{% for a in b %} one{% endfor %}</p>"),
        ("<p>One {# why #} two</p>", "<p>One {# why #}two</p>"),
        ("<p>One<br>\n  two</p>", "<p>One<br>two</p>"),
        (
            "<ul>\n  {% for a in b %}\n    {% include a %}\n  {% endfor %}\n</ul>",
            "<ul>{% for a in b %}{% include a %}{% endfor %}</ul>",
        ),
        ("<button>\n  One\n</button>\n<button>Two</button>", "<button>One</button> <button>Two</button>"),
    ],
)  # fmt: skip
def test_white_space_goes_at_the_edges_of_blocks_and_is_one_space_elsewhere(source, tight):
    assert tighten(source) == tight


@pytest.mark.parametrize(
    "source",
    [
        "<pre>\n  one\n    two\n</pre>",
        "<textarea>\n  one\n</textarea>",
        '<script type="application/json">{\n  "a": 1\n}</script>',
        "{% blocktranslate %}\n  One\n  two\n{% endblocktranslate %}",
        "{% verbatim %}\n  {{ one }}\n{% endverbatim %}",
        '<p title="one\n  two">three</p>',
    ],
)
def test_white_space_that_is_read_stays(source):
    assert tighten(f"<p>{source}</p>") == f"<p>{source}</p>"


def test_a_line_break_at_the_edge_of_a_part_is_nothing_but_a_space_is_one():
    assert tighten("{% block a %}\n  One\n{% endblock %}") == "{% block a %}One{% endblock %}"
    assert tighten("{% block a %}Error: {% endblock %}") == "{% block a %}Error: {% endblock %}"


@pytest.mark.parametrize(
    ("source", "tight"),
    [
        ('<a\n    class="b"\n    href="c">', '<a class="b" href="c">'),
        ('<a\n    {% if b %}class="b"{% endif %}\n    hidden>', '<a{% if b %} class="b"{% endif %} hidden>'),
        ('<a class="\n  b\n  {% if c %}\n    c\n  {% endif %}\n">', '<a class="b{% if c %} c{% endif %}">'),
        ("<path\n    d='M1 2'\n/>", "<path d='M1 2'/>"),
        ("<a{{ attributes }}>", "<a{{ attributes }}>"),
        ('<a href="{% url "b" %}{% if c %}?{% endif %}">', '<a href="{% url "b" %}{% if c %}?{% endif %}">'),
    ],
)  # fmt: skip
def test_a_tag_takes_one_line_again(source, tight):
    assert tighten(source) == tight


def test_what_cannot_be_read_is_left_to_django():
    with pytest.raises(Unreadable):
        tighten("<p>{% endif %}</p>")

    assert without_ignored_whitespace("<p>\n{% endif %}</p>") == "<p>\n{% endif %}</p>"


def test_pages_are_read_like_that_and_mails_are_not():
    page, mail = (
        engines["django"].get_template(name).template.source for name in ("base.html", "mail/news.md")
    )

    assert "<head><meta" in page
    assert mail == (FOLDER / "mail" / "news.md").read_text()
