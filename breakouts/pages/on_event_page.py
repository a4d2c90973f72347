"""What the page of an event shows of its breakouts. No query: breakouts.actions.rooms keeps it with the plan."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakouts.actions.rooms import RoomState
from breakouts.models import BreakoutPlan, HelperRole
from events.models import Event

LETTERS = 1


@dataclass(frozen=True)
class Room:
    """A topic as a card. `hosts` are names in words, `letters` their first."""

    id: int
    number: int
    title: str
    content_note: str
    state: RoomState
    hosts: str
    letters: tuple[str, ...]


@dataclass(frozen=True)
class Help:
    """A role for which somebody is still wanted."""

    kind: str
    label: str
    words: str


@dataclass(frozen=True)
class Breakouts:
    rooms: tuple[Room, ...]
    help: tuple[Help, ...]
    questions: tuple[dict[str, Any], ...]
    may_propose: bool
    may_ask: bool
    may_host: bool
    choose_beforehand: bool
    has_recap: bool

    @property
    def is_something(self) -> bool:
        """Whether there is anything to say at all."""
        return bool(self.rooms or self.may_propose)


def context_of(event: Event, now: datetime) -> dict[str, Breakouts]:
    """What templates/breakouts/_event_rooms.html shows; empty for an event without breakouts. `event` is one with its
    plan and its sessions."""
    plan = BreakoutPlan.of(event)
    return {"breakouts": _of(plan, event, now)} if plan else {}


def _of(plan: BreakoutPlan, event: Event, now: datetime) -> Breakouts:
    shown = plan.shown
    has_begun = event.starts_at is None or event.starts_at <= now
    is_to_come = event.is_published and not has_begun
    return Breakouts(
        rooms=tuple(_room(topic) for topic in shown.get("topics", ())),
        help=tuple(_help(shown.get("roles", ()))) if is_to_come else (),
        questions=tuple(shown.get("questions", ())),
        may_propose=not plan.topics_closed_because(now),
        may_ask=plan.takes_questions and is_to_come,
        may_host=is_to_come,
        choose_beforehand=plan.takes_choices,
        has_recap=plan.has_recap,
    )


def _room(topic: dict[str, Any]) -> Room:
    names = topic["hosts"]
    return Room(
        id=topic["id"],
        number=topic["number"],
        title=topic["title"],
        content_note=topic["content_note"],
        state=topic["state"],
        hosts=str(get_text_list(names, _("and"))),
        letters=tuple(name[:LETTERS].upper() for name in names),
    )


def _help(roles: list[dict[str, Any]]) -> list[Help]:
    labels = dict(HelperRole.Kind.choices)
    found = []
    for role in roles:
        missing = role["wanted"] - role["filled"]
        if missing > 0:
            words = ngettext("%(number)s person wanted", "%(number)s people wanted", missing)
            found.append(Help(role["kind"], str(labels[role["kind"]]), words % {"number": missing}))
    return found
