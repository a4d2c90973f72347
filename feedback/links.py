"""What the links of feedback open. One that was deleted, and one of somebody who gave up their place or had everything
erased, give the same 404 as one that never was."""

from events.models import Registration
from feedback.models import AnswerLink, Quote
from kit.links import LinkQuerySet, opened_by


def _links() -> LinkQuerySet[AnswerLink]:
    theirs = Registration.objects.live().not_erased()
    rows = AnswerLink.objects.filter(registration__in=theirs.values("pk"))
    return rows.select_related("round__event__group", "round__form").prefetch_related(
        "round__event__sessions"
    )


def _quotes() -> LinkQuerySet[Quote]:
    return Quote.objects.select_related("event__group")


by_feedback_link = opened_by(_links)
by_quote_link = opened_by(_quotes)
