"""What ends about breakouts for whoever is kept out of an event (concerns.actions.keeping_out)."""

from collections.abc import Callable

from breakouts.actions import helpers, host_departures
from breakouts.models import Helper, Host
from events.models import Event
from events.models.registration import held_by


def end_parts(event: Event) -> None:
    """Under its lock: end what they do, or would, at the event. Their rooms look for the next, their slots go on. What
    nobody has confirmed stays: confirming asks. No mail of its own: what they had is held, and that mail says so."""
    is_kept_out = _asked_once(event)
    for host in (
        Host.objects.live().exclude(state=Host.State.OFFERED).filter(topic__event=event).order_by("pk")
    ):
        if is_kept_out(host.email):
            host_departures.keep_out(host)
    for helper in Helper.objects.live().exclude(state=Helper.State.OFFERED).filter(role__event=event):
        if is_kept_out(helper.email):
            helpers.keep_out(helper)


def _asked_once(event: Event) -> Callable[[str], bool]:
    known: dict[str, bool] = {}

    def is_kept_out(email: str) -> bool:
        if email not in known:
            known[email] = bool(held_by(event, email))
        return known[email]

    return is_kept_out
