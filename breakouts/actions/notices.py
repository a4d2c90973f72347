"""The mails owed about breakouts: each is written in the transaction of what it tells about. The words are written when
they leave (breakouts.mails), from the state of that moment."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from breakouts.models import Helper, Host, Proposer, Topic, TopicStep
from events.models import Event, Registration
from mail.actions import outbox
from mail.actions.outbox import queue
from mail.models import KindName, OutgoingMail
from people.models import Membership, Person

SAME_MAIL_WITHIN = timedelta(minutes=10)
# What a form can send to an address that anybody typed: so many of one group within a day; the next leave later.
FROM_FORMS: tuple[KindName, ...] = (
    "host-confirm",
    "host-link",
    "helper-confirm",
    "helper-reserve",
    "helper-welcome",
    "proposal-again",
    "proposal-confirm",
)
MOST_IN_A_DAY = 10
# These are not written while their event is called off.
OF_HOSTS: tuple[KindName, ...] = ("host-confirm", "host-link", "host-asked", "host-welcome", "host-next")
OF_HELPERS: tuple[KindName, ...] = ("helper-confirm", "helper-welcome", "helper-reserve", "helper-room")
OF_PROPOSERS: tuple[KindName, ...] = ("proposal-confirm", "proposal-news")
A_DAY = timedelta(days=1)

Stepped = Proposer | Host | Helper


def tell(
    volunteer: Stepped,
    kind: KindName,
    occasion: object,
    *,
    not_before: datetime | None = None,
    once_within: timedelta | None = None,
    **context: object,
) -> None:
    """Owe somebody who stepped forward a mail; once an occasion."""
    queue(
        kind=kind,
        key=f"{kind}/{volunteer.pk}/{occasion}",
        to_email=volunteer.email,
        language=volunteer.language,
        person=volunteer.person,
        group=volunteer.event.group,
        about=volunteer.pk,
        context=context,
        not_before=not_before,
        once_within=once_within,
    )


def tell_organisers(event: Event, kind: KindName, *, about: int, occasion: object) -> None:
    """Owe everyone who organises the group a mail about a row of theirs; once an occasion."""
    _tell_organisers(event, kind, about, occasion, once_within=None)


def tell_organisers_of_all(event: Event, kind: KindName, occasion: str = "all") -> None:
    """Owe them one mail about the event for all that comes within ten minutes."""
    _tell_organisers(event, kind, event.pk, occasion, once_within=SAME_MAIL_WITHIN)


def _tell_organisers(
    event: Event, kind: KindName, about: int, occasion: object, *, once_within: timedelta | None
) -> None:
    role = Membership.Role.ORGANISER
    for organiser in Person.objects.filter(memberships__group=event.group_id, memberships__role=role):
        queue(
            kind=kind,
            key=f"{kind}/{about}/{organiser.pk}/{occasion}",
            to_email=organiser.email,
            person=organiser,
            group=event.group,
            about=about,
            once_within=once_within,
        )


def tell_registered(registration: Registration, kind: KindName, occasion: object, **context: object) -> None:
    queue(
        kind=kind,
        key=f"{kind}/{registration.pk}/{occasion}",
        to_email=registration.email,
        language=registration.language,
        person=registration.person,
        group=registration.event.group,
        about=registration.pk,
        context=context,
    )


def ask_to_confirm(volunteer: Stepped, kind: KindName, now: datetime) -> None:
    """Owe what a form promises: the page says that we write. Asked twice within ten minutes is one mail, and an address
    gets MOST_IN_A_DAY: what is more leaves later, so that nobody can fill a stranger's inbox from a form."""
    later = _may_leave_at(volunteer, now)
    waiting = OutgoingMail.objects.of_kind(kind).filter(about=volunteer.pk).waiting()
    if later is None or not waiting.exists():
        tell(volunteer, kind, volunteer.link_version, not_before=later, once_within=SAME_MAIL_WITHIN)


def news_for_proposers(topic: Topic, step: TopicStep) -> None:
    for proposer in topic.proposers.with_confirmed_address():
        proposer.topic = topic
        tell(proposer, "proposal-news", step.pk)


def something_to_review(event: Event) -> None:
    tell_organisers_of_all(event, "proposals-waiting")


def room_without_host(topic: Topic, occasion: object) -> None:
    tell_organisers(topic.event, "host-lost", about=topic.pk, occasion=occasion)


def owe_again(event: Event, since: datetime) -> None:
    """Owe what nobody wrote because the event was called off when it was to leave. Whether it makes sense is looked at
    once more."""
    told: tuple[tuple[QuerySet[Any], tuple[KindName, ...]], ...] = (
        (Host.objects.filter(topic__event=event), OF_HOSTS),
        (Helper.objects.filter(role__event=event), OF_HELPERS),
        (Proposer.objects.filter(topic__event=event), OF_PROPOSERS),
    )
    for rows, kinds in told:
        mails = OutgoingMail.objects.of_kind(*kinds).filter(about__in=rows.values("pk"))
        outbox.owe_again(mails, since=since)


def _may_leave_at(volunteer: Stepped, now: datetime) -> datetime | None:
    """From when on another mail from a form may go to their address; None: at once."""
    theirs = OutgoingMail.objects.of_kind(*FROM_FORMS).filter(
        group=volunteer.event.group, to_email=volunteer.email
    )
    leaving = theirs.leaving_after(now - A_DAY)
    return leaving[MOST_IN_A_DAY - 1] + A_DAY if len(leaving) >= MOST_IN_A_DAY else None
