"""What pages and mails say about help: what each role means, how many are found, and how it stands with somebody's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.models import Helper, HelperRole, Topic
from events.models import Closed, Event
from events.pages.closed import off_heading, off_sentence

Kind = HelperRole.Kind
Ended = Helper.Ended

MEANS: dict[str, Promise] = {
    Kind.NOTES: gettext_lazy(
        "Listen in one room and write down what came up, what helped, and one sentence for everyone. "
        "Never who said it."
    ),
    Kind.WELCOME: gettext_lazy(
        "Be the first friendly face: greet people as they come in, and show them where to go and how to take part."
    ),
    Kind.TECH: gettext_lazy(
        "Be there when a microphone, a link or a screen does not do what it should, and keep calm with people."
    ),
    Kind.CAPTIONS: gettext_lazy(
        "See to it that the captions run and can be followed from beginning to end, and say so at once when not."
    ),
    Kind.TIMEKEEPER: gettext_lazy(
        "Keep an eye on the clock, so that breaks happen and we end on time. People rely on it."
    ),
}
DOES: dict[str, Promise] = {
    Kind.NOTES: gettext_lazy("You take notes"),
    Kind.WELCOME: gettext_lazy("You welcome people"),
    Kind.TECH: gettext_lazy("You look after the technology"),
    Kind.CAPTIONS: gettext_lazy("You keep an eye on the captions"),
    Kind.TIMEKEEPER: gettext_lazy("You keep the time"),
}
WHY_IT_ENDED: dict[str, Promise] = {
    Ended.STEPPED_DOWN: gettext_lazy("Thank you for telling us: somebody else can help instead."),
    Ended.REMOVED: gettext_lazy(
        "The organisers no longer need this help. If you think that this is a mistake, please write to them."
    ),
    Ended.NOT_ME: gettext_lazy("Somebody else had typed your address."),
}


@dataclass(frozen=True)
class RoleLine:
    """One role of an event with its numbers."""

    role: HelperRole
    wanted: int
    filled: int
    in_reserve: int
    not_confirmed: int

    @property
    def kind(self) -> str:
        return self.role.kind

    @property
    def label(self) -> str:
        return str(self.role)

    @property
    def means(self) -> str:
        return str(MEANS[self.role.kind])

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.filled)

    @property
    def is_full(self) -> bool:
        return not self.missing

    @property
    def percent(self) -> int:
        return min(100, self.filled * 100 // self.wanted) if self.wanted else 100

    @property
    def found_words(self) -> str:
        return _("%(filled)s of %(wanted)s found") % {"filled": self.filled, "wanted": self.wanted}

    @property
    def how_it_stands(self) -> str:
        """How far a role is filled: "2 of 6 found"; what it would mean to offer now when nobody more is wanted."""
        if self.is_full:
            return _("All found: you would be in reserve")
        return self.found_words


def role_lines(event: Event) -> list[RoleLine]:
    """Every role with a row, in the order of HelperRole.Kind. One query."""
    return roles_of([event])[event.pk]


def roles_of(events: Iterable[Event]) -> dict[int, list[RoleLine]]:
    """The same of several events. One query."""
    by_key = {event.pk: event for event in events}

    def number(state: Helper.State) -> Count:
        return Count("helpers", filter=Q(helpers__state=state))

    counted = HelperRole.objects.filter(event__in=by_key).annotate(
        filled=number(Helper.State.HELPING),
        in_reserve=number(Helper.State.RESERVE),
        not_confirmed=number(Helper.State.OFFERED),
    )
    found: dict[int, list[RoleLine]] = {pk: [] for pk in by_key}
    for role in sorted(counted, key=_order):
        found[role.event_id].append(_line(by_key[role.event_id], role))
    return found


def wanted(lines: Iterable[RoleLine]) -> list[RoleLine]:
    return [line for line in lines if line.wanted]


def unfilled(lines: Iterable[RoleLine]) -> list[RoleLine]:
    return [line for line in lines if line.missing]


def missing_words(lines: Iterable[RoleLine]) -> list[str]:
    """What is still missing, a line for each role that has not found everyone: "Take notes: 2 of 6 found"."""
    words = _("%(role)s: %(found)s")
    return [words % {"role": line.label, "found": line.found_words} for line in unfilled(lines)]


def closed_because(event: Event, lines: Iterable[RoleLine], now: datetime) -> Closed | None:
    """Why nobody can offer help now; None while they can."""
    return event.off_because() or Closed.first(
        (Closed.OVER, event.starts_at is None or event.is_past(now)),
        (Closed.NOT_OFFERED, not wanted(lines)),
    )


def room_words(topic: Topic) -> str:
    return _("Room %(number)s: %(title)s") % {"number": topic.number, "title": topic.title}


def own_room(helper: Helper) -> str:
    """The room of a note-taker, if it takes place; "" without."""
    room = helper.topic
    return room_words(room) if room and helper.is_helping and room.is_accepted else ""


def position(helper: Helper) -> int:
    """The place in the reserve: 1 for whoever is asked next; 0 when they are not in it."""
    line = list(helper.role.helpers.in_reserve().values_list("pk", flat=True))
    return line.index(helper.pk) + 1 if helper.pk in line else 0


def position_words(place: int) -> str:
    """A place in the reserve in words: "1st"; "" for 0."""
    return str(ordinal(place)) if place else ""


def heading(helper: Helper, now: datetime) -> str:
    event = helper.event
    if off := off_heading(event):
        return off
    if not helper.is_live:
        stepped_down = helper.ended_because == Ended.STEPPED_DOWN
        return _("You have stepped down") if stepped_down else _("You no longer help with this")
    if event.is_past(now):
        return _("This event is over")
    if helper.is_in_reserve:
        return _("You are in reserve, %(position)s") % {"position": position_words(position(helper))}
    return str(DOES[helper.role.kind])


def how_it_stands(helper: Helper, now: datetime) -> str:
    """What is true of somebody's help now, and what their page can do about it, for whoever pressed a button that has
    lost its sense. Reads it again."""
    helper.refresh_from_db(fields=["state", "ended_because", "queued_at"])
    if off := off_sentence(helper.event):
        return off
    words = heading(helper, now)
    if not helper.is_live or helper.event.is_past(now):
        return f"{words}."
    words = _("You help: %(role)s") % {"role": helper.role} if helper.is_helping else words
    return f"{words}. {_('If you can’t help after all, you can tell us on this page.')}"


def why_it_ended(helper: Helper) -> str:
    """The reason why a helper's part ended, as a sentence; "" while it is live."""
    return str(WHY_IT_ENDED.get(helper.ended_because, "")) if not helper.is_live else ""


def host_names(topic: Topic | None) -> list[str]:
    """The hosts of a room, as they want to be called."""
    if topic is None or not topic.is_accepted:
        return []
    return list(topic.hosts.hosting().values_list("name", flat=True))


def _line(event: Event, role: Any) -> RoleLine:
    role.event = event
    return RoleLine(role, role.wanted, role.filled, role.in_reserve, role.not_confirmed)


def _order(role: HelperRole) -> int:
    return Kind.values.index(role.kind)
