"""A code that leaked: a new one with one press, and whoever came by the old one, to be looked at once more."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.actions import quotas
from events.models import Event, Quota, Registration
from events.organise_layout import people_crumbs, reading_or_sending, show_page, until_it_is_over
from events.permissions import event_run_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
@until_it_is_over
def code_leak(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """GET lists who came by the code, POST makes a new one. `?since=` is the day from when on they came."""
    event = event_run_by(request.user, slug)
    quota = get_object_or_404(event.quotas.exclude(code=""), pk=number)
    if request.method == "POST":
        return _new_code(request, quota)
    since = _day(request.GET.get("since", ""))
    context = {
        "quota": quota,
        "since": since,
        "people": _by_domain(event, quota, since),
        "crumbs": people_crumbs(event),
    }
    return show_page(request, event, "organise/code_leak.html", context)


def _new_code(request: SignedIn, quota: Quota) -> HttpResponse:
    try:
        code = quotas.change_code(quota, old=request.POST.get("old", ""))
        messages.success(request, _("The old code no longer works. The new one: %(code)s") % {"code": code})
    except NothingChanged:
        say_nothing_was_done(request, _("There was a new code already. It stands below."))
    return redirect("organise:code_leak", quota.event.slug, quota.pk)


def _by_domain(event: Event, quota: Quota, since: date | None) -> list[Registration]:
    """Those of one domain stand together: a school's own addresses are seen at a glance, and so are private ones."""
    by_code = Registration.BelongsBy.CODE
    rows = event.registrations.live().not_erased().filter(quota=quota, belongs_by=by_code)
    if since:
        rows = rows.filter(created_at__gte=datetime.combine(since, time(), ZoneInfo(event.time_zone)))
    return sorted(rows, key=lambda one: (*one.email.rpartition("@")[::-2], one.pk))


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None
