"""`<h1{% typed %}>{{ event.title }}</h1>`: what people here typed is in the hub's language, whatever the page speaks."""

from django import template
from django.utils.safestring import SafeString

from kit.languages import typed_attributes

register = template.Library()


@register.simple_tag
def typed() -> SafeString:
    """` lang="en-gb"`, with `dir` where it runs the other way; nothing when the page speaks the hub's language."""
    return typed_attributes()
