"""Why something is closed, in words for whoever wanted it: how every app says it, and what is said of registration."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.belonging import RegistrationClosed
from events.models import Closed, Event, Quota
from kit.meanwhile import NotOpen
from kit.times import moment_words


@dataclass(frozen=True)
class Notice:
    """A heading and a sentence, or "" instead of it. An app has one for each reason that it can give; in its sentence
    `%(moment)s` stands for the moment in question, and `%(called_off_because)s` for what the organisers wrote."""

    heading: str | Promise
    words: str | Promise = ""

    def about(self, event: Event, moment: datetime | None = None) -> "Notice":
        """The notice as it is told of this event."""
        return Notice(str(self.heading), sentence(self.words, event, moment))

    def in_one(self) -> str:
        return f"{self.heading}. {self.words}".strip()

    def as_refusal(self) -> str:
        """The words for a form that was sent all the same: what was typed stays, and nothing was saved."""
        return f"{self.in_one()} {_('Nothing was saved.')}"


def sentence(words: str | Promise, event: Event, moment: datetime | None = None) -> str:
    """Words as they are told of this event; "" where they name a moment and there is none."""
    text = str(words)
    if "%(moment)s" in text:
        return text % {"moment": moment_words(moment, event.time_zone)} if moment else ""
    return (
        text % {"called_off_because": event.called_off_because} if "%(called_off_because)s" in text else text
    )


# What several apps say in the same words.
CANCELLED = Notice(gettext_lazy("This event is cancelled"), "%(called_off_because)s")
POSTPONED = Notice(
    gettext_lazy("This event is postponed"), gettext_lazy("There is no new date yet. %(called_off_because)s")
)
OVER = Notice(gettext_lazy("This event is over"))

IT_CLOSED = gettext_lazy("It closed on %(moment)s.")

REGISTRATION = {
    Closed.CANCELLED: CANCELLED,
    Closed.POSTPONED: POSTPONED,
    Closed.NOT_PUBLISHED: Notice(gettext_lazy("Registration has closed")),
    Closed.NOT_OFFERED: Notice(
        gettext_lazy("You do not need to register"),
        gettext_lazy("Just come. The event's page says when and where."),
    ),
    Closed.OVER: OVER,
    Closed.NOT_YET: Notice(
        gettext_lazy("Registration has not opened yet"), gettext_lazy("It opens on %(moment)s.")
    ),
    Closed.TOO_LATE: Notice(gettext_lazy("Registration has closed"), IT_CLOSED),
    Closed.INVITED: Notice(
        gettext_lazy("This event is by invitation"),
        gettext_lazy("Whoever is invited has an email with a link of their own, and registers with that."),
    ),
    Closed.FULL: Notice(
        gettext_lazy("All places are taken"),
        gettext_lazy("There is no waiting list to join. A place may still become free: look in again."),
    ),
}
OF_A_QUOTA = {
    Closed.NOT_YET: Notice(
        gettext_lazy("The places for %(name)s are not open yet"), gettext_lazy("They open on %(moment)s.")
    ),
    Closed.TOO_LATE: Notice(
        gettext_lazy("The places for %(name)s have closed"), gettext_lazy("They closed on %(moment)s.")
    ),
}


def off_heading(event: Event) -> str:
    """The heading of a page about an event that is called off; "" when it is not."""
    words = {Closed.CANCELLED: _("Cancelled: %(title)s"), Closed.POSTPONED: _("Postponed: %(title)s")}
    reason = event.off_because()
    return words[reason] % {"title": event.title} if reason in words else ""


def off_sentence(event: Event) -> str:
    """That an event is called off; "" when it is not."""
    if event.is_postponed:
        return _("This event is postponed. There is no new date yet.")
    return _("This event is cancelled.") if event.is_cancelled else ""


def registration_notice(event: Event, reason: Closed) -> Notice:
    """Why nobody can register, in words. `reason` as of Event.registration_closed_because(), or FULL or INVITED."""
    moments = {
        Closed.NOT_YET: _opens_at(event) if reason is Closed.NOT_YET else None,
        Closed.TOO_LATE: event.registration_closes_at,
    }
    return REGISTRATION[reason].about(event, moments.get(reason))


def _opens_at(event: Event) -> datetime | None:
    """When the first can register: where no group of places is open before, with the first of them."""
    own = event.registration_opens_at
    of_groups = [quota.opens_at for quota in event.quotas.all()] if event.has_quotas else []
    first = min(filter(None, of_groups)) if of_groups and all(of_groups) else None
    return max(filter(None, (own, first)), default=None)


def quota_notice(quota: Quota, reason: Closed) -> Notice:
    """Why nobody can register for a group of places. `reason` as of Quota.closed_because()."""
    at = quota.opens_at if reason is Closed.NOT_YET else quota.closes_at
    notice = OF_A_QUOTA[reason].about(quota.event, at)
    return Notice(str(notice.heading) % {"name": quota}, notice.words)


def refusal_words(event: Event, refusal: NotOpen) -> str:
    if isinstance(refusal, RegistrationClosed) and refusal.quota:
        return quota_notice(refusal.quota, refusal.reason).as_refusal()
    return registration_notice(event, refusal.reason).as_refusal()
