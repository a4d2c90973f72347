"""What everyone reads about the topics of an event: from what is kept with its plan, so that it costs no query."""

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from breakouts.actions import recaps
from breakouts.models import BreakoutPlan
from events.models import Event

Shown = dict[str, Any]


def shown_topics(event: Event) -> list[Shown]:
    """The rooms in the order of their numbers: id, number, title, why, content_note, hosts, state."""
    plan = BreakoutPlan.of(event)
    return list(plan.shown.get("topics", ())) if plan else []


def shown_topic(event: Event, pk: int) -> Shown | None:
    """The room of this number in our tables; None for what is no room, or not of this event. `hosts_words` are their
    names in a sentence."""
    found = next((topic for topic in shown_topics(event) if topic["id"] == pk), None)
    return found | {"hosts_words": str(get_text_list(found["hosts"], _("and")))} if found else None


def without_host(event: Event) -> list[Shown]:
    return [topic for topic in shown_topics(event) if topic["state"] == "open"]


def has_recap(event: Event, pk: int) -> bool:
    """Whether the published recap says something of this room. One query, once there is a recap."""
    plan = BreakoutPlan.of(event)
    return bool(plan and plan.has_recap and recaps.shown_parts(event).filter(topic=pk).exists())
