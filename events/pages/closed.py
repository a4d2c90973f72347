"""Why nobody can register now, in words for whoever wanted to."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.registrations import EventFull, RegistrationClosed
from events.models import Event
from kit.times import moment_words

HEADINGS: dict[str, str | Promise] = {
    "cancelled": gettext_lazy("This event is cancelled"),
    "past": gettext_lazy("This event is over"),
    "not_yet": gettext_lazy("Registration has not opened yet"),
    "full": gettext_lazy("All places are taken"),
    "no_registration": gettext_lazy("You do not need to register"),
}


def heading(reason: str) -> str:
    return str(HEADINGS.get(reason, gettext_lazy("Registration has closed")))


def words(event: Event, reason: str) -> str:
    """A sentence; `reason` as Event.registration_closed_because(), or "full"."""
    if reason == "not_yet" and event.registration_opens_at:
        return _("It opens on %(moment)s.") % {"moment": _moment(event, event.registration_opens_at)}
    if reason == "closed" and event.registration_closes_at:
        return _("It closed on %(moment)s.") % {"moment": _moment(event, event.registration_closes_at)}
    if reason == "full":
        return _("There is no waiting list for this event. A place may still become free: look in again.")
    if reason == "no_registration":
        return _("Just come. The event's page says when and where.")
    return event.cancel_reason if reason == "cancelled" else ""


def reason(event: Event, now: datetime) -> str:
    """Heading and sentence in one; "" while people can register."""
    because = event.registration_closed_because(now)
    return f"{heading(because)}. {words(event, because)}".strip() if because else ""


def refusal_words(event: Event, refusal: RegistrationClosed | EventFull) -> str:
    """For the form that was sent all the same: what was typed stays, and nothing was saved."""
    reason = refusal.reason if isinstance(refusal, RegistrationClosed) else "full"
    parts = (f"{heading(reason)}.", words(event, reason), _("Nothing was saved."))
    return " ".join(part for part in parts if part)


def _moment(event: Event, moment: datetime) -> str:
    return moment_words(moment, event.time_zone)
