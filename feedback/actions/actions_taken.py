""" "You said, we did": what became of what people said, written by organisers, shown to everyone, mailed once.

What is published and then changed is seen at once; "publish" shows what was written since.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from events.models import Closed, Event, Registration
from feedback.actions.refusals import NothingToPublish, NotMailed
from feedback.models import ActionTaken
from kit.meanwhile import ChangedMeanwhile, NothingChanged, unless_changed
from kit.privacy import period
from mail.actions.outbox import queue
from mail.models import KindName, OutgoingMail
from people.models import Person

KIND: KindName = "you-said"


@transaction.atomic
def add(event: Event, *, by: Person, **words: Any) -> ActionTaken:
    """Write a new one at the end of the list."""
    last = event.locked().actions_taken.aggregate(last=Max("place"))["last"] or 0
    return ActionTaken.objects.create(event=event, place=last + 1, changed_by=by, **words)


@transaction.atomic
def change(action: ActionTaken, *, opened: str, by: Person, **words: Any) -> ActionTaken:
    """Write one anew. `opened` is the edition that the page was opened with. Raises ChangedMeanwhile."""
    action.event.locked()
    row = ActionTaken.objects.filter(pk=action.pk).first()
    if row is None:
        raise ChangedMeanwhile
    unless_changed(opened, row.edition, now=row)
    for name, value in words.items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = timezone.now(), by
    row.save(update_fields=[*words, "changed_at", "changed_by"])
    return row


@transaction.atomic
def move(action: ActionTaken, *, up: bool) -> int:
    """Let one change places with that before or after it. Returns where it stands now, counted from 1. Raises
    NothingChanged when it is gone, or there is none to change places with."""
    order = [row.pk for row in action.event.locked().actions_taken.all()]
    at = order.index(action.pk) if action.pk in order else -1
    other = at - 1 if up else at + 1
    if at < 0 or not 0 <= other < len(order):
        raise NothingChanged
    order[at], order[other] = order[other], order[at]
    for number, pk in enumerate(order, start=1):
        ActionTaken.objects.filter(pk=pk).update(place=number)
    return order.index(action.pk) + 1


@transaction.atomic
def publish(event: Event) -> int:
    """Show all to everyone. Returns how many are new. Raises NothingToPublish."""
    rows = event.locked().actions_taken.filter(published_at=None)
    if not (number := rows.update(published_at=timezone.now())):
        raise NothingToPublish
    return number


@transaction.atomic
def take_back(action: ActionTaken) -> None:
    """Let nobody but organisers see it any more, at once. Raises NothingChanged when nobody else does."""
    action.event.locked()
    if not ActionTaken.objects.published().filter(pk=action.pk).update(published_at=None):
        raise NothingChanged


@transaction.atomic
def remove(action: ActionTaken) -> None:
    action.event.locked()
    ActionTaken.objects.filter(pk=action.pk).delete()


def mail_closed_because(event: Event, now: datetime) -> Closed | None:
    """Why it cannot be mailed now; None while it can."""
    ends_at = event.ends_at
    if not event.is_published or not event.actions_taken.published().exists():
        return Closed.NOT_PUBLISHED
    if ends_at is None or ends_at > now:
        return Closed.NOT_YET
    # By then the outbox no longer surely knows who has had it.
    return Closed.TOO_LATE if ends_at + mail_within() <= now else None


def mail_within() -> timedelta:
    return period("mail")


def to_be_mailed(event: Event) -> "QuerySet[Registration]":
    """Those who came, as far as the hub knows, and have not had it."""
    had = OutgoingMail.objects.of_kind(KIND).filter(about__in=event.registrations.values("pk"))
    return event.registrations.coming().not_erased().exclude(pk__in=had.values("about"))


@transaction.atomic
def mail(event: Event) -> int:
    """Owe it to everyone who has not had it. Returns how many. Raises NotMailed."""
    now = timezone.now()
    if mail_closed_because(event.locked(), now):
        raise NotMailed
    rows = list(to_be_mailed(event).select_related("person"))
    for registration in rows:
        _owe(event, registration)
    event.actions_taken.published().filter(mailed_at=None).update(mailed_at=now)
    return len(rows)


def _owe(event: Event, registration: Registration) -> None:
    queue(
        kind=KIND,
        key=f"{KIND}/{event.pk}/{registration.pk}",
        to_email=registration.email,
        language=registration.language,
        person=registration.person,
        group=event.group,
        about=registration.pk,
    )
