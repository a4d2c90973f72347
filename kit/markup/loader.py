"""Templates are written with a line for each tag; pages go out without the white space that browsers ignore.

Done once, when a template is read: Django keeps the compiled ones.
"""

from django.template import Origin
from django.template.loaders import filesystem

from kit.markup.pieces import Unreadable
from kit.markup.whitespace import tighten


class Loader(filesystem.Loader):
    """Of our own folder. Mails (.md, .txt) stay as they are written: there white space is read."""

    def get_contents(self, origin: Origin) -> str:
        source = super().get_contents(origin)
        return without_ignored_whitespace(source) if str(origin.name).endswith(".html") else source


def without_ignored_whitespace(source: str) -> str:
    try:
        return tighten(source)
    except Unreadable:
        return source  # Django says better what is wrong with it.
