"""The organisers' two lists: proposals that wait for them, and rooms in their order. A few queries, however many rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from breakouts.actions.rooms import seats_of
from breakouts.models import BreakoutPlan, Helper, Host, Proposer, Topic, TopicStep, counted
from events.models import Event
from kit.times import moment_words

WOULD_HOST = {
    Topic.Hosting.ALONE: gettext_lazy("Would host it"),
    Topic.Hosting.WITH_CO_HOST: gettext_lazy("Would host it together with somebody"),
    Topic.Hosting.SOMEONE_ELSE: gettext_lazy("Would rather somebody else hosted it"),
}


@dataclass(frozen=True)
class Proposed:
    """One card of the inbox."""

    topic: Topic
    by: str
    hosting: str
    is_changed: bool
    joined: int


@dataclass(frozen=True)
class HostState:
    """How it stands with the host of a room: `tone` is a colour of templates/components/tag.html."""

    tag: str
    tone: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Room:
    """One line of the list of rooms."""

    topic: Topic
    host: HostState
    taken: int
    seats: int | None
    note_takers: str
    is_first: bool
    is_last: bool

    @property
    def is_overfull(self) -> bool:
        return self.seats is not None and self.taken > self.seats

    @property
    def seats_words(self) -> str:
        if self.seats is None:
            return ngettext("%(taken)s person", "%(taken)s people", self.taken) % {"taken": self.taken}
        return ngettext("%(taken)s of %(seats)s seat", "%(taken)s of %(seats)s seats", self.seats) % {
            "taken": self.taken,
            "seats": self.seats,
        }


def inbox(event: Event) -> list[Proposed]:
    """The proposals to decide on, oldest first. Four queries."""
    confirmed = Prefetch(
        "proposers", Proposer.objects.with_confirmed_address().order_by("pk"), to_attr="confirmed"
    )
    changed = Prefetch(
        "steps", TopicStep.objects.filter(kind=TopicStep.Kind.CHANGED).order_by("pk"), to_attr="changes"
    )
    rows: Any = event.topics.to_review().prefetch_related(confirmed, changed, "merged")
    return [_proposed(topic) for topic in rows]


def waiting_for_change(event: Event) -> list[Topic]:
    """The proposals that were sent back: the next step is not the organisers'."""
    return list(event.topics.filter(state=Topic.State.CHANGE_WANTED).order_by("changed_at", "pk"))


def decided(event: Event) -> list[Topic]:
    """The topics that became no room, newest first."""
    states = (Topic.State.DECLINED, Topic.State.MERGED, Topic.State.WITHDRAWN, Topic.State.FOLDED)
    found = event.topics.filter(state__in=states).select_related("merged_into")
    return list(found.order_by("-changed_at", "-pk"))


def rooms(event: Event, plan: BreakoutPlan) -> list[Room]:
    """The rooms in the order of their numbers. Three queries."""
    helping = Helper.objects.filter(state=Helper.State.HELPING).order_by("queued_at", "pk")
    rows: Any = (
        event.topics.accepted()
        .annotate(taken=Count("placements", filter=counted(), distinct=True))
        .prefetch_related(
            Prefetch("hosts", Host.objects.in_sight(), to_attr="live_hosts"),
            Prefetch("note_takers", helping, to_attr="takers"),
        )
    )
    topics = list(rows)
    return [
        Room(
            topic=topic,
            host=host_state(topic.live_hosts, event.time_zone),
            taken=topic.taken,
            seats=seats_of(topic, plan),
            note_takers=names([helper.name for helper in topic.takers]),
            is_first=index == 0,
            is_last=index == len(topics) - 1,
        )
        for index, topic in enumerate(topics)
    ]


def host_state(live: list[Host], zone: str) -> HostState:
    """How it stands with a room that has these hosts, in the order in which they came."""
    hosting = sorted(
        (host for host in live if host.is_hosting), key=lambda host: (host.hosting_since, host.pk)
    )
    asked = [host for host in live if host.is_asked]
    willing = sum(host.is_willing for host in live)
    named = _named([host.name for host in live if host.is_named and not host.has_link])
    linked = _linked([host.name for host in live if host.has_link])
    more = tuple(filter(None, (_asked(asked, zone), named, linked, _willing(willing))))
    if hosting:
        by = _("by %(names)s") % {"names": names([host.name for host in hosting])}
        return HostState(_("Hosted"), "moss", (by, *more))
    if any(host.holds_the_room for host in live):
        return HostState(_("Host asked") if asked else _("Host named"), "sea", more)
    return HostState(_("Host wanted"), "gold", more)


def names(everyone: list[str]) -> str:
    """Names in a sentence: "Keli and Sam"."""
    return str(get_text_list(everyone, _("and")))


def _asked(asked: list[Host], zone: str) -> str:
    if not asked:
        return ""
    until = max(host.answer_by for host in asked if host.answer_by)
    words = {"names": names([host.name for host in asked]), "moment": moment_words(until, zone, year=False)}
    return _("%(names)s asked, to answer by %(moment)s") % words


def _named(found: list[str]) -> str:
    return _("%(names)s, asked when you publish") % {"names": names(found)} if found else ""


def _linked(found: list[str]) -> str:
    return _("%(names)s, by a link to pass on") % {"names": names(found)} if found else ""


def _willing(number: int) -> str:
    words = ngettext("%(number)s more would step in", "%(number)s more would step in", number)
    return words % {"number": number} if number else ""


def _proposed(topic: Any) -> Proposed:
    return Proposed(
        topic=topic,
        by=names([proposer.name for proposer in topic.confirmed]),
        hosting=str(WOULD_HOST[topic.hosting]),
        is_changed=bool(topic.changes),
        joined=len(topic.merged.all()),
    )
