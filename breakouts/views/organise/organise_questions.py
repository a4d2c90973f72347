"""The organisers' inbox of questions: answered for everyone, or for whoever asked alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from breakouts.actions import questions as actions
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.question_forms import AnswerForm, RefusalForm
from breakouts.models import Question
from events.models import Event
from events.organise_layout import event_crumbs, reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import say_nothing_was_done
from people.requests import SignedIn


@never_cache
@require_safe
def questions(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    asked = list(event.questions.select_related("answered_by"))
    of = {state: [question for question in asked if question.state == state] for state in Question.State}
    return show_page(request, event, "organise/questions.html", {"of": of})


@never_cache
@reading_or_sending
def question(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    event, asked = _one(request, slug, pk)
    if request.method != "POST":
        form = AnswerForm(own=event.own_ways, initial={"text": asked.text, "answer": asked.answer})
        return _page(request, event, asked, form)
    form = AnswerForm(request.POST, own=event.own_ways)
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("text", "answer")}
        try:
            actions.answer(asked, **words, by=request.user)
        except NoLongerPossible:
            form.add_error(None, _("Somebody answered this in private meanwhile, so nothing was saved."))
        else:
            messages.success(request, _("The answer stands on the event's page."))
            return redirect("organise:questions", event.slug)
    return _page(request, event, asked, form)


@never_cache
@reading_or_sending
def question_refusal(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Decline to answer for everyone. Without an address there is nobody to write to."""
    event, asked = _one(request, slug, pk)
    if asked.state != Question.State.ASKED:
        return _answered_meanwhile(request, asked)
    form = RefusalForm(request.POST if request.method == "POST" and asked.email else None)
    if request.method == "POST" and (form.is_valid() or not asked.email):
        words = form.cleaned_data["words"] if asked.email else ""
        try:
            actions.decline(asked, words=words, by=request.user)
        except NoLongerPossible:
            return _answered_meanwhile(request, asked)
        messages.success(request, _("It stays off the page."))
        return redirect("organise:questions", event.slug)
    context = {"question": asked, "form": form, "crumbs": _crumbs(event)}
    return show_page(request, event, "organise/question_refusal.html", context)


@require_POST
def question_withdrawal(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    event, asked = _one(request, slug, pk)
    try:
        actions.take_back(asked)
    except NoLongerPossible:
        say_nothing_was_done(request, _("It does not stand on the page."))
    else:
        messages.success(request, _("The question and its answer are off the page."))
    return redirect("organise:question", event.slug, pk)


def _answered_meanwhile(request: SignedIn, asked: Question) -> HttpResponse:
    say_nothing_was_done(request, _("It has been answered already. Here is how it stands."))
    return redirect("organise:question", asked.event.slug, asked.pk)


def _one(request: SignedIn, slug: str, pk: int) -> tuple[Event, Question]:
    event = event_run_by(request.user, slug)
    asked = get_object_or_404(event.questions.select_related("answered_by"), pk=pk)
    asked.event = event
    return event, asked


def _page(request: SignedIn, event: Event, asked: Question, form: AnswerForm) -> HttpResponse:
    context = {"question": asked, "form": form, "crumbs": _crumbs(event)}
    return show_page(request, event, "organise/question.html", context)


def _crumbs(event: Event) -> list[tuple[str, str]]:
    return [*event_crumbs(event), (reverse("organise:questions", args=[event.slug]), _("Questions"))]
