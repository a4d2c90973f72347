"""Answering at the address that is shown in the room. No link, no login: whoever is there types a short code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import pool
from feedback.forms.answering import AnswerForm
from feedback.models import FeedbackRound
from feedback.pages import answering as pages
from feedback.views.languages import reader_of, varying
from kit.http import token_page
from kit.meanwhile import NotOpen

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@token_page
@sensitive_post_parameters()
@sensitive_variables()
@reading_or_sending
def screen(request: HttpRequest, code: str) -> HttpResponse:
    round = _round(code)
    sent = request.POST if request.method == "POST" else None
    reason = round.screen_closed_because()
    if reason and sent is None:
        why = pages.on_screen_notice(round, reason)
        return render(request, "feedback/answer_closed.html", pages.closed(round, why))
    form = AnswerForm(sent, form=round.form, reader=reader_of(request))
    if not form.is_valid():
        return _page(request, round, form)
    try:
        pool.hand_in_on_screen(round, form.answers())
    except NotOpen as refusal:
        form.add_error(None, pages.on_screen_notice(round, refusal.reason).in_one())
        return _page(request, round, form)
    return redirect("feedback:screen_sent", round.room_code)


@token_page
@require_safe
def screen_sent(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "feedback/screen_sent.html", pages.of_screen(_round(code)))


def _page(request: HttpRequest, round: FeedbackRound, form: AnswerForm) -> HttpResponse:
    response = render(request, "feedback/screen.html", pages.of_screen(round) | {"form": form})
    return varying(response, form)


def _round(code: str) -> FeedbackRound:
    """The round of a room's code, in capital or small letters. Of an event that everyone can see: a draft's has not
    begun, and says nothing."""
    rows = FeedbackRound.objects.select_related("event__group", "form").prefetch_related("event__sessions")
    round = get_object_or_404(rows, room_code=code.upper())
    round.event.withhold()
    return round
