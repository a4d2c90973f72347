"""Filters for the Markdown templates of mails."""

import re

from django import template
from django.utils.safestring import SafeString

register = template.Library()

# Not HTML: the whole template becomes HTML only through kit.markdown, which lets no raw HTML through.
MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@/])")


@register.filter
def md(value: object) -> SafeString:
    """Escape what someone typed, so that Markdown and auto-linking leave it alone. One line stays one line."""
    return SafeString(MARKS.sub(r"\\\1", " ".join(str(value).split())))


@register.filter
def url(value: object) -> SafeString:
    """Write an address of ours inside a Markdown link."""
    return SafeString(f"<{value}>")
