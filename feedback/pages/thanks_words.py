"""What is said of a word to the host, on other pages and on its own."""

from django.utils.translation import gettext_lazy as _

from events.models import Closed, Event, Registration
from feedback.actions import thanks

# Why nobody can write now.
CLOSED = {
    Closed.NOT_YET: _("It is a little early: you can write when the event is over."),
    Closed.TOO_LATE: _("The time to write is over. It was open for 14 days after the event."),
    Closed.NOT_OFFERED: _("This event does not take place."),
}


def may_thank(registration: Registration) -> bool:
    """Whether the time to write is right and they have not written yet. No query before the end of the event."""
    return not thanks.closed_because(registration.event) and not thanks.has_given(registration)


def closed_words(event: Event) -> str:
    """Why nobody can write to a host now, in words; "" while they can."""
    reason = thanks.closed_because(event)
    return str(CLOSED[reason]) if reason else ""
