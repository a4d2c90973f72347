"""What people read before and after they answer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from events.actions import first_hand
from events.models import Closed, Event
from events.pages.closed import Notice
from feedback.models import AnswerLink, FeedbackRound
from kit.times import moment_words

BY_LINK = {
    Closed.NOT_OFFERED: Notice(_("Nobody is asked for feedback on this event")),
    Closed.NOT_YET: Notice(
        _("It is a little early"), _("You can answer from the end of the event on: %(moment)s.")
    ),
    Closed.TOO_LATE: Notice(_("The time to answer is over"), _("One could answer until %(moment)s.")),
}
ON_SCREEN = {
    Closed.NOT_OFFERED: Notice(_("Nobody is asked for feedback on this event")),
    Closed.NOT_YET: Notice(
        _("It is a little early"), _("This page opens half an hour before the end of the event.")
    ),
    Closed.TOO_LATE: Notice(
        _("The time to answer here is over"),
        _(
            "It was open on the day of the event, and for three hours after its end at least. "
            "The link in your email is good for longer."
        ),
    ),
    Closed.FULL: Notice(
        _("This address has taken all the answers it can"),
        _("As many people have answered here as had a place. The link in your email works still."),
    ),
}


def of_link(link: AnswerLink) -> dict[str, Any]:
    event = link.round.event
    return _about(link.round) | {
        "link": link,
        "until": _moment(event, link.round.closes_at),
        "is_small": _is_small(link.round),
    }


def of_screen(round: FeedbackRound) -> dict[str, Any]:
    return _about(round) | {"is_small": _is_small(round)}


def closed(round: FeedbackRound, why: Notice) -> dict[str, Any]:
    return _about(round) | {"why": why}


def by_link_notice(round: FeedbackRound, reason: Closed) -> Notice:
    """Why nobody can answer by link, in words. `reason` as of FeedbackRound.closed_because()."""
    moments = {Closed.NOT_YET: round.opens_at, Closed.TOO_LATE: round.closes_at}
    return BY_LINK[reason].about(round.event, moments.get(reason))


def on_screen_notice(round: FeedbackRound, reason: Closed) -> Notice:
    """Why nobody can answer at the room's address, in words. `reason` as of FeedbackRound.screen_closed_because(), or
    FULL. When the links are over too, it says so."""
    if reason is Closed.TOO_LATE and round.closed_because() is Closed.TOO_LATE:
        return by_link_notice(round, reason)
    return ON_SCREEN[reason].about(round.event)


def _about(round: FeedbackRound) -> dict[str, Any]:
    return {"round": round, "event": round.event, "group": round.event.group}


def _is_small(round: FeedbackRound) -> bool:
    """Whether so few people can open results that nobody will ever see any."""
    return first_hand.of_event(round.event).count() < FeedbackRound.THRESHOLD


def _moment(event: Event, moment: Any) -> str:
    return moment_words(moment, event.time_zone) if moment else ""
