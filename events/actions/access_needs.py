"""What people need: written by them, read by the access leads, every opening noted, gone 30 days after the last date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from events.access_list import CONTACT, OPTIONS, OTHER
from events.actions import notices
from events.models import AccessMessage, AccessNeed, AccessRequest, Event, Registration
from kit.meanwhile import ChangedMeanwhile, NothingChanged, unless_changed
from people.models import Group, Person


class NotTheirNeed(NothingChanged):
    """Refused: the need belongs to another request, or is no longer there."""


class Withdrawn(NothingChanged):
    """Refused: the person has taken their request back, so there is nothing to answer any more."""


def wait_for_a_reader(group: Group) -> bool:
    """Whether somebody has told what they need for something that is still to come."""
    asked = AccessRequest.objects.open().filter(registration__event__group=group)
    return asked.filter(registration__event__sessions__ends_at__gt=timezone.now()).exists()


@dataclass(frozen=True)
class AccessAnswers:
    """What somebody ticked: codes of events.access_list with what was added in own words ("" when nothing). Given
    with explicit consent."""

    needs: Mapping[str, str] = field(repr=False)


@transaction.atomic
def record(registration: Registration, answers: AccessAnswers) -> AccessRequest | None:
    """Write what someone ticked. What stays ticked keeps its state; what is no longer ticked goes. Nothing ticked
    withdraws the request. Returns None then."""
    wanted = {code: detail for code, detail in answers.needs.items() if code in OPTIONS}
    if not wanted:
        withdraw(registration)
        return None
    request = _opened(registration)
    for need in request.needs.all():
        if not need.is_readable or need.code not in wanted:
            need.delete()
            continue
        detail = wanted.pop(need.code)
        if need.detail != detail:
            need.detail, need.state, need.changed_at = detail, AccessNeed.State.RECEIVED, timezone.now()
            need.worked = ""
            need.save()
    for code, detail in wanted.items():
        _begin(request, code, detail)
    request.changed_at = timezone.now()
    request.save()
    return request


@transaction.atomic
def add(registration: Registration, answers: AccessAnswers) -> None:
    """Write what somebody asks for beside what they asked for before, which stays as it is: more words about the same
    thing come after the earlier ones. Whoever asks need not have seen what is there, and learns nothing of it."""
    request = _opened(registration)
    there = {need.code: need for need in request.needs.all() if need.is_readable}
    for code, detail in answers.needs.items():
        if code in there:
            _add_words(there[code], detail)
        elif code in OPTIONS:
            _begin(request, code, detail)
    request.changed_at = timezone.now()
    request.save()
    notices.tell_access_leads(registration)


@transaction.atomic
def change(registration: Registration, answers: AccessAnswers) -> AccessRequest | None:
    """Write what somebody ticks later, on their own page: as `record`, and the access leads are told that there is
    something new."""
    request = record(registration, answers)
    notices.tell_access_leads(registration)
    return request


@transaction.atomic
def withdraw(registration: Registration) -> None:
    """Take consent back: the texts are gone at once. The leads see that something was withdrawn, not what. Twice is
    harmless."""
    request = _lock(AccessRequest.objects.filter(registration=registration, withdrawn_at=None))
    if request is None:
        return
    _delete_texts(request)
    request.withdrawn_at = request.changed_at = timezone.now()
    request.save(update_fields=["withdrawn_at", "changed_at"])


@transaction.atomic
def open_for(request: AccessRequest, *, reader: Person) -> None:
    """Note that an access lead opened this request. Called before anything of it is shown."""
    if not request.is_open_for(reader, timezone.now()):
        request.readings.create(reader=reader)


@transaction.atomic
def move(need: AccessNeed, state: str, *, by: Person, message: str = "", seen: str = "") -> None:
    """An access lead says where a need stands, with words if they like. The person is told that there is news.

    `seen` is the edition of the need that the lead had before their eyes. Raises Withdrawn, NotTheirNeed (no longer
    there), ChangedMeanwhile (also once the person has said whether it worked: that closes it), NothingChanged (as it
    was, and no words)."""
    request = _unless_withdrawn(need.request)
    current = request.needs.filter(pk=need.pk).first()
    if current is None:
        raise NotTheirNeed
    if current.worked:
        raise ChangedMeanwhile(current)
    unless_changed(seen or current.edition, current.edition, now=current)
    if current.state == state and not message:
        raise NothingChanged
    current.state, current.changed_at = state, timezone.now()
    current.save(update_fields=["state", "changed_at"])
    _answer(request, message, by=by)


@transaction.atomic
def say_as_lead(request: AccessRequest, text: str, *, by: Person) -> None:
    """Add a line of an access lead to the conversation. Raises Withdrawn."""
    _answer(_unless_withdrawn(request), text, by=by)


@transaction.atomic
def say_as_person(request: AccessRequest, text: str) -> None:
    """Add a line of the person to the conversation. Raises Withdrawn."""
    request = _unless_withdrawn(request)
    if not _is_pressed_twice(request, text, by_lead=None):
        _say(request, text)
    _touch(request)
    notices.tell_access_leads(request.registration)


@transaction.atomic
def agree(request: AccessRequest, need_id: int) -> None:
    """Note that the person said "that works for me". Raises Withdrawn, NotTheirNeed."""
    request = _unless_withdrawn(request)
    offered = (AccessNeed.State.ARRANGED, AccessNeed.State.SOMETHING_ELSE)
    need = request.needs.filter(pk=need_id, state__in=offered).first()
    if need is None:
        raise NotTheirNeed
    need.state, need.changed_at = AccessNeed.State.CONFIRMED, timezone.now()
    need.save()
    _touch(request)


@transaction.atomic
def say_how_it_worked(request: AccessRequest, answers: Mapping[int, str], text: str = "") -> None:
    """Note what the person says after the event of what was answered: whether it worked. That closes it; they may
    change their mind until the texts are deleted. Words go to the access leads. Raises Withdrawn, NotTheirNeed."""
    request = _unless_withdrawn(request)
    closing = asked_about(request)
    if not answers.keys() <= closing.keys():
        raise NotTheirNeed
    for pk, worked in answers.items():
        need = closing[pk]
        if need.worked != worked:
            need.worked, need.changed_at = AccessNeed.Worked(worked), timezone.now()
            need.save(update_fields=["worked", "changed_at"])
    if text and not _is_pressed_twice(request, text, by_lead=None):
        _say(request, text)
    _touch(request)
    notices.tell_access_leads(request.registration)


def asked_about(request: AccessRequest) -> dict[int, AccessNeed]:
    """The needs of which a person is asked whether it worked, by their key: those that were answered, once the event
    is over, of somebody who had a place. No query when the needs are prefetched."""
    registration = request.registration
    event = registration.event
    if not registration.has_place or not event.is_published or not event.is_past():
        return {}
    return {need.pk: need for need in request.needs.all() if need.is_answered}


def waits_for_the_person(request: AccessRequest) -> bool:
    """Whether an access lead offered something else, or spoke last about a need that is not answered yet. One query when
    the needs are prefetched."""
    needs = request.needs.all()
    if any(need.state == AccessNeed.State.SOMETHING_ELSE for need in needs):
        return True
    leads_spoke_last = request.messages.values_list("is_from_lead", flat=True).last()
    return bool(leads_spoke_last) and not all(need.is_answered for need in needs)


def tell_leads_of_offers(event: Event, offered: Sequence[Registration]) -> None:
    """That some of them, who are offered a place, need something: one mail at once, for there is little time."""
    if offered and AccessRequest.objects.filter(registration__in=offered, withdrawn_at=None).exists():
        notices.tell_leads_of_event(event)


def forget(registration: Registration) -> None:
    """Delete the whole request at once, without a count: the person asked for it."""
    AccessRequest.objects.filter(registration=registration).delete()


def _opened(registration: Registration) -> AccessRequest:
    """The request of somebody who asks for something, locked; one that they had taken back begins anew."""
    AccessRequest.objects.get_or_create(registration=registration)
    request = AccessRequest.objects.select_for_update().get(registration=registration)
    if request.withdrawn_at:
        request.withdrawn_at, request.consent_given_at = None, timezone.now()
    return request


def _begin(request: AccessRequest, code: str, detail: str) -> None:
    """Whoever would rather talk first waits for words, not for something to be arranged."""
    state = AccessNeed.State.TO_WRITE if code == CONTACT.code else AccessNeed.State.RECEIVED
    AccessNeed.objects.create(request=request, code=code, detail=detail, state=state)


def _add_words(need: AccessNeed, words: str) -> None:
    """Pressed twice it is added once."""
    between = "\n" if need.code == OTHER.code else "; "
    if not words or f"{between}{need.detail}".endswith(f"{between}{words}"):
        return
    need.detail = f"{need.detail}{between}{words}" if need.detail else words
    need.state, need.worked, need.changed_at = AccessNeed.State.RECEIVED, "", timezone.now()
    need.save()


def _delete_texts(request: AccessRequest) -> None:
    request.needs.all().delete()
    request.messages.all().delete()


def _answer(request: AccessRequest, text: str, *, by: Person) -> None:
    if text and not _is_pressed_twice(request, text, by_lead=by):
        _say(request, text, by_lead=by)
        asked_to_write = request.needs.filter(state=AccessNeed.State.TO_WRITE)
        asked_to_write.update(state=AccessNeed.State.TALKING, changed_at=timezone.now())
    _touch(request)
    notices.access_news(request)


def _is_pressed_twice(request: AccessRequest, text: str, *, by_lead: Person | None) -> bool:
    last = request.messages.last()
    if last is None or not last.is_readable:
        return False
    return (last.by_lead_id, last.text) == (by_lead.pk if by_lead else None, text)


def _say(request: AccessRequest, text: str, *, by_lead: Person | None = None) -> None:
    AccessMessage.objects.create(
        request=request, text=text, by_lead=by_lead, is_from_lead=by_lead is not None
    )


def _touch(request: AccessRequest) -> None:
    request.changed_at = timezone.now()
    request.save(update_fields=["changed_at"])


def _unless_withdrawn(request: AccessRequest) -> AccessRequest:
    """The request, read again under its lock: an answer and a withdrawal at the same moment take turns, and what
    was taken back is not written again."""
    fresh = _lock(AccessRequest.objects.filter(pk=request.pk, withdrawn_at=None))
    if fresh is None:
        raise Withdrawn
    return fresh


def _lock(requests: "QuerySet[AccessRequest]") -> AccessRequest | None:
    return requests.select_for_update().first()
