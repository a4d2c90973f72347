"""What whoever hosts a room reads: when, how many come and how they take part, who else is there, whom to call."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakouts.actions import ask_again
from breakouts.models import BreakoutPlan, Helper, Host, Placement
from breakouts.pages import adjustments
from breakouts.pages import host_words as words
from events.models import Event, Registration, Session
from events.pages import handouts
from events.pages.event_page import dates_of
from events.pages.registration_words import next_session
from kit.times import clock_words, span_words

TakingPart = Registration.TakingPart


@dataclass(frozen=True)
class Expected:
    """Whom a host can expect. `names` are first names of those who have a seat; `ways` say how they take part, by
    number only; `undecided` is how many of the event have no room yet."""

    names: list[str]
    ways: list[str]
    undecided: int

    @property
    def number(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class Timing:
    """When the room begins and ends, in words; "" where the organisers have not said. `agenda` are pairs of a time
    and words."""

    when: str
    ends: str
    agenda: list[tuple[str, str]]


def context_of(host: Host, now: datetime) -> dict[str, Any]:
    """What templates/breakouts/host.html shows."""
    event, topic = host.event, host.topic
    plan = BreakoutPlan.of(event)
    return {
        "plan": plan,
        "timing": timing(event, plan, now),
        "expected": expected(host),
        "others": list(topic.hosts.hosting().exclude(pk=host.pk).values_list("name", flat=True)),
        "asked": list(topic.hosts.filter(state=Host.State.ASKED).values_list("name", flat=True)),
        "note_takers": _note_takers(host),
        "adjustments": adjustments.for_event(event),
        "always": adjustments.ALWAYS,
        "sheets": handouts.sheets(topic.materials.all()),
        "tell_url": tell_url(event),
        "asks_again": ask_again.wants(host.email),
    }


def expected(host: Host) -> Expected:
    """The people a host can expect."""
    seated = Placement.objects.that_count().filter(topic=host.topic).select_related("registration")
    holds_a_place = host.registration is not None and host.registration.has_place
    # Nobody is named to a host who holds no place any more: they left, or were taken off the list.
    people = [placement.registration for placement in seated] if holds_a_place else []
    return Expected(
        names=sorted((first_name(person.name) for person in people), key=str.casefold),
        ways=ways(people),
        undecided=_undecided(host.event),
    )


def ways(people: list[Registration]) -> list[str]:
    """How people take part, in numbers without names: "3 with the camera off", "1 by chat only"."""
    numbers = Counter(way for person in people for way in person.taking_part)
    words = {
        TakingPart.CAMERA_OFF: ngettext(
            "%(number)s with the camera off", "%(number)s with the camera off", numbers[TakingPart.CAMERA_OFF]
        ),
        TakingPart.CHAT_ONLY: ngettext(
            "%(number)s by chat only", "%(number)s by chat only", numbers[TakingPart.CHAT_ONLY]
        ),
        TakingPart.LISTENING: ngettext(
            "%(number)s by listening", "%(number)s by listening", numbers[TakingPart.LISTENING]
        ),
    }
    return [line % {"number": numbers[way]} for way, line in words.items() if numbers[way]]


def timing(event: Event, plan: BreakoutPlan | None, now: datetime) -> Timing:
    starts_at, ends_at = (plan and plan.rooms) or (None, None)
    zone = event.time_zone
    dates = dates_of(event, now)
    around = next((date for date in dates if _covers(date.session, starts_at)), dates[0] if dates else None)
    return Timing(
        when=span_words(starts_at, ends_at, zone) if starts_at and ends_at else "",
        ends=clock_words(ends_at, zone) if ends_at else "",
        agenda=around.agenda if around else [],
    )


def tell_url(event: Event) -> str:
    return f"{reverse('concerns:tell', args=[event.group.slug])}?event={event.slug}"


def first_name(name: str) -> str:
    return (name.split() or [_("Somebody")])[0]


def _covers(session: Session, moment: datetime | None) -> bool:
    return moment is not None and session.starts_at <= moment <= session.ends_at


def _note_takers(host: Host) -> list[str]:
    names = host.topic.note_takers.filter(state=Helper.State.HELPING).order_by("pk")
    return [first_name(name) for name in names.values_list("name", flat=True)]


def _undecided(event: Event) -> int:
    """How many are coming and neither sit in a room nor look after one."""
    own = {"registration": OuterRef("pk")}
    seated = Placement.objects.that_count().filter(**own, topic__event=event)
    hosting = Host.objects.hosting().filter(**own, topic__event=event)
    noting = Helper.objects.helping().filter(**own, topic__event=event)
    coming = event.registrations.coming()
    return coming.filter(~Exists(seated), ~Exists(hosting), ~Exists(noting)).count()


def about_host(host: Host) -> dict[str, Any]:
    """What every page behind a host's link shows: the room, the event and its next date."""
    event, now = host.event, timezone.now()
    return {
        "host": host,
        "topic": host.topic,
        "event": event,
        "room": words.room(host.topic),
        "session": next_session(event, now),
        "is_over": event.is_past(now),
    }
