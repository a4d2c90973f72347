"""Being asked for feedback, on somebody's own page."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Registration
from events.pages.now_card import NowCard
from feedback.models import AnswerLink
from kit.times import day_words


def feedback_card(registration: Registration, now: datetime) -> NowCard | None:
    """While one can answer. It says nothing of whether they have: that is for the page of that link alone, since this one
    is handed on more easily. One query; none before the event."""
    event = registration.event
    if not (event.is_past(now) or event.is_called_off) or not registration.has_place:
        return None
    links = AnswerLink.objects.filter(registration=registration).select_related("round")
    link = links.first()
    if link is None:
        return None
    link.round.event = event
    closes_at = link.round.closes_at
    if closes_at is None or link.round.closed_because(now):
        return None
    return NowCard(
        "feedback",
        "after",
        _("Now: until %(day)s") % {"day": day_words(closes_at, event.time_zone, year=False)},
        _("How was it for you?"),
        (
            _(
                "Three minutes, without your name. Nobody can see who said what, and nothing is shown before "
                "five people have answered."
            ),
            _("Have you answered already? Then there is nothing left to do. Thank you."),
        ),
        button=_("Tell us"),
        address=reverse("feedback:answer", args=[link.token]),
        title=_("Thank you for coming") if registration.attendances.there().exists() else "",
    )
