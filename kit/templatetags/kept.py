"""A part of a page that stays the same until something named changes: `{% kept hub.name signed_in %}…{% endkept %}`.

It is written once for each language (of the page, and of what people type) and each set of values, and kept in the
memory of the process. Name everything that the part shows or asks about: what is not named is the same for everyone.
"""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kit.languages import typed_attributes

register = template.Library()

# A part is a few kilobytes: the memory of a process must not grow with what pages name.
MOST_KEPT = 500


class Kept(template.Node):
    def __init__(self, values: list[FilterExpression], nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self.written: dict[tuple[str | None, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        # As text: a lazy value would hold on to the whole request.
        key = (get_language(), typed_attributes(), *(str(value.resolve(context)) for value in self.values))
        found = self.written.get(key)
        if found is None:
            found = self.nodelist.render(context)
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[str | None, ...], html: SafeString) -> None:
        if len(self.written) >= MOST_KEPT:
            self.written.clear()
        self.written[key] = html


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    _name, *values = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept([parser.compile_filter(value) for value in values], nodelist)
