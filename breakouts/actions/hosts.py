"""Who holds a room. Nothing else writes Host.state.

Every function locks the event first. Whoever confirms an offer first has the room; the next are willing, in their order.
Every way in which a room can lose its host ends in `host_turns.look_for_host`.
"""

from django.db import transaction
from django.utils import timezone

from breakouts.actions import event_summary, notices
from breakouts.actions.host_transitions import (
    accept_values,
    after,
    ask,
    become_host,
    end,
    hosting_still,
    is_free,
    lock,
    locked,
    require_open,
    vanish,
)
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Host, Topic
from kit import languages
from kit.text import normalise_email
from people.models import GuidingValues, Person

State = Host.State
Ended = Host.Ended

# Hosts and people asked to host, together: more do not make a conversation better, and nobody can fill inboxes.
MOST_HOSTS = 4
MOST_ASKED_EVER = 12
MOST_TIMES_ASKED = 2


class AlreadyThere(Exception):
    """Refused: this address hosts the room, or has been asked to."""


class Enough(Exception):
    """Refused: the room has MOST_HOSTS already, or MOST_ASKED_EVER were asked."""


class AskedOften(Exception):
    """Refused: hosts have asked this address MOST_TIMES_ASKED times already. A no is a no."""


@transaction.atomic
def offer(topic: Topic, *, name: str, email: str, support: str = "") -> Host:
    """Somebody would host. It counts once they have confirmed their address; until then what was typed last counts.
    Whoever is known here already gets their link again: the caller cannot tell and must not. Raises
    NoLongerPossible."""
    topic = lock(topic)[1]
    require_open(topic)
    email, now = normalise_email(email), timezone.now()
    host = topic.hosts.live().filter(email=email).first() or Host(topic=topic, email=email)
    host.topic = topic
    if host.state == State.OFFERED and not host.is_co_host:
        host.name, host.support, host.language = name, support, languages.current()
        host.save()
        notices.ask_to_confirm(host, "host-confirm", now)
    else:
        notices.ask_to_confirm(host, "host-link", now)
    return host


@transaction.atomic
def confirm(host: Host, *, values: GuidingValues | None) -> Host:
    """Note that an address is real and the host agreement given. The first has the room; whoever comes later is
    willing, and told so. Twice is harmless. Raises NoLongerPossible."""
    event, host = locked(host)
    require_open(host.topic)
    if host.state != State.OFFERED:
        return _as_it_is(host)
    if host.is_co_host:  # named in a proposal, and not asked yet
        raise NoLongerPossible
    accept_values(host, values)
    if is_free(host.topic):
        return become_host(event, host)
    host.state, host.queued_at = State.WILLING, timezone.now()
    host.save()
    notices.tell(host, "host-next", "first")
    return host


@transaction.atomic
def invite(topic: Topic, *, name: str, email: str, as_co_host: bool, by: Host | None = None) -> Host:
    """Ask somebody by mail: as co-host beside the host, or to hold the room alone. Raises AlreadyThere, Enough,
    AskedOften, NoLongerPossible."""
    event, topic = lock(topic)
    require_open(topic)
    if by is not None:
        hosting_still(by)
    email = normalise_email(email)
    host = topic.hosts.live().filter(email=email).first()
    if host and (host.is_hosting or host.is_asked):
        raise AlreadyThere
    if by is not None:
        _require_room_for_another(topic)
        _require_not_asked_often(topic, email)
    if host is None:
        host = Host(topic=topic, name=name, email=email, language="")  # not known before they answer
    host.topic, host.is_co_host, host.invited_by = topic, as_co_host, by
    ask(event, host)
    event_summary.rewrite(event)
    return host


@transaction.atomic
def agree(host: Host, *, values: GuidingValues | None, name: str = "") -> Host:
    """Let somebody who was asked say yes to hosting and to the guiding values, and how they want to be called. Twice
    is harmless. Raises NoLongerPossible."""
    event, host = locked(host)
    require_open(host.topic)
    if host.is_hosting:
        return host
    if not host.is_asked:
        raise NoLongerPossible
    host.name = name or host.name
    accept_values(host, values)
    return become_host(event, host)


@transaction.atomic
def step_down(host: Host) -> Host:
    """Let a host say "I can't host", or somebody who was asked "no, thank you": until the event begins, without
    blame. Twice is harmless. Raises NoLongerPossible."""
    event, host = locked(host)
    if not host.is_live:
        return host
    if event.starts_at is not None and event.starts_at <= timezone.now() and host.is_hosting:
        raise NoLongerPossible
    was_hosting, held_it = host.is_hosting, host.holds_the_room
    told = _hosts_beside(host) if was_hosting else _who_asked(host)
    end(host, Ended.STEPPED_DOWN if was_hosting else Ended.DECLINED)
    for other in told:
        notices.tell(other, "co-host-no", host.pk, asked=host.pk)
    after(event, host, held_it)
    return host


@transaction.atomic
def let_go(host: Host) -> bool:
    """End the hosting of somebody who has given up their place at the event: until it begins the room needs another.
    Returns whether they hosted still."""
    event, host = locked(host)
    gone = host.registration is None or not host.registration.is_live
    if not host.is_hosting or not gone or event.starts_at is None or event.starts_at <= timezone.now():
        return False
    end(host, Ended.STEPPED_DOWN)
    for other in _hosts_beside(host):
        notices.tell(other, "co-host-no", host.pk, asked=host.pk)
    after(event, host, held_it=True)
    return True


@transaction.atomic
def take_back(asked: Host, *, by: Host) -> Host:
    """Let a host no longer ask somebody to be co-host. Raises NoLongerPossible once they have answered."""
    event, asked = locked(asked)
    by = hosting_still(by)[1]
    if asked.topic_id != by.topic_id or not asked.is_asked or not asked.is_co_host:
        raise NoLongerPossible
    end(asked, Ended.REMOVED)
    notices.tell(asked, "host-ended", "taken-back")
    event_summary.rewrite(event)
    return asked


@transaction.atomic
def not_me(host: Host) -> None:
    """Forget an offer, because somebody else typed this address. Raises NoLongerPossible once it was confirmed."""
    event, host = locked(host)
    if host.is_email_confirmed:
        raise NoLongerPossible
    vanish(event, host)


@transaction.atomic
def forget(host: Host) -> None:
    """Delete a host; a room that they held looks for another."""
    event, host = locked(host)
    vanish(event, host)


@transaction.atomic
def remove(host: Host, *, by: Person) -> Host:
    """Take the room back from a host, for an organiser."""
    event, host = locked(host)
    if host.is_live:
        held_it, was_told_of_it = host.holds_the_room, host.state != State.OFFERED
        end(host, Ended.REMOVED)
        if was_told_of_it:
            notices.tell(host, "host-ended", "removed")
        after(event, host, held_it)
    return host


def expire_late() -> int:
    """Ask on in every room in which somebody did not answer in time. For the clock."""
    late = Host.objects.filter(state=State.ASKED, answer_by__lte=timezone.now())
    return sum(expire(topic) for topic in Topic.objects.filter(pk__in=late.values("topic")))


@transaction.atomic
def expire(topic: Topic) -> int:
    """End the asking of those who did not answer in time, and ask the next. Returns how many ended."""
    event, topic = lock(topic)
    late = list(topic.hosts.filter(state=State.ASKED, answer_by__lte=timezone.now()))
    for host in late:
        host.topic = topic
        held_it = host.holds_the_room
        end(host, Ended.NO_ANSWER)
        if host.is_co_host:
            for other in _hosts_beside(host):
                notices.tell(other, "co-host-silent", host.pk, asked=host.pk)
        after(event, host, held_it)
    return len(late)


def end_all(topic: Topic) -> None:
    """Let go of all hosts of a room that does not take place: they are told, and so is whoever was asked."""
    for host in topic.hosts.live():
        host.topic = topic
        was_told_of_it = host.state != State.OFFERED
        end(host, Ended.TOPIC_ENDED)
        if was_told_of_it:
            notices.tell(host, "host-ended", "topic")


def _as_it_is(host: Host) -> Host:
    if not host.is_live:
        raise NoLongerPossible
    return host


def _hosts_beside(host: Host) -> list[Host]:
    """The others who host the room."""
    others = list(host.topic.hosts.hosting().exclude(pk=host.pk))
    for other in others:
        other.topic = host.topic
    return others


def _who_asked(host: Host) -> list[Host]:
    """The host who asked somebody and waits for an answer; an empty list when nobody does."""
    return [other for other in _hosts_beside(host) if host.is_asked and other.pk == host.invited_by_id]


def _require_room_for_another(topic: Topic) -> None:
    there = topic.hosts.filter(state__in=[State.HOSTING, State.ASKED])
    if there.count() >= MOST_HOSTS or topic.hosts.filter(is_co_host=True).count() >= MOST_ASKED_EVER:
        raise Enough


def _require_not_asked_often(topic: Topic, email: str) -> None:
    if topic.hosts.filter(email=email, invited_by__isnull=False).count() >= MOST_TIMES_ASKED:
        raise AskedOften
