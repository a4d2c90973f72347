"""Why nobody can propose a topic or ask a question now, in words for whoever wanted to; and what else they can do."""

from django.utils.translation import gettext_lazy as _

from breakouts.models import BreakoutPlan
from events.models import Closed, Event
from events.pages.closed import CANCELLED, IT_CLOSED, OVER, POSTPONED, Notice

NOT_TO_COME = {
    Closed.CANCELLED: CANCELLED,
    Closed.POSTPONED: POSTPONED,
    Closed.NOT_PUBLISHED: CANCELLED,  # it was taken off the calendar: drafts have no page for everyone
    Closed.BEGUN: Notice(
        _("This event has begun"), _("Tell the facilitators on the spot: they may find a way.")
    ),
    Closed.OVER: OVER,
}
TOPICS = NOT_TO_COME | {
    Closed.NOT_OFFERED: Notice(
        _("No topics are collected for this event"), _("The organisers have chosen what it is about.")
    ),
    Closed.TOO_LATE: Notice(_("The list of topics is closed"), IT_CLOSED),
}
QUESTIONS = NOT_TO_COME | {
    Closed.NOT_OFFERED: Notice(
        _("Questions are not collected here"), _("The organisers answer you by email.")
    ),
}


def why_no_topics(event: Event, reason: Closed) -> Notice:
    """Why nobody can propose a topic, in words. `reason` as of BreakoutPlan.topics_closed_because()."""
    plan = BreakoutPlan.of(event)
    return TOPICS[_by_now(event, reason)].about(event, plan.topics_until if plan else None)


def why_no_questions(event: Event, reason: Closed) -> Notice:
    """Why nobody can ask a question, in words. `reason` as of BreakoutPlan.questions_closed_because()."""
    return QUESTIONS[_by_now(event, reason)].about(event)


def _by_now(event: Event, reason: Closed) -> Closed:
    return Closed.OVER if reason is Closed.BEGUN and event.is_past() else reason
