"""A link to pass on to somebody whose address is not known: whoever opens it first gives one, and is asked there.

Who has such a link is a host who is named, without an address. So the room is theirs to take: nobody else is looked for.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from breakouts.actions import notices, rooms
from breakouts.actions.hosts import ask, link_until, lock, locked, require_room
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Host, Topic
from kit.links import normalise_email


@transaction.atomic
def make(topic: Topic, *, name: str) -> Host:
    """Name somebody who is handed a link. One link a room: the one before opens nothing any more. Raises
    NoLongerPossible."""
    event, topic = lock(topic)
    require_room(topic)
    host = topic.hosts.with_link().first()
    if host is None:
        is_held = topic.hosts.holding_the_room().exists()
        host = Host(topic=topic, state=Host.State.NAMED, is_co_host=is_held, language="")
    else:
        host.link_version += 1
    host.name, host.answer_by = name, None if event.is_draft else link_until(event, timezone.now())
    host.save()
    rooms.rewrite_summary(event)
    return host


@transaction.atomic
def take(host: Host, *, name: str, email: str) -> None:
    """Ask whoever opened the link, at the address they gave. It is used up, unless that address has to do with the room
    already: then it gets its own link, which the caller cannot tell. Raises NoLongerPossible."""
    version = host.link_version
    event, host = locked(host)
    now = timezone.now()
    if host.link_version != version or not is_good(host, now):
        raise NoLongerPossible
    email = normalise_email(email)
    other = host.topic.hosts.live().filter(email=email).first()
    if other is None:
        host.name, host.email = name, email
        ask(event, host)
    elif other.is_willing or other.state == Host.State.OFFERED:
        other.topic, other.is_co_host = host.topic, host.is_co_host
        host.delete()
        ask(event, other)
    else:
        notices.ask_to_confirm(other, "host-link", now)
    rooms.rewrite_summary(event)


def is_good(host: Host, now: datetime) -> bool:
    """Whether somebody can use the link now: not of a draft, since its page is for nobody yet."""
    event = host.topic.event
    is_on = event.is_published and not event.is_past(now) and host.topic.is_accepted
    return is_on and host.has_link and host.answer_by is not None and now < host.answer_by
