"""One topic as its organisers see it: who proposed it, what has happened, who hosts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.models import Host, Proposer, Topic, TopicStep
from kit.times import moment_words

Step = TopicStep.Kind
# The model's own words speak to whoever proposed it.
HAPPENED = {
    Step.PROPOSED: gettext_lazy("Proposed."),
    Step.CONFIRMED: gettext_lazy("The address of whoever proposed it was confirmed."),
    Step.CHANGE_WANTED: gettext_lazy("A change was asked for."),
    Step.CHANGED: gettext_lazy("Changed by whoever proposed it."),
    Step.ACCEPTED: gettext_lazy("Accepted: it became a room."),
    Step.DECLINED: gettext_lazy("Declined."),
    Step.MERGED: gettext_lazy("Joined with another topic."),
    Step.RETURNED: gettext_lazy("It stands on its own again."),
    Step.WITHDRAWN: gettext_lazy("Taken back by whoever proposed it."),
    Step.FOLDED: gettext_lazy("The room was closed."),
}
TAGS = {
    Topic.State.PROPOSED: ("gold", gettext_lazy("Waits for you")),
    Topic.State.CHANGE_WANTED: ("sea", gettext_lazy("Waits for a change")),
    Topic.State.ACCEPTED: ("moss", gettext_lazy("Accepted")),
    Topic.State.DECLINED: ("plain", gettext_lazy("Declined")),
    Topic.State.MERGED: ("plain", gettext_lazy("Joined with another")),
    Topic.State.WITHDRAWN: ("plain", gettext_lazy("Taken back")),
    Topic.State.FOLDED: ("plain", gettext_lazy("Closed")),
}


@dataclass(frozen=True)
class Happened:
    at: datetime
    words: str
    by: str
    note: str


@dataclass(frozen=True)
class HostLine:
    """One host of a room. `can_be_asked` is for whoever is willing: to host together with whoever has the room."""

    host: Host
    state: str
    tone: str
    can_be_asked: bool
    is_live: bool


def history(topic: Topic) -> list[Happened]:
    """The steps of a topic, oldest first, with who decided. One query."""
    return [
        Happened(step.at, _happened(topic, step), step.by.name if step.by else "", step.note)
        for step in topic.steps.select_related("by")
    ]


def proposers(topic: Topic) -> list[Proposer]:
    """Everyone who proposed this topic, or one that was joined with it. Two queries."""
    own = topic.proposers.with_confirmed_address().order_by("pk")
    joined = (
        Proposer.objects.with_confirmed_address()
        .filter(topic__merged_into=topic)
        .select_related("topic")
        .order_by("pk")
    )
    return [*own, *joined]


def named_co_host(topic: Topic) -> Host | None:
    """The co-host whom somebody named with the proposal; they are asked when it is accepted."""
    return topic.hosts.filter(state=Host.State.OFFERED, is_co_host=True).first()


def host_lines(topic: Topic, zone: str) -> list[HostLine]:
    """The hosts of a room: who hosts, who is asked, who would, and last who no longer does. One query."""
    everyone = list(topic.hosts.exclude(state=Host.State.OFFERED).order_by("queued_at", "pk"))
    is_held = any(host.holds_the_room for host in everyone)
    order = [Host.State.HOSTING, Host.State.ASKED, Host.State.NAMED, Host.State.WILLING, Host.State.ENDED]
    everyone.sort(key=lambda host: order.index(Host.State(host.state)))
    return [_line(host, zone, is_held=is_held) for host in everyone]


def holders(lines: Iterable[HostLine]) -> list[str]:
    """The names of those who have the room, or have been asked to hold it alone."""
    return [line.host.name for line in lines if line.host.holds_the_room]


def _line(host: Host, zone: str, *, is_held: bool) -> HostLine:
    tones = {
        Host.State.HOSTING: "moss",
        Host.State.ASKED: "sea",
        Host.State.NAMED: "sea",
        Host.State.WILLING: "gold",
    }
    return HostLine(
        host=host,
        state=_state(host, zone),
        tone=tones.get(Host.State(host.state), "plain"),
        can_be_asked=host.is_willing and is_held,
        is_live=host.is_live,
    )


def _state(host: Host, zone: str) -> str:
    if host.is_asked and host.answer_by:
        words = (
            _("Asked to co-host, until %(moment)s")
            if host.is_co_host
            else _("Asked to host, until %(moment)s")
        )
        return words % {"moment": moment_words(host.answer_by, zone, year=False)}
    if host.has_link:
        return _link_words(host, zone)
    return str(host.get_state_display() if host.is_live else host.get_ended_because_display())


def _link_words(host: Host, zone: str) -> str:
    if host.answer_by is None:
        return _("Has a link to pass on, good once you publish")
    moment = moment_words(host.answer_by, zone, year=False)
    return _("Has a link to pass on, good until %(moment)s") % {"moment": moment}


def _happened(topic: Topic, step: TopicStep) -> str:
    if step.kind == Step.DECLINED and topic.is_set_aside:
        return _("Set aside: its text is with the named contacts alone.")
    if step.kind == Step.ACCEPTED and topic.created_by_id:
        return _("Added by the organisers.")
    return str(HAPPENED[Step(step.kind)])
