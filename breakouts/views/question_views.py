"""Asking before registering, without an account; the answer stands on the event's page, for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from breakouts.actions import questions
from breakouts.forms.question_forms import QuestionForm
from breakouts.models import BreakoutPlan
from breakouts.pages import topics_closed
from events.models import Closed, Event
from events.pages.registration_words import next_session
from kit.http import public_page
from kit.meanwhile import NotOpen

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@reading_or_sending
def question_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(slug)
    if request.method != "POST":
        plan = BreakoutPlan.of(event)
        reason = plan.questions_closed_because(timezone.now()) if plan else Closed.NOT_OFFERED
        return _closed(request, event, reason) if reason else _form(request, event, QuestionForm())
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            questions.ask(event, **form.cleaned_data)
        except NotOpen as refusal:
            form.add_error(None, topics_closed.why_no_questions(event, refusal.reason).as_refusal())
        else:
            return redirect("breakouts:question_sent", event.slug)
    return _form(request, event, form)


@public_page
@require_safe
def question_sent(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "breakouts/question_sent.html", _about(_event(slug)))


def _event(slug: str) -> Event:
    events = Event.objects.public().select_related("group", "venue", "breakout_plan")
    event = get_object_or_404(events.prefetch_related("sessions__venue"), slug=slug)
    event.withhold()
    return event


def _form(request: HttpRequest, event: Event, form: QuestionForm) -> HttpResponse:
    plan = BreakoutPlan.of(event)
    answered = plan.shown.get("questions", ()) if plan else ()
    return render(
        request, "breakouts/question_new.html", _about(event) | {"form": form, "answered": answered}
    )


def _closed(request: HttpRequest, event: Event, reason: Closed) -> HttpResponse:
    context = _about(event) | {"why": topics_closed.why_no_questions(event, reason)}
    return render(request, "breakouts/question_closed.html", context)


def _about(event: Event) -> dict[str, object]:
    now = timezone.now()
    may_register = not (event.registration_closed_because(now) or event.is_by_invitation)
    return {"event": event, "session": next_session(event, now), "may_register": may_register}
