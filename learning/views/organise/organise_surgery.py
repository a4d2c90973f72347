"""A surgery, for the organisers of its event: open it, read first, lead the line on the day, answer, publish."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from events.models import Event
from events.organise_layout import Crumb, reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from learning.actions import surgeries as actions
from learning.actions import surgery_box, surgery_line
from learning.actions.surgery_line import TheSameWords
from learning.asked import Asked, State
from learning.forms.organise.surgery_forms import AnswerForm, NoteForm, PublishForm, SurgerySettingsForm
from learning.models import Surgery
from learning.pages.organise import surgery_page as pages
from learning.pages.organise.learning_crumbs import learning_crumbs
from people.requests import SignedIn

MOVED: Mapping[State, Any] = {
    State.READ: gettext_lazy("It is among those to read."),
    State.LINE: gettext_lazy("It is in the line. Everybody at the surgery can read it."),
    State.NOW: gettext_lazy("It is on the large page."),
    State.ALOUD: gettext_lazy("Noted: it was answered aloud."),
    State.PARKED: gettext_lazy("It is parked. Nobody sees it; you can answer it in writing."),
    State.CODE: gettext_lazy("It will be answered by its code, and nobody else sees it."),
    State.OUT: gettext_lazy("It is left out. Whoever asked finds that by their code."),
}


@never_cache
@require_safe
def surgeries(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    context = {"dates": pages.dates_of(event, timezone.now()), "without_date": pages.without_date(event)}
    return show_page(request, event, "organise/surgeries.html", context | {"crumbs": learning_crumbs(event)})


@require_POST
def surgery_new(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """For the date of this number, counted from 1."""
    event = event_run_by(request.user, slug)
    sessions = list(event.sessions.all())
    if not 1 <= number <= len(sessions):
        raise Http404
    try:
        surgery = actions.open_at(event, sessions[number - 1])
    except NothingChanged:
        say_nothing_was_done(request, _("There is a surgery at this date already."))
        return redirect("organise:surgeries", event.slug)
    messages.success(request, _("It is open. The way to it stands on the own page of everyone with a place."))
    return redirect("organise:surgery_settings", event.slug, surgery.code)


@never_cache
@reading_or_sending
def surgery_settings(request: SignedIn, slug: str, code: str) -> HttpResponse:
    event, surgery = _found(request, slug, code)
    form = SurgerySettingsForm(request.POST if request.method == "POST" else None, surgery=surgery)
    if form.is_valid():
        actions.change(surgery, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return _back(surgery)
    context = {"form": form, "surgery": surgery, "crumbs": _crumbs(surgery)}
    return show_page(request, event, "organise/surgery_settings.html", context)


@never_cache
@require_safe
def surgery(request: SignedIn, slug: str, code: str) -> HttpResponse:
    event, found = _found(request, slug, code)
    context = pages.queue(found, timezone.now()) | {"crumbs": _crumbs(found)[:-1]}
    return show_page(request, event, "organise/surgery.html", context)


@require_POST
def surgery_move(request: SignedIn, slug: str, code: str, key: str) -> HttpResponse:
    _event, surgery = _found(request, slug, code)
    to = next((state for state in MOVED if state == request.POST.get("to")), None)
    try:
        if to is None:
            raise NothingChanged
        surgery_line.move(surgery, key, to)
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, MOVED[to])
    return _back(surgery)


# --- Writing ---


@dataclass(frozen=True)
class Writing:
    """Something that is written about one question: its form, what happens with it, and the words on its page."""

    form: type[forms.Form]
    act: Callable[..., object]
    title: Any
    button: Any
    done: Any


WRITINGS = {
    "words": Writing(
        NoteForm,
        lambda surgery, key, text: surgery_line.ask_for_other_words(surgery, key, text),
        gettext_lazy("Ask for other words"),
        gettext_lazy("Ask by the code"),
        gettext_lazy("Asked. Whoever has the code reads it; until then nobody else sees the question."),
    ),
    "answer": Writing(
        AnswerForm,
        lambda surgery, key, text: surgery_line.answer(surgery, key, text),
        gettext_lazy("Answer in writing"),
        gettext_lazy("Put the answer behind the code"),
        gettext_lazy("Your answer is there for whoever has the code."),
    ),
    "more": Writing(
        AnswerForm,
        lambda surgery, key, text: surgery_line.answer_more(surgery, key, text),
        gettext_lazy("Answer the one thing more"),
        gettext_lazy("Put the answer behind the code"),
        gettext_lazy("Your answer is there for whoever has the code."),
    ),
    "publication": Writing(
        PublishForm,
        lambda surgery, key, question, answer: surgery_line.publish(
            surgery, key, question=question, answer=answer
        ),
        gettext_lazy("Publish question and answer"),
        gettext_lazy("Show it to everyone"),
        gettext_lazy(
            "Everyone can read it now, from the event’s page and on learning pages that name the event."
        ),
    ),
}


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@reading_or_sending
def surgery_writing(request: SignedIn, slug: str, code: str, key: str, what: str) -> HttpResponse:
    event, surgery = _found(request, slug, code)
    if (writing := WRITINGS.get(what)) is None:
        raise Http404
    asked = next((one for one in surgery_box.read(surgery) if one.key == key), None)
    if asked is None:
        say_nothing_was_done(request, _("The question is gone: whoever asked has deleted it."))
        return _back(surgery)
    form = writing.form(request.POST if request.method == "POST" else None)
    if form.is_valid() and (answer := _written(request, surgery, asked, writing, form)):
        return answer
    context = {
        "form": form,
        "asked": asked,
        "writing": writing,
        "crumbs": _crumbs(surgery),
        "surgery": surgery,
    }
    return show_page(request, event, "organise/surgery_writing.html", context)


def _written(
    request: SignedIn, surgery: Surgery, asked: Asked, writing: Writing, form: forms.Form
) -> HttpResponse | None:
    """None when the form has to be shown once more."""
    try:
        writing.act(surgery, asked.key, **form.cleaned_data)
    except TheSameWords:
        form.add_error("question", _("Write it in other words: these were given to this surgery alone"))
        return None
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, writing.done)
    return _back(surgery)


@require_POST
def surgery_answer_removal(request: SignedIn, slug: str, code: str, pk: int) -> HttpResponse:
    """Take a published answer down."""
    event, surgery = _found(request, slug, code)
    surgery_line.take_down(get_object_or_404(event.published_answers, pk=pk))
    messages.success(request, _("Nobody can read it any more."))
    return _back(surgery)


def _found(request: SignedIn, slug: str, code: str) -> tuple[Event, Surgery]:
    event = event_run_by(request.user, slug)
    surgery = get_object_or_404(Surgery.objects.with_event(), event=event, code=code)
    return event, surgery


def _crumbs(surgery: Surgery) -> list[Crumb]:
    """The way back, down to the surgery itself."""
    slug = surgery.event.slug
    above = (reverse("organise:surgeries", args=[slug]), _("Surgeries"))
    own = (reverse("organise:surgery", args=[slug, surgery.code]), _("Surgery"))
    return [*learning_crumbs(surgery.event), above, own]


def _back(surgery: Surgery) -> HttpResponse:
    return redirect("organise:surgery", surgery.event.slug, surgery.code)
