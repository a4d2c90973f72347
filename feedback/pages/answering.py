"""What people read before and after they answer."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event, Registration
from feedback.models import AnswerLink, FeedbackRound
from kit.times import moment_words

CLOSED: dict[str, str | Promise] = {
    "not_asked": gettext_lazy("Nobody is asked for feedback on this event"),
    "not_yet": gettext_lazy("It is a little early"),
    "closed": gettext_lazy("The time to answer is over"),
    "enough": gettext_lazy("This address has taken all the answers it can"),
}


def of_link(link: AnswerLink) -> dict[str, Any]:
    event = link.round.event
    return _about(link.round) | {
        "link": link,
        "until": _moment(event, link.round.closes_at),
        "is_small": link.round.links.count() < FeedbackRound.THRESHOLD,
    }


def of_screen(round: FeedbackRound) -> dict[str, Any]:
    came = Registration.objects.filter(event=round.event).coming().count()
    return _about(round) | {"is_small": came < FeedbackRound.THRESHOLD}


def closed(round: FeedbackRound, reason: str, *, on_screen: bool = False) -> dict[str, Any]:
    return _about(round) | {"heading": CLOSED[reason], "words": _closed_words(round, reason, on_screen)}


def _about(round: FeedbackRound) -> dict[str, Any]:
    return {"round": round, "event": round.event, "group": round.event.group}


def _closed_words(round: FeedbackRound, reason: str, on_screen: bool) -> str:
    """A sentence; `reason` as FeedbackRound.closed_because(), or "enough"."""
    event = round.event
    if reason == "enough":
        return _("As many people have answered here as had a place. The link in your mail works still.")
    if reason == "closed" and on_screen:
        return _("It was open on the day of the event. The link in your mail is good for longer.")
    if reason == "closed":
        return _("One could answer until %(moment)s.") % {"moment": _moment(event, round.closes_at)}
    if reason == "not_yet" and on_screen:
        return _("This page opens half an hour before the end of the event.")
    if reason == "not_yet":
        return _("You can answer from the end of the event on: %(moment)s.") % {
            "moment": _moment(event, round.opens_at)
        }
    return ""


def _moment(event: Event, moment: Any) -> str:
    return moment_words(moment, event.time_zone) if moment else ""
