"""Why nobody can propose a topic or ask a question now, in words for whoever wanted to; and what else they can do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from breakouts.actions.plans import plan_of
from breakouts.models import BreakoutPlan
from events.models import Event
from kit.times import moment_words


@dataclass(frozen=True)
class Why:
    heading: str
    words: str

    def as_refusal(self) -> str:
        """For the form that was sent all the same: what was typed stays."""
        return " ".join(part for part in (f"{self.heading}.", self.words, _("Nothing was saved.")) if part)


def why_no_topics(event: Event, reason: str) -> Why:
    """`reason` as BreakoutPlan.topics_closed_because()."""
    if reason == "closed":
        return Why(_("The list of topics is closed"), _closed_on(event))
    if reason == "no_topics":
        return Why(
            _("No topics are collected for this event"), _("The organisers have chosen what it is about.")
        )
    return _not_to_come(event, reason)


def why_no_questions(event: Event, reason: str) -> Why:
    """`reason` as BreakoutPlan.questions_closed_because()."""
    if reason == "no_questions":
        return Why(_("Questions are not collected here"), _("The organisers answer you by mail."))
    return _not_to_come(event, reason)


def _not_to_come(event: Event, reason: str) -> Why:
    if reason == "not_published":
        return Why(_("This event is cancelled"), event.cancel_reason)
    if event.is_past():
        return Why(_("This event is over"), "")
    return Why(_("This event has begun"), _("Tell the facilitators on the spot: they may find a way."))


def _closed_on(event: Event) -> str:
    plan: BreakoutPlan | None = plan_of(event)
    if plan is None or plan.topics_until is None:
        return ""
    return _("It closed on %(moment)s.") % {"moment": moment_words(plan.topics_until, event.time_zone)}
