"""What the public page of an event shows of its breakouts, written once when it changes and kept with the plan.

{"topics": [{"id": 7, "number": 1, "title": "…", "why": "…", "content_note": "…",
             "hosts": ["Keli", "Sam"], "state": "hosted"}],
 "roles": [{"kind": "notes", "wanted": 6, "filled": 2}],
 "questions": [{"id": 3, "text": "…", "answer": "…"}]}
"""

from typing import Any, Literal

from django.db.models import Count, Prefetch, Q

from breakouts.models import BreakoutPlan, Helper, HelperRole, Host, Topic
from events.models import Event

Shown = dict[str, list[dict[str, Any]]]

# Asked: somebody was asked to host, and has time to answer. Open: a host is wanted.
RoomState = Literal["hosted", "asked", "open"]


def rewrite(event: Event) -> None:
    """Write anew what the event's page shows. To be called in the transaction of every change of a topic, a host, a
    helper or an answered question, under the lock of the event. Without a plan there is nothing to show."""
    BreakoutPlan.objects.filter(event=event).update(on_the_page=compute(event))


def compute(event: Event) -> Shown:
    return {
        "topics": [_topic(topic) for topic in _topics(event)],
        "roles": [_role(role) for role in _roles(event)],
        "questions": [
            {"id": question.pk, "text": question.text, "answer": question.answer}
            for question in event.questions.answered()
        ],
    }


def _topics(event: Event) -> "list[Topic]":
    holding = Host.objects.holding_the_room().order_by("hosting_since", "pk")
    return list(event.topics.accepted().prefetch_related(Prefetch("hosts", holding, to_attr="holding")))


def _topic(topic: Any) -> dict[str, Any]:
    names = [host.name for host in topic.holding if host.is_hosting]
    state: RoomState = "hosted" if names else "asked" if topic.holding else "open"
    return {
        "id": topic.pk,
        "number": topic.number,
        "title": topic.title,
        "why": topic.why,
        "content_note": topic.content_note,
        "hosts": names,
        "state": state,
    }


def _roles(event: Event) -> "list[HelperRole]":
    helping = Count("helpers", filter=Q(helpers__state=Helper.State.HELPING))
    return list(event.helper_roles.annotate(filled=helping).order_by("pk"))


def _role(role: Any) -> dict[str, Any]:
    return {"kind": role.kind, "wanted": role.wanted, "filled": role.filled}
