"""Practising a situation by the link to somebody's own page: their answer counts as first-hand, and what they write goes
into their workbook where they want that. The link alone opens it: no word of theirs stands here."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from events.links import by_link
from events.models import Registration
from kit.meanwhile import NothingChanged, say_nothing_was_done
from learning.actions import scenario_counts
from learning.actions.scenario_counts import AnsweredBefore
from learning.forms.workbook import WorkbookForm
from learning.models import Activity, LearningPage
from learning.pages import scenario_pages, workbook_pages
from learning.written import Written

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@reading_or_sending
@by_link
@sensitive_post_parameters()
@sensitive_variables()
def own_scenario(request: HttpRequest, registration: Registration, number: int) -> HttpResponse:
    activity, page = _practised(registration, number)
    if request.method == "POST":
        _answer(request, registration, page)
        return redirect("learning:own_pointers", registration.token, number)
    context = scenario_pages.situation_of(page) | scenario_pages.own_context(registration, activity)
    context["has_answered"] = scenario_counts.has_answered(page, registration)
    # An empty sheet: what is kept already is read in the workbook, and is never written over.
    context["words_form"] = WorkbookForm(activity=activity, written=Written())
    return render(request, "learning/own_scenario.html", context)


@never_cache
@require_safe
@by_link
def own_pointers(request: HttpRequest, registration: Registration, number: int) -> HttpResponse:
    activity, page = _practised(registration, number)
    context = scenario_pages.pointers_of(page) | scenario_pages.own_context(registration, activity)
    if scenario_counts.has_answered(page, registration):
        context |= scenario_pages.answers_of(page)
    return render(request, "learning/own_pointers.html", context)


def _practised(registration: Registration, number: int) -> tuple[Activity, LearningPage]:
    """The activity, and what is practised, if it is open to them; or 404."""
    line = workbook_pages.line_of(registration, number, timezone.now())
    page = scenario_pages.practised_by(registration, line) if line else None
    if line is None or page is None:
        raise Http404
    return line.activity, page


def _answer(request: HttpRequest, registration: Registration, page: LearningPage) -> None:
    near = request.POST.get("near", "")
    if not near.isdecimal() or len(near) > 2:
        return
    try:
        scenario_counts.answer_by_link(page, registration, int(near))
    except AnsweredBefore:
        say_nothing_was_done(request, _("Your answer was counted before: each person has one."))
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, _("Counted, without you."))
