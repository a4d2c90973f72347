"""How somebody stops hosting, or being asked to, and how their room finds the next.

Every function locks the event first. Every way in which a room can lose its host ends in `_look_for_host`.
"""

from copy import copy
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from breakouts.actions import notices, parts, rooms
from breakouts.actions.hosts import answer_by, ask, hosting_still, is_free, lock, locked, renew_links
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Host, Topic
from events.models import Event
from people.models import Person

State = Host.State
Ended = Host.Ended


@transaction.atomic
def step_down(host: Host) -> Host:
    """Let a host say "I can't host" until the event begins, or somebody who was asked "no, thank you" until it ends:
    without blame. Raises NoLongerPossible, also once it has ended."""
    event, host = locked(host)
    if not host.is_live or (event.has_begun() and (host.is_hosting or event.is_past())):
        raise NoLongerPossible
    was_hosting, held_it = host.is_hosting, host.holds_the_room
    told = _hosts_beside(host) if was_hosting else _who_asked(host)
    _end(host, Ended.STEPPED_DOWN if was_hosting else Ended.DECLINED)
    for other in told:
        notices.tell(other, "co-host-no", host.pk, asked=host.pk)
    _after(event, host, held_it)
    return host


@transaction.atomic
def let_go(host: Host) -> bool:
    """End the hosting of somebody who has given up their place at the event: until it begins the room needs another.
    Returns whether they hosted still."""
    event, host = locked(host)
    gone = host.registration is None or not host.registration.has_place
    if not host.is_hosting or not gone or event.starts_at is None or event.starts_at <= timezone.now():
        return False
    _end(host, Ended.STEPPED_DOWN)
    for other in _hosts_beside(host):
        notices.tell(other, "co-host-no", host.pk, asked=host.pk)
    _after(event, host, held_it=True)
    return True


@transaction.atomic
def take_back(asked: Host, *, by: Host) -> Host:
    """Let a host no longer ask somebody to be co-host. Raises NoLongerPossible once they have answered."""
    event, asked = locked(asked)
    by = hosting_still(by)[1]
    if asked.topic_id != by.topic_id or not asked.is_asked or not asked.is_co_host:
        raise NoLongerPossible
    _end(asked, Ended.REMOVED)
    notices.tell(asked, "host-ended", "taken-back")
    rooms.rewrite_summary(event)
    return asked


@transaction.atomic
def not_me(host: Host) -> None:
    """Forget an offer, because somebody else typed this address. Raises NoLongerPossible once it was confirmed."""
    event, host = locked(host)
    if host.is_email_confirmed:
        raise NoLongerPossible
    _vanish(event, host)


@transaction.atomic
def forget(host: Host) -> None:
    """Delete a host; a room that they held looks for another."""
    event, host = locked(host)
    _vanish(event, host)


@transaction.atomic
def remove(host: Host, *, by: Person) -> Host:
    """Take the room back from a host, for an organiser; who was only named is forgotten. Raises NoLongerPossible when it
    has ended."""
    event, host = locked(host)
    if not host.is_live:
        raise NoLongerPossible
    if host.is_named:
        _vanish(event, host)
        return host
    held_it, was_told_of_it = host.holds_the_room, host.state != State.OFFERED
    _end(host, Ended.REMOVED)
    if was_told_of_it:
        notices.tell(host, "host-ended", "removed")
    _after(event, host, held_it)
    return host


@transaction.atomic
def keep_out(host: Host) -> Host:
    """End the part of somebody who is kept out of the event: their room finds the next, as when they step down."""
    event, host = locked(host)
    held_it, told = host.holds_the_room, _hosts_beside(host) if host.is_hosting else _who_asked(host)
    _end(host, Ended.REMOVED)
    for other in told:
        notices.tell(other, "co-host-no", host.pk, asked=host.pk)
    _after(event, host, held_it)
    return host


def expire_late() -> int:
    """Ask on in every room in which somebody did not answer in time. For the clock."""
    late = Host.objects.late(timezone.now())
    late = late.exclude(topic__event__state__in=Event.CALLED_OFF)
    return sum(expire(topic) for topic in Topic.objects.filter(pk__in=late.values("topic")))


@transaction.atomic
def expire(topic: Topic) -> int:
    """End the asking of those who did not answer in time, and the links that nobody used, and ask the next. Returns how
    many ended."""
    event, topic = lock(topic)
    if event.is_called_off:
        return 0  # nobody can answer now; when it is called back they get the time to
    late = list(topic.hosts.late(timezone.now()))
    for host in late:
        host.topic = topic
        if host.has_link:
            _vanish(event, host)
            continue
        held_it = host.holds_the_room
        _end(host, Ended.NO_ANSWER)
        if host.is_co_host:
            for other in _hosts_beside(host):
                notices.tell(other, "co-host-silent", host.pk, asked=host.pk)
        _after(event, host, held_it)
    return len(late)


def ask_on(event: Event, _since: datetime) -> None:
    """Give those who are asked fresh time to answer, and look for hosts of rooms that lost theirs, when an event that was
    called off takes place after all. Called under its lock."""
    now = timezone.now()
    asked = Host.objects.filter(topic__event=event, state=State.ASKED)
    asked.update(answer_by=answer_by(event, now))
    renew_links(event, now)
    for topic in event.topics.accepted():
        topic.event = event
        willing = topic.hosts.willing().first() if is_free(topic) else None
        if willing:
            willing.topic = topic
            ask(event, willing)
    rooms.rewrite_summary(event)


def end_all(topic: Topic) -> None:
    """Let go of all hosts of a room that does not take place, and of whoever was asked. breakouts.actions.closed_rooms
    tells them. Who was only named never knew."""
    topic.hosts.filter(state=State.NAMED).delete()
    for host in topic.hosts.live():
        host.topic = topic
        _end(host, Ended.TOPIC_ENDED)


def _look_for_host(event: Event, topic: Topic, *, after: Host) -> None:
    """Ask whoever offered first; when nobody is left, the organisers decide: host it, hand it over, or fold it. `after`
    is who held the room last, so that they are told once for each time."""
    has_begun = event.starts_at is None or event.starts_at <= timezone.now()
    if topic.is_accepted and event.is_published and not has_begun and is_free(topic):
        willing = topic.hosts.willing().first()
        if willing:
            willing.topic = topic
            ask(event, willing)
        else:
            notices.room_without_host(topic, after.pk)
    rooms.rewrite_summary(event)


def _end(host: Host, because: str) -> None:
    host.state, host.ended_because, host.answer_by = State.ENDED, because, None
    host.save()
    parts.ended(host.topic.event, host.registration)


def _after(event: Event, host: Host, held_it: bool) -> None:
    if held_it:
        _look_for_host(event, host.topic, after=host)
    else:
        rooms.rewrite_summary(event)


def _vanish(event: Event, host: Host) -> None:
    gone = copy(host)  # deleting takes its number away
    host.delete()
    parts.ended(event, gone.registration)
    _after(event, gone, gone.holds_the_room)


def _hosts_beside(host: Host) -> list[Host]:
    """The others who host the room."""
    others = list(host.topic.hosts.hosting().exclude(pk=host.pk))
    for other in others:
        other.topic = host.topic
    return others


def _who_asked(host: Host) -> list[Host]:
    """The host who asked somebody and waits for an answer; an empty list when nobody does."""
    return [other for other in _hosts_beside(host) if host.is_asked and other.pk == host.invited_by_id]
