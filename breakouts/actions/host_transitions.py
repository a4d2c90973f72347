"""How a host's state changes: each function does one thing to one host.

Called by breakouts.actions.hosts, under the lock of the event, and by nobody else. No third module writes Host.state.
"""

from copy import copy
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from breakouts.actions import event_summary, notices, seats
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Host, Topic
from events.actions import answers, places, welcoming
from events.actions.transitions import RegistrationClosed
from events.models import Event
from kit import languages
from people.actions.persons import person_for
from people.languages import speaking_the_hubs
from people.models import GuidingValues

State = Host.State

ANSWER_WITHIN = timedelta(days=3)
ANSWER_AT_LEAST = timedelta(hours=2)
ANSWER_AT_THE_VERY_LEAST = timedelta(minutes=15)


def look_for_host(event: Event, topic: Topic, *, after: Host) -> None:
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
    event_summary.rewrite(event)


def answer_by(event: Event, now: datetime) -> datetime:
    """Until when somebody who is asked can answer: three days, half of what is left when the event is near, but two
    hours where there are two."""
    if event.starts_at is None:
        return now + ANSWER_WITHIN
    left = event.starts_at - now
    return now + max(ANSWER_AT_THE_VERY_LEAST, min(ANSWER_WITHIN, left, max(ANSWER_AT_LEAST, left / 2)))


def lock(topic: Topic) -> tuple[Event, Topic]:
    """The event under its lock, and the topic read again."""
    event = places.lock(topic.event)
    # A topic has no lock of its own: whoever changes one holds its event's.
    fresh = Topic.objects.get(pk=topic.pk)
    fresh.event = event
    return event, fresh


def is_free(topic: Topic) -> bool:
    return not topic.hosts.holding_the_room().exists()


def ask(event: Event, host: Host) -> None:
    now = timezone.now()
    host.state, host.ended_because, host.answer_by = State.ASKED, "", answer_by(event, now)
    host.save()
    notices.tell(host, "host-asked", int(now.timestamp()))


def become_host(event: Event, host: Host) -> Host:
    with speaking_the_hubs():
        reason = _("Hosts room %(number)s") % {"number": host.topic.number}
    try:
        host.registration = welcoming.welcome(
            event, name=host.name, email=host.email, language=host.language, reason=reason
        )
    # The event was called off, or has ended, since the page was opened.
    except RegistrationClosed as refusal:
        raise NoLongerPossible from refusal
    host.state, host.hosting_since, host.answer_by = State.HOSTING, timezone.now(), None
    host.save()
    answers.agreed_with_their_part(host.registration, version=host.values_version, at=host.values_accepted_at)
    # A host sits in their own room.
    seats.give_up_seat(host.registration)
    notices.tell(host, "host-welcome", int(host.hosting_since.timestamp()))
    event_summary.rewrite(event)
    return host


def accept_values(host: Host, values: GuidingValues | None) -> None:
    now = timezone.now()
    host.email_confirmed_at = host.email_confirmed_at or now
    host.language = languages.current()
    host.person = person_for(host.email, name=host.name)
    host.values_version, host.values_accepted_at = values, now


def end(host: Host, because: str) -> None:
    host.state, host.ended_because, host.answer_by = State.ENDED, because, None
    host.save()


def after(event: Event, host: Host, held_it: bool) -> None:
    if held_it:
        look_for_host(event, host.topic, after=host)
    else:
        event_summary.rewrite(event)


def vanish(event: Event, host: Host) -> None:
    gone = copy(host)  # deleting takes its number away
    host.delete()
    after(event, gone, gone.holds_the_room)


def require_open(topic: Topic) -> None:
    if not topic.is_accepted or not topic.event.is_published or topic.event.is_past():
        raise NoLongerPossible


def locked(host: Host) -> tuple[Event, Host]:
    event = places.lock(host.topic.event)
    # Gone while the link was open: erased, or "this was not me".
    fresh = Host.objects.select_related("topic", "invited_by").filter(pk=host.pk).first()
    if fresh is None:
        raise NoLongerPossible
    fresh.topic.event = event
    return event, fresh


def hosting_still(host: Host) -> tuple[Event, Host]:
    """The event and the host, who prepares a room. Raises NoLongerPossible when they host it no more, or it is over."""
    event, host = locked(host)
    require_open(host.topic)
    if not host.is_hosting:
        raise NoLongerPossible
    return event, host
