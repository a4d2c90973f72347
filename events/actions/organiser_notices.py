"""What is owed to those who look after an event, rather than to those who come."""

from datetime import datetime

from django.db.models import Q, QuerySet

from events.actions.notices import end_of_window, window
from events.models import Event, QuotaOrganiser, Registration
from mail.actions.outbox import queue
from people.models import Membership, Person


def tell_of_request(registration: Registration, now: datetime) -> None:
    """That somebody waits for them to agree, and nothing of it: one mail for all that came within ten minutes. So are the
    co-organisers of their quota."""
    event = registration.event
    co_organisers = Q(co_organises__in=QuotaOrganiser.objects.accepted().filter(quota=registration.quota_id))
    for organiser in (_organisers(event) | Person.objects.filter(co_organisers)).distinct():
        queue(
            kind="request-waiting",
            key=f"request-waiting/{event.pk}/{organiser.pk}/{window(now)}",
            to_email=organiser.email,
            person=organiser,
            group=event.group,
            about=event.pk,
            not_before=end_of_window(now),
        )


def not_published(event: Event) -> None:
    """That a draft stays one though its moment has come."""
    for organiser in _organisers(event):
        queue(
            kind="not-published",
            key=f"not-published/{event.pk}/{organiser.pk}/{event.publish_at:%Y-%m-%dT%H:%M}",
            to_email=organiser.email,
            person=organiser,
            group=event.group,
            about=event.pk,
        )


def _organisers(event: Event) -> QuerySet[Person]:
    role = Membership.Role.ORGANISER
    return Person.objects.filter(memberships__group=event.group_id, memberships__role=role)
