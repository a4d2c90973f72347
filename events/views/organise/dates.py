"""All dates of an event on one page. "Add another date" and "copy weekly" are buttons that show the page again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from events.actions.readiness import NotReady
from events.forms.organise.date_rows import DateRows
from events.forms.organise.dates import MOST_WEEKS, AsksFirst, EventDatesPage, typed_rows, weekly
from events.models import Event
from events.organise_layout import reading_or_sending
from events.pages import date_answers
from events.permissions import event_run_by
from events.views.organise.editing import saved, show_step
from kit.meanwhile import ChangedMeanwhile
from people.requests import SignedIn

DATES_OF_A_PROGRAMME = 4


@reading_or_sending
def dates(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    if request.method != "POST":
        return _show(request, event, EventDatesPage(event, blank=_blank_rows(event)))
    if {"add", "weekly"} & set(request.POST):
        return _show(request, event, _with_more_rows(request, event))
    page = EventDatesPage(event, request.POST)
    if not page.is_valid():
        return _show(request, event, page)
    try:
        page.save()
    except ChangedMeanwhile:
        return _show(request, event, page, changes=page.changes())
    except AsksFirst:
        return _show(request, event, page, asks=True)
    except NotReady as refusal:
        page.say_what_is_needed(refusal.reasons)
        return _show(request, event, page)
    return saved(request, event, "dates", moved=page.has_moved_address)


def _blank_rows(event: Event) -> int:
    """At first as many as a programme has dates, mostly."""
    number = event.sessions.count()
    is_begun = event.kind == Event.Kind.PROGRAMME and event.is_draft and number < 2
    return DATES_OF_A_PROGRAMME - number if is_begun else int(not number)


def _with_more_rows(request: SignedIn, event: Event) -> EventDatesPage:
    typed = request.POST
    rows, zone = typed_rows(typed), typed.get("time_zone", "")
    is_weekly = "weekly" in typed
    shown = weekly(rows, typed.get("weeks", "")) if is_weekly else rows
    if is_weekly and len(shown) == len(rows):
        words = _("Nothing was copied. Enter how many weeks, from 1 to %(most)s, below a date to copy.")
        messages.warning(request, words % {"most": MOST_WEEKS})
    page = EventDatesPage(event, rows=shown, blank=0 if is_weekly else 1, zone=zone, typed=typed)
    _begin_at(page.rows, len(rows))
    return page


def _begin_at(rows: DateRows, index: int) -> None:
    """Let the keyboard go on in the first new row."""
    if index < len(rows.forms):
        rows.forms[index].fields["date"].widget.attrs["autofocus"] = True


def _show(request: SignedIn, event: Event, page: EventDatesPage, **more: Any) -> HttpResponse:
    answers = date_answers.lines(event)
    context = {
        "page": page,
        "answers": answers,
        "most_weeks": MOST_WEEKS,
        "weeks": request.POST.get("weeks", "3"),
    }
    return show_step(request, event, "dates", context | more)
