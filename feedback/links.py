"""What the links of feedback open. One that was deleted, and one of somebody who gave up their place or had everything
erased, give the same 404 as one that never was."""

from events.models import Registration
from feedback.models import AnswerLink, Quote
from kit.links import opened_by

_LINKS = (
    AnswerLink.objects.filter(registration__in=Registration.objects.live().not_erased().values("pk"))
    .select_related("round__event__group", "round__form")
    .prefetch_related("round__event__sessions")
)
_QUOTES = Quote.objects.select_related("event__group")


def _withhold_from_answerer(link: AnswerLink) -> None:
    link.round.event.withhold()


def _withhold_from_giver(quote: Quote) -> None:
    """The quote itself stays in their own words."""
    quote.event.withhold()


by_feedback_link = opened_by(_LINKS, beforehand=_withhold_from_answerer)
by_quote_link = opened_by(_QUOTES, beforehand=_withhold_from_giver)
