"""What the links of feedback open. A cut or changed one, one that was deleted, and one of somebody who gave up their
place or had everything erased give the same 404 as one that never was."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from events.models import Registration
from feedback.models import AnswerLink, Quote
from kit.http import token_page

View = Callable[..., HttpResponseBase]


def by_feedback_link(view: View) -> View:
    """Mark a page opened by the link to answer: the view gets the link instead of the token."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponseBase:
        rows = AnswerLink.objects.filter(
            registration__in=Registration.objects.live().not_erased().values("pk")
        )
        with_event = rows.select_related("round__event__group", "round__form")
        link = get_object_or_404(with_event.prefetch_related("round__event__sessions").with_token(token))
        return view(request, link, **more)

    return token_page(opened)


def by_quote_link(view: View) -> View:
    """Mark a page opened by the link of a quote: the view gets the quote instead of the token."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponseBase:
        rows = Quote.objects.select_related("event__group")
        return view(request, get_object_or_404(rows.with_token(token)), **more)

    return token_page(opened)
