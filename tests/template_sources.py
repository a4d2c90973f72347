"""Small templates drawn at random, and what a browser makes of the page that comes of one."""

import re

from django.template import Context, Engine
from hypothesis import strategies as st

from kit.markup.pieces import BLOCKS, BOXES

PLAIN = Engine(debug=False)
WORDS = ["a", "b", ".", " ", "\n  ", "<br>", "{{ word }}"]
SILENT = ["{# why #}", "{% csrf_token %}", "{% comment %} why {% endcomment %}", "{% firstof word as new %}"]
PAIRS = [
    ("<b>", "</b>"),
    ("<p>", "</p>"),
    ("<h2>", "</h2>"),
    ("<button>", "</button>"),
    ("{% if one %}", "{% endif %}"),
    ("{% if not one %}", "{% endif %}"),
    ("{% for each in many %}", "{% endfor %}"),
    ("{% with new=word %}", "{% endwith %}"),
]
DIVIDED = [
    "{{% if two %}}{}{{% else %}}{}{{% endif %}}",
    "{{% if one %}}{}{{% elif two %}}{}{{% endif %}}",
    "{{% for each in many %}}{}{{% empty %}}{}{{% endfor %}}",
]


def _around(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inside, min_size=2, max_size=4).map("".join)
    return st.one_of(
        several,
        st.builds(lambda pair, text: pair[0] + text + pair[1], st.sampled_from(PAIRS), several),
        st.builds(lambda divided, *texts: divided.format(*texts), st.sampled_from(DIVIDED), several, several),
    )


SOURCES = st.recursive(st.sampled_from([*WORDS, *SILENT]), _around, max_leaves=20).map(str.strip)
CONTEXTS = st.fixed_dictionaries(
    {"one": st.booleans(), "two": st.booleans(), "many": st.sampled_from(["", "x", "xy"])}
)


def shown(source: str, context: dict[str, object]) -> str:
    """A run of white space is one space, and none at the edge of a block."""
    page = PLAIN.from_string(source).render(Context({"word": "w", **context}))
    text, is_at_edge, has_space = "", True, False
    for tag, space, word in re.findall(r"(<[^>]+>)|(\s+)|([^<\s]+)", page):
        name = tag.strip("</>")
        begins_box, ends_box = (tag == f"{edge}{name}>" and name in BOXES for edge in ("<", "</"))
        if name in BLOCKS or ends_box:
            is_at_edge, has_space = not ends_box, False
        elif word or begins_box:
            text += " " if has_space and not is_at_edge else ""
            is_at_edge, has_space = begins_box, False
        has_space = has_space or bool(space)
        text += tag + word
    return text
