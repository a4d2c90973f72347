"""How it stands with a proposal, for whoever proposed it: in words, with what happened and what happens next."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions.topics import is_to_come, may_be_taken_back
from breakouts.models import Host, Proposer, Topic
from breakouts.pages import public_topic
from breakouts.pages.public_topic import Shown
from events.pages.closed import off_sentence
from events.pages.whats_next import Moment
from kit.times import moment_words

State = Topic.State

HEADINGS: dict[str, Promise] = {
    State.NEW: gettext_lazy("Your topic waits for you to confirm it"),
    State.PROPOSED: gettext_lazy("Your topic is with the organisers"),
    State.CHANGE_WANTED: gettext_lazy("The organisers ask you for a change"),
    State.DECLINED: gettext_lazy("Your topic was not taken this time"),
    State.MERGED: gettext_lazy("Your topic was joined with another"),
    State.WITHDRAWN: gettext_lazy("You took your topic back"),
    State.FOLDED: gettext_lazy("The room of your topic does not take place"),
}
TAGS: dict[str, tuple[str, Promise]] = {
    State.NEW: ("gold", gettext_lazy("Not confirmed yet")),
    State.PROPOSED: ("sea", gettext_lazy("With the organisers")),
    State.CHANGE_WANTED: ("gold", gettext_lazy("Waits for you")),
    State.ACCEPTED: ("moss", gettext_lazy("Accepted")),
    State.DECLINED: ("plain", gettext_lazy("Not this time")),
    State.MERGED: ("sea", gettext_lazy("Joined with another")),
    State.WITHDRAWN: ("plain", gettext_lazy("Taken back")),
    State.FOLDED: ("plain", gettext_lazy("Does not take place")),
}


@dataclass(frozen=True)
class Standing:
    """How it stands with a proposal. `room` is the accepted topic it has become or been joined with; `as_host` is
    their own part in it, if any."""

    heading: str
    tone: str
    tag: str
    may_change: bool
    may_take_back: bool
    room: Shown | None
    as_host: Host | None
    near: list[Shown]

    @property
    def host_state(self) -> str:
        """Their own part as a word: "asked", "hosting", "willing", or ""."""
        return self.as_host.state if self.as_host else ""


def standing_of(proposer: Proposer, now: datetime) -> Standing:
    """How it stands with somebody's proposal. At most one query: the rooms come with the plan of the event."""
    topic, event = proposer.topic, proposer.event
    room = room_of(topic)
    tone, tag = TAGS[topic.state]
    is_open = is_to_come(event, now)
    return Standing(
        heading=heading(topic, room),
        tone=tone,
        tag=str(tag),
        may_change=topic.is_undecided and is_open,
        may_take_back=may_be_taken_back(topic, now),
        room=room,
        as_host=_part_as_host(proposer, room) if room else None,
        near=public_topic.without_host(event) if is_open and _looks_for_another(topic) else [],
    )


def how_it_stands(proposer: Proposer, now: datetime) -> str:
    """What is true of a proposal now, and what its page can do about it, for whoever pressed a button that has lost its
    sense. Reads the topic again."""
    proposer.topic.refresh_from_db(fields=["state", "number", "merged_into"])
    if off := off_sentence(proposer.event):
        return off
    standing = standing_of(proposer, now)
    can_do = _("You can change it or take it back on this page.") if standing.may_change else ""
    if standing.may_take_back and not standing.may_change:
        can_do = _("You can take it back on this page.")
    return f"{standing.heading}. {can_do}".strip()


def _looks_for_another(topic: Topic) -> bool:
    """Whether another conversation may be what they want to hold; not for whoever attacked people."""
    return topic.state in (State.DECLINED, State.FOLDED, State.WITHDRAWN) and not topic.is_set_aside


def named_co_host(proposer: Proposer) -> Host | None:
    """The person they would like to host it with, before anybody was asked. One query."""
    return proposer.topic.hosts.filter(state=Host.State.OFFERED, is_co_host=True).first()


def heading(topic: Topic, room: Shown | None = None) -> str:
    if topic.is_accepted:
        return _("Your topic is room %(number)s") % {"number": topic.number}
    if topic.state == State.MERGED and room:
        return _("Your topic is part of room %(number)s") % {"number": room["number"]}
    return str(HEADINGS[topic.state])


def history(proposer: Proposer) -> list[Moment]:
    """The steps of a proposal, oldest first, with what the organisers wrote. One query."""
    zone = proposer.event.time_zone
    return [
        Moment(moment_words(step.at, zone, year=False), f"{step} {step.note}".strip())
        for step in proposer.topic.steps.all()
    ]


def room_of(topic: Topic) -> Shown | None:
    into = topic.merged_into if topic.state == State.MERGED else topic
    if into is None or not into.is_accepted:
        return None
    return public_topic.shown_topic(topic.event, into.pk)


def _part_as_host(proposer: Proposer, room: Shown) -> Host | None:
    rows = Host.objects.live().exclude(state=Host.State.OFFERED)
    return rows.filter(topic=room["id"], email=proposer.email).first()
