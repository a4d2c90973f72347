"""What is said of a word to the host, on other pages and on its own."""

from django.utils.translation import gettext as _

from events.models import Registration
from feedback.actions import thanks


def may_thank(registration: Registration) -> bool:
    """Whether the time is right and they have not written yet. No query before the end of the event."""
    return not thanks.closed_because(registration.event) and not thanks.has_given(registration)


def closed_words(reason: str) -> str:
    """`reason` as thanks.closed_because()."""
    return {
        "not_yet": _("It is a little early: you can write when the event is over."),
        "closed": _("The time to write is over. It was open for 14 days after the event."),
        "not_asked": _("This event does not take place."),
    }.get(reason, "")
