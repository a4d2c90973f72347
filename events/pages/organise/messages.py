"""Mails as organisers see them: what kind, to whom, and whether they left. Never their words.

Kinds that no organiser sees are not among them: their declarations say why (mail/kinds.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from events.mail_writing import A_REGISTRATION
from events.mails import event_mails, news_mails
from events.models import Event, Registration
from kit.joins import joins
from mail.kinds import Kind
from mail.models import KindName, OutgoingMail
from mail.models.outgoing import OutgoingMailQuerySet
from people.models import Group

TONES = {
    OutgoingMail.State.QUEUED: "sea",
    OutgoingMail.State.HELD: "plain",
    OutgoingMail.State.STOPPED: "gold",
    OutgoingMail.State.SENT: "moss",
    OutgoingMail.State.FAILED: "clay",
    OutgoingMail.State.DROPPED: "plain",
    OutgoingMail.State.PHONE: "gold",
    OutgoingMail.State.TOLD: "moss",
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
        Line(mail, str(joins.MAIL_KINDS[mail.kind].words), TONES[OutgoingMail.State(mail.state)])
        for mail in mails
    ]


def mails_of_event(event: Event) -> OutgoingMailQuerySet:
    """Newest first."""
    about_them = Q(kind__in=_about_a_registration(), about__in=event.registrations.values("pk"))
    about_it = Q(kind=news_mails.news.name, context__event=event.pk)
    about_it |= Q(kind=event_mails.event_changed.name, about=event.pk)
    return _newest_first(OutgoingMail.objects.filter(group=event.group).filter(about_them | about_it))


def mails_of_groups(groups: Iterable[Group]) -> OutgoingMailQuerySet:
    listed = [kind.name for kind in _listed()]
    return _newest_first(OutgoingMail.objects.of_kind(*listed).filter(group__in=groups))


def mails_of_registration(registration: Registration) -> OutgoingMailQuerySet:
    theirs = Q(kind__in=_about_a_registration(), about=registration.pk)
    changes = Q(kind=event_mails.event_changed.name, about=registration.event_id, to_email=registration.email)
    return _newest_first(OutgoingMail.objects.filter(theirs | changes))


def _about_a_registration() -> list[KindName]:
    return [kind.name for kind in _listed() if kind.about is A_REGISTRATION]


def _listed() -> list[Kind]:
    return [kind for kind in joins.MAIL_KINDS.values() if kind.is_listed]


def _newest_first(mails: OutgoingMailQuerySet) -> OutgoingMailQuerySet:
    return mails.order_by("-created_at", "-pk")
