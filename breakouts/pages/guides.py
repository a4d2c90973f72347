"""The one-page guides for helpers. Their words are templates, so that they can be translated and printed."""

from breakouts.models import HelperRole
from breakouts.pages.helper_pages import role_lines, wanted
from events.models import Event

TEMPLATES = {kind: f"breakouts/help_guide_{kind}.html" for kind in HelperRole.Kind.values}


def others(event: Event, kind: str) -> list[tuple[str, str]]:
    """The other things this event wants help with: kind and label."""
    return [(line.kind, line.label) for line in wanted(role_lines(event)) if line.kind != kind]
