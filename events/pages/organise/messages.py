"""Mails as organisers see them: what kind, to whom, and whether they left. Never their words.

Mails about access are not among them: that somebody gets one says that they need something, which is for the access
leads alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Event, Registration
from kit.joins import joins
from mail.models import OutgoingMail
from mail.models.outgoing import OutgoingMailQuerySet
from people.models import Group

KINDS: dict[str, str | Promise] = {
    "confirm": _("Please confirm your place"),
    "already": _("You are registered already"),
    "link-again": _("The link once more"),
    "place": _("Your place is saved"),
    "waiting": _("You are on the waiting list"),
    "offer": _("A place is free"),
    "offer-ended": _("The offer has ended"),
    "left": _("You gave up your place"),
    "removed": _("Your registration has ended"),
    "event-cancelled": _("The event is cancelled"),
    "session-changed": _("A change of date, time or place"),
    "date-dropped": _("One date does not take place"),
    "reminder-1d": _("Reminder, one day before"),
    "news": _("News of a new event"),
    "invitation": _("Invitation to the group"),
    "group-request": _("Request for a group"),
    "group-decision": _("Answer to the request for a group"),
}
ABOUT_A_REGISTRATION: tuple[str, ...] = (
    "confirm",
    "already",
    "link-again",
    "place",
    "waiting",
    "offer",
    "offer-ended",
    "left",
    "removed",
    "event-cancelled",
    "session-changed",
    "date-dropped",
    "reminder-1d",
)


TONES = {
    OutgoingMail.State.QUEUED: "sea",
    OutgoingMail.State.SENT: "moss",
    OutgoingMail.State.FAILED: "clay",
    OutgoingMail.State.DROPPED: "plain",
}


@dataclass(frozen=True)
class Line:
    """A mail in a list. `tone` as in templates/components/tag.html."""

    mail: OutgoingMail
    kind: str
    tone: str

    @property
    def is_tried_again(self) -> bool:
        """Waiting after a first attempt that the mail server did not take."""
        return self.mail.state == OutgoingMail.State.QUEUED and self.mail.attempts > 0


def lines(mails: Iterable[OutgoingMail]) -> list[Line]:
    return [
        Line(mail, str(joins().MAIL_KINDS.get(mail.kind, mail.kind)), TONES[OutgoingMail.State(mail.state)])
        for mail in mails
    ]


def mails_of_event(event: Event) -> OutgoingMailQuerySet:
    """Newest first."""
    about_them = Q(kind__in=joins().MAIL_ABOUT_A_REGISTRATION, about__in=event.registrations.values("pk"))
    about_it = Q(kind="news", context__event=event.pk)
    return _newest_first(OutgoingMail.objects.filter(group=event.group).filter(about_them | about_it))


def mails_of_groups(groups: Iterable[Group]) -> OutgoingMailQuerySet:
    return _newest_first(OutgoingMail.objects.filter(group__in=groups, kind__in=joins().MAIL_KINDS))


def mails_of_registration(registration: Registration) -> OutgoingMailQuerySet:
    return _newest_first(
        OutgoingMail.objects.filter(kind__in=joins().MAIL_ABOUT_A_REGISTRATION, about=registration.pk)
    )


def _newest_first(mails: OutgoingMailQuerySet) -> OutgoingMailQuerySet:
    return mails.order_by("-created_at", "-pk")
