"""Feedback, among the tabs of an event that is over."""

from django.utils.translation import gettext as _

from events.models import Event


def feedback_tab(event: Event) -> tuple[str, str, str, int | None, str] | None:
    """The tab of feedback, without a number: how many have answered is told on the page itself, from five on. One
    query."""
    return ("feedback", "organise:feedback", _("Feedback"), None, "") if event.is_past() else None
