"""Who holds a room, and who is asked to. Only this module and breakouts.actions.host_departures write Host.state.

Every function locks the event first. Whoever confirms an offer first has the room; the next are willing, in their order.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from breakouts.actions import notices, rooms
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Host, Topic
from events.actions import volunteers
from events.actions.registrations import RegistrationClosed
from events.actions.timetable import Limits
from events.models import Event, Registration
from kit import languages
from kit.links import normalise_email
from people.languages import hub_language
from people.models import GuidingValues
from people.models.person import person_for

State = Host.State

ANSWER_WITHIN = timedelta(days=3)
ANSWER_AT_LEAST = timedelta(hours=2)
ANSWER_AT_THE_VERY_LEAST = timedelta(minutes=15)
# Hosts and people asked to host, together: more do not make a conversation better, and nobody can fill inboxes.
MOST_HOSTS = 4
MOST_ASKED_EVER = 12
MOST_TIMES_ASKED = 2
# A link to pass on (breakouts.actions.host_links).
LINK_GOOD_FOR = timedelta(days=7)


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
    _require_open(topic)
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
    willing, and told so. Where somebody has to agree first, that is asked, and the offer stays as it is. Raises
    NoLongerPossible, also once it was confirmed."""
    event, host = locked(host)
    _require_open(host.topic)
    if host.state != State.OFFERED or host.is_co_host:  # a co-host was named in a proposal, and not asked yet
        raise NoLongerPossible
    if volunteers.asks_first(event, host.email):
        _welcome(event, host)
        return host
    _accept_values(host, values)
    if is_free(host.topic):
        return _become_host(event, host)
    host.state, host.queued_at = State.WILLING, timezone.now()
    host.save()
    notices.tell(host, "host-next", "first")
    return host


@transaction.atomic
def invite(topic: Topic, *, name: str, email: str, as_co_host: bool, by: Host | None = None) -> Host:
    """Ask somebody by mail: as co-host beside the host, or to hold the room alone. In a draft they are named, and asked
    when it is published. Raises AlreadyThere, Enough, AskedOften, NoLongerPossible."""
    event, topic = lock(topic)
    require_room(topic)
    if by is not None:
        hosting_still(by)
    email = normalise_email(email)
    host = topic.hosts.live().filter(email=email).first()
    if host and (host.is_hosting or host.is_asked or host.is_named):
        raise AlreadyThere
    if by is not None:
        _require_room_for_another(topic)
        _require_not_asked_often(topic, email)
    if host is None:
        host = Host(topic=topic, name=name, email=email, language="")  # not known before they answer
    host.topic, host.is_co_host, host.invited_by = topic, as_co_host, by
    ask(event, host)
    rooms.rewrite_summary(event)
    return host


@transaction.atomic
def agree(host: Host, *, values: GuidingValues | None, name: str = "") -> Host:
    """Let somebody who was asked say yes to hosting and to the guiding values, and how they want to be called; they are
    asked still where somebody has to agree first. Raises NoLongerPossible."""
    event, host = locked(host)
    _require_open(host.topic)
    if not host.is_asked:
        raise NoLongerPossible
    host.name = name or host.name
    if volunteers.asks_first(event, host.email):
        _welcome(event, host)
        return host
    _accept_values(host, values)
    return _become_host(event, host)


def ask(event: Event, host: Host) -> None:
    """Ask somebody by mail; of a draft nobody hears."""
    if event.is_draft:
        host.state = State.NAMED
        host.save()
        return
    now = timezone.now()
    host.state, host.ended_because, host.answer_by = State.ASKED, "", answer_by(event, now)
    host.save()
    notices.tell(host, "host-asked", int(now.timestamp()))


def ask_named(event: Event) -> None:
    """Ask everyone who was named while the event was a draft, now that it is published; links to pass on are good from
    now on. Under its lock."""
    renew_links(event, timezone.now())
    waiting = Host.objects.filter(topic__event=event, state=State.NAMED).exclude(email="")
    for host in waiting.select_related("topic"):
        host.topic.event = event
        ask(event, host)
    rooms.rewrite_summary(event)


def named(event: Event) -> list[str]:
    """The names of those who are asked when this draft is published. One query."""
    found = Host.objects.filter(topic__event=event, state=State.NAMED).exclude(email="")
    found = found.order_by("topic__number", "pk")
    return list(found.values_list("name", flat=True))


def answer_by(event: Event, now: datetime) -> datetime:
    """Until when somebody who is asked can answer: three days, half of what is left when the event is near, but two
    hours where there are two; never after its end."""
    starts_at, ends_at = event.starts_at, event.ends_at
    if starts_at is None or ends_at is None:
        return now + ANSWER_WITHIN
    left = starts_at - now
    time = max(ANSWER_AT_THE_VERY_LEAST, min(ANSWER_WITHIN, left, max(ANSWER_AT_LEAST, left / 2)))
    return min(ends_at, now + time)


def link_until(event: Event, now: datetime) -> datetime:
    """Until when a link to pass on is good: a week, and never after the event has begun."""
    return min(now + LINK_GOOD_FOR, event.starts_at or now + LINK_GOOD_FOR)


def renew_links(event: Event, now: datetime) -> None:
    """Let the links to pass on be good as long as one that is made now."""
    Host.objects.with_link().filter(topic__event=event).update(answer_by=link_until(event, now))


def shorten(event: Event, now: datetime, *, is_told: bool) -> None:
    """Bring the time to answer of those who are asked in line with the dates as they are now: never longer than it was.
    They read of it in the mail that tells of the dates (`is_told`), else they are asked once more. Under the lock of the
    event."""
    by, until = answer_by(event, now), link_until(event, now)
    Host.objects.with_link().filter(topic__event=event, answer_by__gt=until).update(answer_by=until)
    for host in Host.objects.filter(topic__event=event, state=State.ASKED, answer_by__gt=by).select_related(
        "topic"
    ):
        host.topic.event, host.answer_by = event, by
        host.save(update_fields=["answer_by"])
        if not is_told:
            notices.tell(host, "host-asked", f"less-time/{int(by.timestamp())}", less_time=True)


LIMITS = Limits(Host, ("answer_by",), shorten)


def is_free(topic: Topic) -> bool:
    return not topic.hosts.holding_the_room().exists()


def _require_open(topic: Topic) -> None:
    require_room(topic)
    if not topic.event.is_published:
        raise NoLongerPossible


def require_room(topic: Topic) -> None:
    """Refuse what is no room, and an event that is over or does not take place."""
    event = topic.event
    takes_place = (event.is_published or event.is_draft) and not event.is_past()
    if topic.state != Topic.State.ACCEPTED or not takes_place:
        raise NoLongerPossible


def lock(topic: Topic) -> tuple[Event, Topic]:
    """The event under its lock, and the topic read again."""
    event = topic.event.locked()
    # A topic has no lock of its own: whoever changes one holds its event's.
    fresh = Topic.objects.get(pk=topic.pk)
    fresh.event = event
    return event, fresh


def locked(host: Host) -> tuple[Event, Host]:
    event = host.topic.event.locked()
    # Gone while the link was open: erased, or "this was not me".
    fresh = Host.objects.select_related("topic", "invited_by").filter(pk=host.pk).first()
    if fresh is None:
        raise NoLongerPossible
    fresh.topic.event = event
    return event, fresh


def hosting_still(host: Host) -> tuple[Event, Host]:
    """The event and the host, who prepares a room. Raises NoLongerPossible when they host it no more, or it is over."""
    event, host = locked(host)
    _require_open(host.topic)
    if not host.is_hosting:
        raise NoLongerPossible
    return event, host


def _become_host(event: Event, host: Host) -> Host:
    host.registration = _welcome(event, host)
    host.state, host.hosting_since, host.answer_by = State.HOSTING, timezone.now(), None
    host.save()
    volunteers.agreed_with_their_part(
        host.registration, version=host.values_version, at=host.values_accepted_at
    )
    # A host sits in their own room.
    rooms.give_up_seat(host.registration)
    notices.tell(host, "host-welcome", int(host.hosting_since.timestamp()))
    rooms.rewrite_summary(event)
    return host


def _welcome(event: Event, host: Host) -> Registration:
    with languages.speaking(hub_language):
        reason = _("Hosts room %(number)s") % {"number": host.topic.number}
    try:
        return volunteers.welcome(
            event, name=host.name, email=host.email, language=host.language, reason=reason
        )
    # The event was called off, or has ended, since the page was opened.
    except RegistrationClosed as refusal:
        raise NoLongerPossible from refusal


def _accept_values(host: Host, values: GuidingValues | None) -> None:
    now = timezone.now()
    host.email_confirmed_at = host.email_confirmed_at or now
    host.language = languages.current()
    host.person = person_for(host.email, name=host.name)
    host.values_version, host.values_accepted_at = values, now


def _require_room_for_another(topic: Topic) -> None:
    there = topic.hosts.filter(state__in=[State.HOSTING, State.ASKED])
    if there.count() >= MOST_HOSTS or topic.hosts.filter(is_co_host=True).count() >= MOST_ASKED_EVER:
        raise Enough


def _require_not_asked_often(topic: Topic, email: str) -> None:
    if topic.hosts.filter(email=email, invited_by__isnull=False).count() >= MOST_TIMES_ASKED:
        raise AskedOften
