"""Giving a quote without an account, and taking it back by its private link.

As when somebody tells that something is wrong, nothing is granted or noted by a cookie, and the link is shown in the
answer to the POST that made it: a redirect would need somewhere to keep it.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.models import Event
from feedback.actions import quotes
from feedback.actions.refusals import TooManyQuotes
from feedback.forms.quote_forms import QuoteForm
from feedback.links import by_quote_link
from feedback.models import Quote
from feedback.pages import quote_pages as pages
from kit.http import token_page
from mail.compose import absolute


@token_page
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def quote_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event_that_is_over(slug)
    form = QuoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            quote = quotes.give(event, **form.cleaned_data)
        except TooManyQuotes:
            form.add_error(None, _("Many quotes wait to be read already. Please try again in a few days"))
        else:
            link = absolute(quote.get_absolute_url())
            return render(request, "feedback/quote_given.html", {"event": event, "link": link})
    return render(request, "feedback/quote_new.html", {"event": event, "form": form})


@require_safe
@by_quote_link
def quote(request: HttpRequest, quote: Quote) -> HttpResponse:
    return render(request, "feedback/quote.html", pages.of_quote(quote))


@require_POST
@by_quote_link
def quote_withdrawal(request: HttpRequest, quote: Quote) -> HttpResponse:
    quotes.withdraw(quote)
    return redirect("feedback:quote", quote.token)


def _event_that_is_over(slug: str) -> Event:
    published = Event.objects.filter(state=Event.State.PUBLISHED).select_related("group")
    event = get_object_or_404(published.prefetch_related("sessions"), slug=slug)
    if not event.is_past():
        raise Http404
    event.withhold()
    return event
