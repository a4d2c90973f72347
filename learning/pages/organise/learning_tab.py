"""Learning, among the tabs of an event that has something between its dates or after them."""

from django.utils.translation import gettext as _

from events.models import Event
from learning.models import LearningPlan


def learning_tab(event: Event) -> tuple[str, str, str, int | None, str] | None:
    """None for an event of one date of which nobody said anything. No query for several dates that are at hand, one for
    a single one."""
    if len(event.sessions.all()) < 2 and LearningPlan.is_none(event):
        return None
    return "learning", "organise:learning", _("Learning"), None, ""
