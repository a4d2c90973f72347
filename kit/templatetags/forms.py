"""Where a form is sent that is sent to the page on which it stands."""

from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def this_page(context: Context) -> str:
    """The path and query of the page: `<form method="post" action="{% this_page %}">`. A form without an action keeps the
    #fragment of the address, and browsers then leave the focus where it was instead of setting it on what is wrong."""
    # As an attribute it is there in parts that are included with `only`, too.
    request = getattr(context, "request", None) or context["request"]
    return request.get_full_path()
