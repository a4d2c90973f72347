"""Where the reader is: marks the link of the page, or of its part of the site, in the navigation."""

from typing import Any

from django import template
from django.template import Context
from django.template.defaulttags import querystring
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: Context, *view_names: str) -> SafeString:
    """`aria-current` for a link. The first name is the page itself, the others belong to its part of the site.

    A name ending in `:` stands for a whole namespace.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return mark_safe("")
    if match.view_name == view_names[0]:
        return mark_safe(' aria-current="page"')
    belongs = any(_covers(name, match.view_name) for name in view_names)
    return mark_safe(' aria-current="true"') if belongs else mark_safe("")


@register.simple_tag(takes_context=True)
def page_query(context: Context, number: int, listed: str = "") -> str:
    """What an address has behind it that leads to another page of a list; with `listed` of one of several lists on a
    page, which has this name in the address, and a heading to begin at."""
    if not listed:
        return querystring(context, page=number)
    there: dict[str, Any] = {listed: number, "answered": None}
    return f"{querystring(context, **there)}#list-{listed}"


def _covers(name: str, view_name: str) -> bool:
    return view_name.startswith(name) if name.endswith(":") else view_name == name
