"""Answering by the link in the mail. Nothing here is kept about who answers but that the link was used: no cookie, no
session, no message for the next page. Pages that were used say so, and never what was said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import pool, rounds
from feedback.actions.refusals import AlreadyReceived
from feedback.forms.answering import AnswerForm
from feedback.links import by_feedback_link
from feedback.models import AnswerLink
from feedback.pages import answering as pages
from feedback.views.languages import reader_of, varying
from kit.meanwhile import NotOpen

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters()
@sensitive_variables()
@reading_or_sending
@by_feedback_link
def answer(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    if link.is_used:
        return _sent(link)
    sent = request.POST if request.method == "POST" else None
    reason = link.round.closed_because()
    if reason and sent is None:
        why = pages.by_link_notice(link.round, reason)
        return render(request, "feedback/answer_closed.html", pages.closed(link.round, why))
    form = AnswerForm(sent, form=link.round.form, reader=reader_of(request))
    if not form.is_valid():
        return _page(request, link, form)
    try:
        pool.hand_in(link, form.answers())
    except AlreadyReceived:
        pass  # pressed twice: what came first stays
    except NotOpen as refusal:
        form.add_error(None, str(pages.by_link_notice(link.round, refusal.reason).heading))
        return _page(request, link, form)
    return _sent(link)


@require_safe
@by_feedback_link
def answer_sent(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    if not link.is_used:
        return redirect("feedback:answer", link.token)
    return render(request, "feedback/answer_sent.html", pages.of_link(link))


@reading_or_sending
@by_feedback_link
def no_reminder(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    if request.method == "POST":
        rounds.stop_reminding(link)
        return redirect("feedback:no_reminder", link.token)
    return render(request, "feedback/no_reminder.html", pages.of_link(link))


def _page(request: HttpRequest, link: AnswerLink, form: AnswerForm) -> HttpResponse:
    response = render(request, "feedback/answer.html", pages.of_link(link) | {"form": form})
    return varying(response, form)


def _sent(link: AnswerLink) -> HttpResponse:
    return redirect("feedback:answer_sent", link.token)
