"""Who helps with what. Nothing else writes Helper.state.

Every function locks the event first. Whoever confirms an offer while a slot is free has it; the next are in reserve, in
their order, and move up when a slot becomes free.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from breakouts.actions import note_takers, notices, parts, rooms
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Helper, HelperRole, Topic
from events.actions import volunteers
from events.actions.registrations import RegistrationClosed
from events.models import Event, Registration
from kit import languages
from kit.links import normalise_email
from people.languages import hub_language
from people.models import GuidingValues, Person
from people.models.person import person_for

State = Helper.State
Ended = Helper.Ended

# When somebody steps down this late, organisers hear of it at once.
NEAR = timedelta(days=1)
GONE = "gone"


@transaction.atomic
def want(event: Event, numbers: Mapping[str, int]) -> None:
    """Set how many are wanted for each kind of help. Whoever helps goes on helping when fewer are wanted; whoever is
    in reserve moves up when more are."""
    event = event.locked()
    _set_wanted(event, numbers)
    rooms.rewrite_summary(event)


def want_note_takers(event: Event, *, before: int) -> None:
    """Let one note-taker a room be wanted, as long as organisers have said no other number: `before` is how many rooms
    there were. Under the lock of the event, which has a plan; the caller writes its summary anew."""
    role = event.helper_roles.filter(kind=HelperRole.Kind.NOTES).first()
    if (role.wanted if role else 0) == before:
        _set_wanted(event, {HelperRole.Kind.NOTES: event.topics.accepted().count()})


def _set_wanted(event: Event, numbers: Mapping[str, int]) -> None:
    for kind, number in numbers.items():
        role = event.helper_roles.filter(kind=kind).first()
        if role is None and number:
            event.helper_roles.create(kind=kind, wanted=number)
        elif role and not number and not role.helpers.exists():
            role.delete()
        elif role:
            role.wanted = number
            role.save(update_fields=["wanted"])
            role.event = event
            _fill(event, role)


@transaction.atomic
def offer(role: HelperRole, *, name: str, email: str, topic: Topic | None = None) -> Helper:
    """Somebody would help; a note-taker may name a room. It counts once they have confirmed their address; until then
    what was typed last is what they confirm. Whoever helps already gets their link once more. Raises NoLongerPossible."""
    event, role = _lock(role)
    _require_wanted(event, role)
    email, now = normalise_email(email), timezone.now()
    helper = role.helpers.live().filter(email=email).first()
    if helper is None:
        helper = Helper(role=role, email=email)
    helper.role = role
    if helper.state == State.OFFERED:
        helper.name, helper.topic, helper.language = name, topic, languages.current()
        helper.save()
        notices.ask_to_confirm(helper, "helper-confirm", now)
    else:
        notices.ask_to_confirm(helper, "helper-welcome" if helper.is_helping else "helper-reserve", now)
    return helper


@transaction.atomic
def confirm(helper: Helper, *, values: GuidingValues | None) -> Helper:
    """Note that an address is real: a free slot is theirs, else they are first, second … in reserve, and told so.
    Where somebody has to agree first, that is asked, and the offer stays as it is. Raises NoLongerPossible, also once it
    was confirmed."""
    event, helper = _locked(helper)
    _require_wanted(event, helper.role)
    if helper.state != State.OFFERED:
        raise NoLongerPossible
    if volunteers.asks_first(event, helper.email):
        _welcome(event, helper)
        return helper
    now = timezone.now()
    helper.email_confirmed_at, helper.person = now, person_for(helper.email, name=helper.name)
    helper.values_version, helper.values_accepted_at, helper.queued_at = values, now, now
    if _free(helper.role):
        _help(event, helper)
    else:
        helper.state, helper.topic = State.RESERVE, None
        helper.save()
        notices.tell(helper, "helper-reserve", "first")
    rooms.rewrite_summary(event)
    return helper


@transaction.atomic
def step_down(helper: Helper) -> Helper:
    """Let a helper say "I can't help after all", without blame. Raises NoLongerPossible when they help no more, or the
    event is over."""
    if helper.role.event.locked().is_past():
        raise NoLongerPossible
    return let_go(helper)


@transaction.atomic
def let_go(helper: Helper) -> Helper:
    """Free the slot of a helper who does not come. Raises NoLongerPossible when they help no more."""
    return _leave(helper, Ended.STEPPED_DOWN)


@transaction.atomic
def remove(helper: Helper, *, by: Person) -> Helper:
    """Take somebody off, for an organiser. They are told. Raises NoLongerPossible when they help no more."""
    helper = _leave(helper, Ended.REMOVED)
    notices.tell(helper, "helper-ended", "removed")
    return helper


def keep_out(helper: Helper) -> Helper:
    """Take somebody off who is kept out of the event: their slot goes on."""
    return _leave(helper, Ended.REMOVED)


@transaction.atomic
def not_me(helper: Helper) -> None:
    """Forget an offer, because somebody else typed this address. Raises NoLongerPossible once it was confirmed."""
    _event, helper = _locked(helper)
    if helper.is_email_confirmed:
        raise NoLongerPossible
    helper.delete()


@transaction.atomic
def assign(helper: Helper, topic: Topic | None) -> Helper:
    """Give a note-taker a room, for an organiser. Two in one room write side by side. Raises NoLongerPossible."""
    event, helper = _locked(helper)
    is_room = topic is None or (topic.event_id == event.pk and topic.is_accepted)
    if not is_room or not helper.is_helping:
        raise NoLongerPossible
    if helper.topic_id != (topic.pk if topic else None):
        note_takers.put(helper, topic)
    return helper


@transaction.atomic
def erase(helper: Helper) -> None:
    """Delete a helper; a slot they had goes to whoever is in reserve."""
    if _locked(helper)[1].is_live:
        _leave(helper, Ended.STEPPED_DOWN)
    helper.delete()


def fill(event: Event, _since: datetime) -> None:
    """Give slots that became free while an event was called off to whoever is in reserve. Called under its lock."""
    for role in event.helper_roles.all():
        role.event = event
        _fill(event, role)
    rooms.rewrite_summary(event)


def _leave(helper: Helper, because: str) -> Helper:
    event, helper = _locked(helper)
    if not helper.is_live:
        raise NoLongerPossible
    was_helping = helper.is_helping
    helper.state, helper.ended_because = State.ENDED, because
    helper.save()
    parts.ended(event, helper.registration)
    _fill(event, helper.role)
    if was_helping:
        _warn_when_it_is_near(event, helper)
    rooms.rewrite_summary(event)
    return helper


def _warn_when_it_is_near(event: Event, gone: Helper) -> None:
    """Tell organisers that somebody is missing, when the day is so near that they have been asked for the last time."""
    now = timezone.now()
    is_near = event.starts_at is not None and now < event.starts_at <= now + NEAR
    if event.is_published and is_near and _free(gone.role) > 0:
        notices.tell_organisers_of_all(event, "helpers-wanted", GONE)


def _fill(event: Event, role: HelperRole) -> None:
    """Give free slots to whoever is in reserve, in their order."""
    if event.starts_at is None or event.is_past() or not event.is_published:
        return
    for helper in role.helpers.in_reserve()[: max(0, _free(role))]:
        helper.role = role
        _help(event, helper)


def _help(event: Event, helper: Helper) -> None:
    welcome = _welcome(event, helper)
    if welcome.is_held:
        return
    helper.registration, helper.state = welcome, State.HELPING
    if helper.role.kind == HelperRole.Kind.NOTES:
        helper.topic = note_takers.room_for(event, helper)
    helper.save()
    volunteers.agreed_with_their_part(welcome, version=helper.values_version, at=helper.values_accepted_at)
    if helper.topic:
        rooms.give_up_seat(welcome)
    notices.tell(helper, "helper-welcome", "first")


def _welcome(event: Event, helper: Helper) -> Registration:
    with languages.speaking(hub_language):
        reason = str(helper.role)
    try:
        return volunteers.welcome(
            event, name=helper.name, email=helper.email, language=helper.language, reason=reason
        )
    except RegistrationClosed as refusal:
        raise NoLongerPossible from refusal


def _free(role: HelperRole) -> int:
    return role.wanted - role.helpers.helping().count()


def _require_wanted(event: Event, role: HelperRole) -> None:
    if not event.is_published or event.is_past() or not role.wanted:
        raise NoLongerPossible


def _lock(role: HelperRole) -> tuple[Event, HelperRole]:
    event = role.event.locked()
    fresh = HelperRole.objects.filter(pk=role.pk).first()
    if fresh is None:
        raise NoLongerPossible
    fresh.event = event
    return event, fresh


def _locked(helper: Helper) -> tuple[Event, Helper]:
    event = helper.role.event.locked()
    fresh = Helper.objects.select_related("role", "topic").filter(pk=helper.pk).first()
    if fresh is None:
        raise NoLongerPossible
    fresh.role.event = event
    return event, fresh
