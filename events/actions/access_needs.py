"""What people need: written by them, read by the access leads, every opening noted, gone 30 days after the last date."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from events.access_list import OPTIONS
from events.actions import notices
from events.models import AccessCount, AccessMessage, AccessNeed, AccessRequest, Event, Registration
from people.models import Person

KEPT_AFTER_THE_EVENT = timedelta(days=30)


class NotTheirNeed(Exception):
    """The need belongs to another request, or is no longer there."""


@dataclass(frozen=True)
class AccessAnswers:
    """Codes of events.access_list with what was added in own words ("" when nothing). Given with explicit consent."""

    needs: Mapping[str, str] = field(repr=False)


@transaction.atomic
def record(registration: Registration, answers: AccessAnswers) -> AccessRequest | None:
    """Write what someone ticked. What stays ticked keeps its state; what is no longer ticked goes. Nothing ticked
    withdraws the request. Returns None then."""
    wanted = {code: detail for code, detail in answers.needs.items() if code in OPTIONS}
    if not wanted:
        withdraw(registration)
        return None
    request, _created = AccessRequest.objects.get_or_create(registration=registration)
    if request.withdrawn_at:
        request.withdrawn_at, request.consent_given_at = None, timezone.now()
    for need in request.needs.all():
        if need.code not in wanted:
            need.delete()
            continue
        detail = wanted.pop(need.code)
        if need.detail != detail:
            need.detail, need.state, need.changed_at = detail, AccessNeed.State.RECEIVED, timezone.now()
            need.save()
    for code, detail in wanted.items():
        AccessNeed.objects.create(request=request, code=code, detail=detail)
    request.changed_at = timezone.now()
    request.save()
    return request


@transaction.atomic
def change(registration: Registration, answers: AccessAnswers) -> AccessRequest | None:
    """As `record`, later, from the person's own page: the access leads are told that there is something new."""
    request = record(registration, answers)
    notices.tell_access_leads(registration)
    return request


@transaction.atomic
def withdraw(registration: Registration) -> None:
    """Consent taken back: the texts are gone at once. The leads see that something was withdrawn, not what."""
    request = AccessRequest.objects.filter(registration=registration, withdrawn_at=None).first()
    if request is None:
        return
    _delete_texts(request)
    request.withdrawn_at = request.changed_at = timezone.now()
    request.save(update_fields=["withdrawn_at", "changed_at"])


@transaction.atomic
def open_for(request: AccessRequest, *, reader: Person) -> None:
    """Note that an access lead opened this request. Called before anything of it is shown."""
    request.readings.create(reader=reader)


@transaction.atomic
def move(need: AccessNeed, state: str, *, by: Person, message: str = "") -> None:
    """An access lead says where a need stands, with words if they like. The person is told that there is news."""
    request = need.request
    need.state, need.changed_at = state, timezone.now()
    need.save()
    if message:
        _say(request, message, by_lead=by)
    _touch(request)
    notices.access_news(request)


@transaction.atomic
def say_as_lead(request: AccessRequest, text: str, *, by: Person) -> None:
    _say(request, text, by_lead=by)
    _touch(request)
    notices.access_news(request)


@transaction.atomic
def say_as_person(request: AccessRequest, text: str) -> None:
    _say(request, text)
    _touch(request)
    notices.tell_access_leads(request.registration)


@transaction.atomic
def agree(request: AccessRequest, need_id: int) -> None:
    """The person says "that works for me". Raises NotTheirNeed."""
    offered = (AccessNeed.State.ARRANGED, AccessNeed.State.SOMETHING_ELSE)
    need = request.needs.filter(pk=need_id, state__in=offered).first()
    if need is None:
        raise NotTheirNeed
    need.state, need.changed_at = AccessNeed.State.CONFIRMED, timezone.now()
    need.save()
    _touch(request)


def forget(registration: Registration) -> None:
    """Delete the whole request at once, without a count: the person asked for it."""
    AccessRequest.objects.filter(registration=registration).delete()


def forget_after_events(now: datetime) -> int:
    """Delete requests 30 days after the last date of their event; counts stay. Returns how many were deleted."""
    over = Event.objects.annotate(last=Max("sessions__ends_at")).filter(last__lte=now - KEPT_AFTER_THE_EVENT)
    requests = AccessRequest.objects.filter(registration__event__in=over).select_related("registration")
    number = 0
    for request in requests:
        with transaction.atomic():
            _count(request)
            request.delete()
        number += 1
    return number


def _count(request: AccessRequest) -> None:
    event_id = request.registration.event_id
    for (code, state), number in Counter((n.code, n.state) for n in request.needs.all()).items():
        count, _created = AccessCount.objects.get_or_create(event_id=event_id, code=code, outcome=state)
        AccessCount.objects.filter(pk=count.pk).update(number=F("number") + number)


def _delete_texts(request: AccessRequest) -> None:
    request.needs.all().delete()
    request.messages.all().delete()


def _say(request: AccessRequest, text: str, *, by_lead: Person | None = None) -> None:
    AccessMessage.objects.create(
        request=request, text=text, by_lead=by_lead, is_from_lead=by_lead is not None
    )


def _touch(request: AccessRequest) -> None:
    request.changed_at = timezone.now()
    request.save(update_fields=["changed_at"])
