"""What a group asks after its events: the usual questions, and those of a series or an event of its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.organise_layout import reading_or_sending
from feedback.actions import feedback_forms as actions
from feedback.actions.feedback_forms import AskedAlready, LastQuestion, NotAsked
from feedback.forms.answering import AnswerForm, Reader
from feedback.forms.organise.feedback_question_forms import QuestionForm
from feedback.forms.organise.own_form import OwnForm
from feedback.models import FeedbackForm, Question
from feedback.pages.organise import feedback_questions_page as pages
from kit.meanwhile import ChangedMeanwhile, NothingChanged, say_nothing_was_done
from people.languages import of_hub
from people.models import Person
from people.permissions import group_run_by
from people.requests import SignedIn, hub_of


@never_cache
@reading_or_sending
def feedback_form(request: SignedIn, slug: str) -> HttpResponse:
    """The usual questions. Looking makes nothing: POST makes them the group's own, to be changed."""
    group = group_run_by(request.user, slug)
    if request.method == "POST":
        actions.usual(group)
        return redirect("organise:feedback_form", group.slug)
    usual = group.feedback_forms.select_related("group").filter(series=None, event=None).first()
    context = pages.of_form(usual) if usual else pages.to_begin_with(group)
    return _list(request, context | {"group": group})


@never_cache
@require_safe
def feedback_form_own(request: SignedIn, slug: str, form: int) -> HttpResponse:
    found = _form_run_by(request.user, slug, form)
    return _list(request, pages.of_form(found) | {"group": found.group})


@never_cache
@reading_or_sending
def feedback_form_new(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    form = OwnForm(request.POST if request.method == "POST" else None, group=group)
    if form.is_valid():
        made = form.save()
        words = _("“%(name)s” has questions of its own now. They begin as the usual ones.")
        messages.success(request, words % {"name": made})
        return redirect(pages.address_of(made))
    context = {"group": group, "form": form, "crumbs": pages.crumbs(group)}
    return render(request, "organise/feedback_form_new.html", context)


@never_cache
@require_safe
def feedback_form_preview(request: SignedIn, slug: str, form: int) -> HttpResponse:
    """The very form that people get, which cannot be sent. `?in=` a language."""
    found = _form_run_by(request.user, slug, form)
    languages = pages.languages_of(found)
    language = next((code for code, _name in languages if code == request.GET.get("in")), "")
    reader = Reader(wants=(language,) if language else (), own=of_hub(hub_of(request)))
    shown = AnswerForm(form=found, reader=reader)
    context = {"fields": [*shown], "languages": languages, "chosen": language}
    return _page(request, found, "organise/feedback_form_preview.html", context)


@never_cache
@reading_or_sending
def feedback_form_end(request: SignedIn, slug: str, form: int) -> HttpResponse:
    """Go back to the usual questions, while nobody was asked with these."""
    found = _form_run_by(request.user, slug, form)
    if pages.is_usual(found):
        return redirect(pages.address_of(found))
    if request.method == "POST":
        return _given_up(request, found)
    if actions.has_begun(found):
        return redirect(pages.address_of(found))
    return _page(request, found, "organise/feedback_form_end.html", {})


def _given_up(request: SignedIn, form: FeedbackForm) -> HttpResponse:
    try:
        actions.give_up(form)
    except AskedAlready:
        messages.warning(request, _("People are being asked with these questions already, so they stay."))
        return redirect(pages.address_of(form))
    messages.success(request, _("“%(name)s” is asked with the usual questions again.") % {"name": form})
    return redirect("organise:feedback_form", form.group.slug)


@never_cache
@reading_or_sending
def feedback_question_new(request: SignedIn, slug: str, form: int) -> HttpResponse:
    found = _form_run_by(request.user, slug, form)
    sent = request.POST if request.method == "POST" else None
    return _edit(request, found, QuestionForm(sent, form=found), {})


@never_cache
@reading_or_sending
def feedback_question(request: SignedIn, slug: str, form: int, pk: int) -> HttpResponse:
    """Change a question. When somebody changed it or took it out while this page was open, what was typed stays, to
    be added anew."""
    found = _form_run_by(request.user, slug, form)
    if request.method != "POST":
        question = get_object_or_404(found.questions, pk=pk)
        if question.retired_at:
            return redirect(pages.address_of(found))
        return _edit(request, found, QuestionForm(form=found, question=question), {"question": question})
    asked = found.questions.asked().filter(pk=pk).first()
    if asked is None:
        return _gone(request, found)
    asked.form = found
    return _edit(request, found, QuestionForm(request.POST, form=found, question=asked), {"question": asked})


def _edit(
    request: SignedIn, found: FeedbackForm, form: QuestionForm, context: dict[str, Any]
) -> HttpResponse:
    if form.is_valid():
        try:
            saved = form.save()
        except NotAsked:
            return _gone(request, found)
        except ChangedMeanwhile:
            context["changes"] = form.changes()
        else:
            return _saved(request, found, context.get("question"), saved)
    context |= {"form": form, "has_begun": actions.has_begun(found)}
    return _page(request, found, "organise/feedback_question.html", context)


def _saved(request: SignedIn, form: FeedbackForm, before: Question | None, saved: Question) -> HttpResponse:
    if before and before.pk != saved.pk:
        messages.success(
            request, _("Saved: it is asked as a new question. Answers so far stay with the old words.")
        )
    else:
        messages.success(request, _("Saved.") if before else _("Added, as the last question."))
    return HttpResponseRedirect(f"{pages.address_of(form)}#question-{saved.pk}")


def _gone(request: SignedIn, form: FeedbackForm) -> HttpResponse:
    context = {"form": QuestionForm(request.POST, form=form), "is_gone": True}
    return _page(request, form, "organise/feedback_question.html", context)


@require_POST
def feedback_question_order(request: SignedIn, slug: str, form: int, pk: int) -> HttpResponse:
    """`by` is "up" or "down". The list then begins with the keyboard on the question that was moved: the address names no
    place on the page, as browsers then leave autofocus alone."""
    found = _form_run_by(request.user, slug, form)
    by = "up" if request.POST.get("by") == "up" else "down"
    question = found.questions.filter(pk=pk).first()
    try:
        number = actions.move(question or Question(form=found), up=by == "up")
    except NotAsked:
        return _moved_meanwhile(request, found)
    except NothingChanged:
        say_nothing_was_done(request, _("There is no question to change places with."))
    else:
        words = _("“%(question)s” is question %(number)s now.")
        messages.success(request, words % {"question": question, "number": number})
    return HttpResponseRedirect(f"{pages.address_of(found)}?moved={pk}&by={by}")


@never_cache
@reading_or_sending
def feedback_question_end(request: SignedIn, slug: str, form: int, pk: int) -> HttpResponse:
    """Ask a question no more, after saying what becomes of its answers. Twice is once."""
    found = _form_run_by(request.user, slug, form)
    question = found.questions.asked().filter(pk=pk).first()
    if question is None:
        return (
            _moved_meanwhile(request, found)
            if request.method == "POST"
            else redirect(pages.address_of(found))
        )
    if request.method != "POST":
        context = {"question": question, "has_begun": actions.has_begun(found)}
        return _page(request, found, "organise/feedback_question_end.html", context)
    try:
        actions.retire(question)
    except NotAsked:
        return _moved_meanwhile(request, found)
    except LastQuestion:
        messages.warning(request, _("This is the only question. Add another one before you stop asking it."))
    else:
        messages.success(request, _("“%(question)s” is not asked any more.") % {"question": question})
    return redirect(pages.address_of(found))


def _form_run_by(person: Person, slug: str, pk: int) -> FeedbackForm:
    """A form of a group this person organises, or 404."""
    group = group_run_by(person, slug)
    form = get_object_or_404(group.feedback_forms.select_related("series", "event"), pk=pk)
    form.group = group
    return form


def _list(request: SignedIn, context: dict[str, Any]) -> HttpResponse:
    """The way back to the list. `?moved=` is the question that was moved last, `?by=` how: the keyboard goes on
    there."""
    moved = {"moved": request.GET.get("moved"), "by": request.GET.get("by")}
    return render(request, "organise/feedback_form.html", context | moved)


def _page(request: SignedIn, form: FeedbackForm, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a page one level below the list of questions, with the way back to it."""
    frame = {
        "group": form.group,
        "form_asked": form,
        "back": pages.address_of(form),
        "crumbs": pages.crumbs(form.group, form),
    }
    return render(request, template, frame | context)


def _moved_meanwhile(request: SignedIn, form: FeedbackForm) -> HttpResponse:
    say_nothing_was_done(request)
    return redirect(pages.address_of(form))
