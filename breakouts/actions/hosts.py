"""Who holds a room. Nothing else writes Host.state.

Every function locks the event first. Whoever confirms an offer first has the room; the next are willing, in their order.
Every way in which a room can lose its host ends in `look_for_host`.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from breakouts.actions import notices, shown
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Host, Topic
from events.actions import places, registrations
from events.actions.registrations import RegistrationClosed
from events.models import Event
from people.actions.persons import person_for
from people.models import GuidingValues, Person
from people.models.person import normalise_email

State = Host.State
Ended = Host.Ended

ANSWER_WITHIN = timedelta(days=3)
ANSWER_AT_LEAST = timedelta(hours=2)
ANSWER_AT_THE_VERY_LEAST = timedelta(minutes=15)


class AlreadyThere(Exception):
    """This address hosts the room, or has been asked to."""


@transaction.atomic
def offer(topic: Topic, *, name: str, email: str, support: str = "") -> Host:
    """Somebody would host. It counts once they have confirmed their address. Raises NoLongerPossible."""
    topic = lock(topic)[1]
    _require_open(topic)
    email, now = normalise_email(email), timezone.now()
    host = topic.hosts.live().filter(email=email).first()
    if host is None:
        host = Host(topic=topic, name=name, email=email, support=support)
        host.save()
    host.topic = topic
    if host.state == State.OFFERED and not host.is_co_host:
        notices.ask_to_confirm(host, "host-confirm", now)
    return host


@transaction.atomic
def confirm(host: Host, *, values: GuidingValues | None) -> Host:
    """The address is real, and the host agreement is given. The first has the room; whoever comes later is willing, and
    told so. Twice is harmless. Raises NoLongerPossible."""
    event, host = _locked(host)
    _require_open(host.topic)
    if host.state != State.OFFERED:
        return _as_it_is(host)
    if host.is_co_host:  # named in a proposal, and not asked yet
        raise NoLongerPossible
    _accept_values(host, values)
    if _is_free(host.topic):
        return _become_host(event, host)
    host.state, host.queued_at = State.WILLING, timezone.now()
    host.save()
    notices.tell(host, "host-next", "first")
    return host


@transaction.atomic
def invite(topic: Topic, *, name: str, email: str, as_co_host: bool, by: Host | None = None) -> Host:
    """Ask somebody by mail: as co-host beside the host, or to hold the room alone. Raises AlreadyThere,
    NoLongerPossible."""
    event, topic = lock(topic)
    _require_open(topic)
    email = normalise_email(email)
    host = topic.hosts.live().filter(email=email).first()
    if host and (host.is_hosting or host.is_asked):
        raise AlreadyThere
    if host is None:
        host = Host(topic=topic, name=name, email=email)
    host.topic, host.is_co_host, host.invited_by = topic, as_co_host, by
    _ask(event, host)
    shown.rewrite(event)
    return host


@transaction.atomic
def agree(host: Host, *, values: GuidingValues | None) -> Host:
    """Somebody who was asked says yes to hosting and to the guiding values. Twice is harmless. Raises
    NoLongerPossible."""
    event, host = _locked(host)
    _require_open(host.topic)
    if host.is_hosting:
        return host
    if not host.is_asked:
        raise NoLongerPossible
    _accept_values(host, values)
    return _become_host(event, host)


@transaction.atomic
def step_down(host: Host) -> Host:
    """ "I can't host" or "no, thank you": until the event begins, without blame. Twice is harmless. Raises
    NoLongerPossible."""
    event, host = _locked(host)
    if not host.is_live:
        return host
    if event.starts_at is not None and event.starts_at <= timezone.now() and host.is_hosting:
        raise NoLongerPossible
    _end(host, Ended.STEPPED_DOWN if host.is_hosting else Ended.DECLINED)
    if host.invited_by and host.invited_by.is_hosting:
        notices.tell(host.invited_by, "co-host-no", host.pk)
    look_for_host(event, host.topic)
    return host


@transaction.atomic
def not_me(host: Host) -> None:
    """Someone else typed this address: it is forgotten. Raises NoLongerPossible once it was confirmed."""
    event, host = _locked(host)
    if host.is_email_confirmed:
        raise NoLongerPossible
    topic = host.topic
    host.delete()
    look_for_host(event, topic)


@transaction.atomic
def remove(host: Host, *, by: Person) -> Host:
    """An organiser takes the room back."""
    event, host = _locked(host)
    if host.is_live:
        _end(host, Ended.REMOVED)
        notices.tell(host, "host-ended", host.queued_at.timestamp())
        look_for_host(event, host.topic)
    return host


@transaction.atomic
def expire(topic: Topic) -> int:
    """End the asking of those who did not answer in time, and ask the next. Returns how many ended."""
    event, topic = lock(topic)
    late = list(topic.hosts.filter(state=State.ASKED, answer_by__lte=timezone.now()))
    for host in late:
        host.topic = topic
        _end(host, Ended.NO_ANSWER)
        if host.is_co_host:
            _tell_hosts_of_silence(topic, host)
    if late:
        look_for_host(event, topic)
    return len(late)


def look_for_host(event: Event, topic: Topic) -> None:
    """Ask whoever offered first; when nobody is left, the organisers decide: host it, hand it over, or fold it."""
    is_over = event.starts_at is None or event.starts_at <= timezone.now()
    if topic.is_accepted and not is_over and _is_free(topic):
        willing = topic.hosts.willing().first()
        if willing:
            willing.topic = topic
            _ask(event, willing)
        else:
            notices.room_without_host(topic, _last_ended(topic))
    shown.rewrite(event)


def end_all(topic: Topic) -> None:
    """The room does not take place: its hosts are told, and so is whoever was asked."""
    for host in topic.hosts.live():
        host.topic = topic
        was_told_of_it = host.state != State.OFFERED
        _end(host, Ended.TOPIC_ENDED)
        if was_told_of_it:
            notices.tell(host, "host-ended", "topic")


def ask(event: Event, host: Host) -> None:
    """For breakouts.actions.review: a new row, or one that was named with the proposal."""
    _ask(event, host)


def answer_by(event: Event, now: datetime) -> datetime:
    """Three days; half of what is left when the event is near, but two hours where there are two."""
    if event.starts_at is None:
        return now + ANSWER_WITHIN
    left = event.starts_at - now
    return now + max(ANSWER_AT_THE_VERY_LEAST, min(ANSWER_WITHIN, left, max(ANSWER_AT_LEAST, left / 2)))


def lock(topic: Topic) -> tuple[Event, Topic]:
    """Event first, then the topic read again."""
    event = places.lock(topic.event)
    fresh = Topic.objects.get(pk=topic.pk)
    fresh.event = event
    return event, fresh


def _is_free(topic: Topic) -> bool:
    return not topic.hosts.holding_the_room().exists()


def _ask(event: Event, host: Host) -> None:
    now = timezone.now()
    host.state, host.ended_because, host.answer_by = State.ASKED, "", answer_by(event, now)
    host.save()
    notices.tell(host, "host-asked", int(now.timestamp()))


def _become_host(event: Event, host: Host) -> Host:
    reason = _("Hosts room %(number)s") % {"number": host.topic.number}
    try:
        host.registration = registrations.welcome(event, name=host.name, email=host.email, reason=reason)
    except RegistrationClosed as refusal:
        raise NoLongerPossible from refusal
    host.state, host.hosting_since, host.answer_by = State.HOSTING, timezone.now(), None
    host.save()
    notices.tell(host, "host-welcome", int(host.hosting_since.timestamp()))
    shown.rewrite(event)
    return host


def _accept_values(host: Host, values: GuidingValues | None) -> None:
    now = timezone.now()
    host.email_confirmed_at = host.email_confirmed_at or now
    host.person = person_for(host.email, name=host.name)
    host.values_version, host.values_accepted_at = values, now


def _end(host: Host, because: str) -> None:
    host.state, host.ended_because, host.answer_by = State.ENDED, because, None
    host.save()


def _as_it_is(host: Host) -> Host:
    if not host.is_live:
        raise NoLongerPossible
    return host


def _tell_hosts_of_silence(topic: Topic, silent: Host) -> None:
    for host in topic.hosts.hosting():
        host.topic = topic
        notices.tell(host, "co-host-silent", silent.pk)


def _last_ended(topic: Topic) -> int:
    """Once for each time that a room lost its host."""
    last = topic.hosts.filter(state=State.ENDED).order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def _require_open(topic: Topic) -> None:
    if not topic.is_accepted or not topic.event.is_published or topic.event.is_past():
        raise NoLongerPossible


def _locked(host: Host) -> tuple[Event, Host]:
    event = places.lock(host.topic.event)
    fresh = Host.objects.select_related("topic", "invited_by").filter(pk=host.pk).first()
    if fresh is None:
        raise NoLongerPossible
    fresh.topic.event = event
    return event, fresh
