"""The community calendar: what is to come, a month as a table, what has been."""

from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from events.models.session import SessionQuerySet
from events.pages.agenda import ON_THE_CALENDAR, Page, page_of
from events.pages.beginning import beginning
from events.pages.filters import AgendaFilter
from events.pages.lines import Tells
from events.pages.month import YEARS, month_of, month_with_something_to_come
from kit.http import public_page
from kit.joins import joins
from kit.times import local, zone_of
from mail.compose import absolute
from people.models import Group, Hub
from people.requests import hub_of

# How many of those that are over a search shows below what is to come.
PAST_BESIDE = 5


@public_page
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Every event to come, by its next date; or the dates of one day (`?day=2026-05-03`), to which a full day of the
    month leads."""
    hub, wanted = hub_of(request), AgendaFilter.asked(request.GET)
    day = _day(request.GET.get("day", ""))
    sessions = wanted.narrow(ON_THE_CALENDAR)
    if day:
        page = _page(_of_day(sessions, day, hub), request, hub, Tells.ONE_DATE)
    else:
        next_dates = sessions.next_of_each_event(venue=wanted.chosen.get("venue", ""))
        page = _page(next_dates, request, hub, Tells.NEXT_DATE)
    context = {"filter": wanted, "page": page, "day": day, "months": _by_month(page)}
    context["may_suggest"] = Group.objects.taking_suggestions().exists()
    context["beginning"] = None if page.lines or day or wanted.chosen else beginning()
    if (
        "q" not in wanted.chosen
    ):  # what somebody searches for is theirs, and each search would be a code to draw
        context["address"] = absolute(reverse("events:agenda", query=wanted.chosen or None))
    if "q" in wanted.chosen and not day and page.number == 1:
        context["over"] = page_of(_over(wanted), None, hub.time_zone, size=PAST_BESIDE, tells=Tells.WHOLE)
        context["to_read"] = joins.learning_pages_found(wanted.chosen["q"])
    return render(request, "events/agenda.html", context)


@public_page
@require_safe
def month(request: HttpRequest, year: int | None = None, month: int = 0) -> HttpResponse:
    hub, wanted = hub_of(request), AgendaFilter.asked(request.GET)
    today = local(timezone.now(), hub.time_zone).date()
    asked = (
        month_with_something_to_come(today, wanted)
        if year is None
        else month_of(_first_of(year, month), wanted)
    )
    context = {"filter": wanted, "month": asked, "today": today}
    return render(request, "events/month.html", context)


@public_page
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """Events whose last date is over, the newest first, each once."""
    hub, wanted = hub_of(request), AgendaFilter.asked(request.GET)
    page = _page(_over(wanted), request, hub, Tells.WHOLE)
    years = [(year, list(lines)) for year, lines in groupby(page.lines, key=lambda line: line.day.year)]
    return render(request, "events/past.html", {"filter": wanted, "page": page, "years": years})


def _over(wanted: AgendaFilter) -> SessionQuerySet:
    """Events whose last date is over, by that date."""
    return wanted.narrow(ON_THE_CALENDAR).past().last_of_each_event().order_by("-starts_at", "-pk")


def _page(sessions: SessionQuerySet, request: HttpRequest, hub: Hub, tells: Tells) -> Page:
    """One page of a list. Beyond the end there is nothing to see, but the first page is always there."""
    page = page_of(sessions, request.GET.get("page"), hub.time_zone, tells=tells)
    if page.number > 1 and not page.lines:
        raise Http404
    return page


def _by_month(page: Page) -> list[tuple[date, list]]:
    by_month = groupby(page.lines, key=lambda line: line.day.replace(day=1))
    return [(first, list(lines)) for first, lines in by_month]


def _first_of(year: int, month: int) -> date:
    if year not in YEARS or month not in range(1, 13):
        raise Http404
    return date(year, month, 1)


def _day(words: str) -> date | None:
    """The day that an address asks for; None for what is no day of this calendar."""
    try:
        day = parse_date(words)
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def _of_day(sessions: SessionQuerySet, day: date, hub: Hub) -> SessionQuerySet:
    zone = zone_of(hub.time_zone)
    start, end = (datetime.combine(day + timedelta(days=n), time(0), zone) for n in (0, 1))
    return sessions.between(start, end)
