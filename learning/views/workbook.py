"""Somebody's workbook: its pages, written on by themselves alone. The link to the own page shows that there are pages and
when they were saved; a word of them is read and written only where a fresh link was opened."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.fresh_links import Goal, Wanted, ask_url, once_opened, opened_in
from events.links import by_link
from events.models import Registration
from events.pages.registration_words import about_own
from kit.meanwhile import NothingChanged, say_nothing_was_done
from kit.text import whole_number
from kit.times import clock_words
from learning.actions import workbook as actions
from learning.actions.workbook import Saved
from learning.forms.workbook import WorkbookForm
from learning.models import WorkbookPage, WorkbookSilence
from learning.models.activity import Activity
from learning.pages import workbook_pages as pages
from learning.pages.workbook_text import as_text
from learning.ring_words import RINGS
from learning.written import Written

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])
A_PROGRAM = "application/json"


@never_cache
@require_safe
@by_link
def workbook(request: HttpRequest, registration: Registration) -> HttpResponse:
    context = {
        "opened": opened_in(request, registration),
        "ask_url": ask_url(registration, Goal(Wanted.WORKBOOK)),
        "is_silent": WorkbookSilence.objects.filter(registration=registration).exists(),
    }
    return _show(request, registration, "learning/workbook.html", context)


@never_cache
@reading_or_sending
@by_link
@once_opened(Wanted.WORKBOOK, keeps_typed=True)
def workbook_page(request: HttpRequest, registration: Registration, number: int) -> HttpResponse:
    line, is_over = (
        pages.line_of(registration, number, now := timezone.now()),
        pages.time_is_over(registration, now),
    )
    if is_over and request.method == "POST":
        return _too_late(request, registration, pages.late_line(registration, number))
    if line is None and is_over:
        return redirect("learning:workbook", registration.token)
    if line is None:
        raise Http404
    if not line.url:
        return _not_open(request, registration)
    page = WorkbookPage.objects.filter(registration=registration, activity=line.activity).first()
    page = page or WorkbookPage(registration=registration, activity=line.activity)
    data = request.POST if request.method == "POST" else None
    form = WorkbookForm(data, activity=line.activity, written=page.written, edition=page.edition)
    if data is not None and form.is_valid():
        return _save(request, registration, line, form)
    if data is not None and _is_script(request):
        return JsonResponse({"words": _("Not saved: one of the texts is too long.")}, status=422)
    return _show(request, registration, "learning/workbook_page.html", _page(line, form, page))


def _page(line: pages.Line, form: WorkbookForm, page: WorkbookPage) -> dict[str, Any]:
    other = page.copies.first() if page.pk else None
    return {
        "line": line,
        "activity": line.activity,
        "form": form,
        "page": page,
        "dots": pages.dots(page.written.rings),
        "other": other,
        "versions": _versions(line.activity, page.written, other.written) if other else (),
    }


def _versions(activity: Activity, saved: Written, other: Written) -> tuple[pages.Readable, pages.Readable]:
    return pages.read(1, activity, saved), pages.read(2, activity, other)


def _save(
    request: HttpRequest, registration: Registration, line: pages.Line, form: WorkbookForm
) -> HttpResponse:
    sheet = form.cleaned_data["sheet"]
    edition = form.cleaned_data["edition"] or 0
    saved = actions.save(registration, line.activity, form.given(), edition=edition, sheet=sheet)
    if _is_script(request):
        return _told_script(registration, saved)
    if saved.is_beside:
        messages.warning(request, _("This page was also saved on another device. Both versions are kept."))
        return redirect(line.url)
    messages.success(request, _("Saved."))
    if request.POST.get("go") == "leave":
        return redirect(registration)
    return redirect(f"{line.url}#{_place(request)}" if _place(request) else line.url)


def _too_late(request: HttpRequest, registration: Registration, line: pages.Line | None) -> HttpResponse:
    """What the clock would delete at once is not taken in as if it were kept: it stays in the page, to be copied."""
    if line is None:
        raise Http404
    words = _("Not saved: the time of this workbook is over. Copy what you wrote, or print this page.")
    if _is_script(request):
        return JsonResponse({"words": words}, status=422)
    form = WorkbookForm(request.POST, activity=line.activity, written=Written())
    form.add_error(None, words)
    page = WorkbookPage(registration=registration, activity=line.activity)
    return _show(request, registration, "learning/workbook_page.html", _page(line, form, page))


def _told_script(registration: Registration, saved: Saved) -> JsonResponse:
    if saved.is_beside:
        return JsonResponse({"two": True})
    at = clock_words(saved.page.saved_at, registration.event.time_zone)
    return JsonResponse({"edition": saved.page.edition, "words": _("Saved at %(time)s.") % {"time": at}})


def _place(request: HttpRequest) -> str:
    """The row to go on with, after "Another line": a place that the page has."""
    go = request.POST.get("go", "")
    return go if go in {"steps", *(f"ring_{ring}" for ring in range(len(RINGS)))} else ""


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == A_PROGRAM


def _not_open(request: HttpRequest, registration: Registration) -> HttpResponse:
    messages.info(request, _("This page is not open yet. Here is when each opens."))
    return redirect("learning:workbook", registration.token)


@require_POST
@by_link
@once_opened(Wanted.WORKBOOK)
def workbook_version(request: HttpRequest, registration: Registration, number: int) -> HttpResponse:
    """Choose between two versions of a page."""
    sent = request.POST
    what = {"saved": "saved", "other": "other", "both": "both"}.get(sent.get("keep", ""))
    copy, edition = (whole_number(sent.get(name, "")) for name in ("copy", "edition"))
    try:
        if what is None:
            raise NothingChanged
        actions.choose(registration, copy, what, edition=edition)  # type: ignore[arg-type]  # one of the three
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, _("Saved. There is one version now."))
    return redirect("learning:workbook_page", registration.token, number)


@never_cache
@require_safe
@by_link
@once_opened(Wanted.WORKBOOK)
def workbook_print(request: HttpRequest, registration: Registration) -> HttpResponse:
    now = timezone.now()
    context = {"readable": pages.readable(registration, now), "today": now}
    return _show(request, registration, "learning/workbook_print.html", context)


@never_cache
@require_safe
@by_link
@once_opened(Wanted.WORKBOOK)
def workbook_text(request: HttpRequest, registration: Registration) -> HttpResponse:
    text = as_text(registration, pages.readable(registration, timezone.now()))
    headers = {"Content-Disposition": 'attachment; filename="workbook.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@never_cache
@reading_or_sending
@by_link
@once_opened(Wanted.WORKBOOK)
def workbook_deletion(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method != "POST":
        return _show(request, registration, "learning/workbook_deletion.html", {})
    try:
        actions.delete_all(registration)
    except NothingChanged:
        say_nothing_was_done(request, _("There is nothing in your workbook."))
    else:
        messages.success(request, _("Everything in your workbook is deleted."))
    return redirect("learning:workbook", registration.token)


@require_POST
@by_link
def workbook_emails(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Stop the emails about a workbook, or begin them again."""
    stop = request.POST.get("emails") != "yes"
    try:
        actions.set_silence(registration, wanted=stop)
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        stopped, again = _("You get no more emails about your workbook."), _("You get these emails again.")
        messages.success(request, stopped if stop else again)
    return redirect("learning:workbook", registration.token)


def _show(
    request: HttpRequest, registration: Registration, template: str, context: dict[str, Any]
) -> HttpResponse:
    shared = {
        "lines": pages.lines_of(registration, timezone.now()),
        "goes_on": pages.goes_on(registration),
        "is_over": pages.time_is_over(registration, timezone.now()),
    }
    return render(request, template, about_own(registration) | shared | context)
