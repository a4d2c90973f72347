"""All that is kept about somebody, to read and to take along; and forgetting it. For a browser in which a fresh link was
opened (events.fresh_links)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from events.actions import calendar_entries, leaving
from events.actions import my_data as own_data
from events.actions.my_data import StillHoldsRoles
from events.fresh_links import Wanted, close_in, once_opened
from events.links import by_link
from events.models import Registration
from kit.joins import joins
from kit.times import moment_words

THIS, EVERYTHING = "registration", "everything"


@require_safe
@by_link
@once_opened(Wanted.DATA)
def my_data(request: HttpRequest, registration: Registration) -> HttpResponse:
    data = own_data.collect(registration.email)
    zone = registration.event.time_zone
    sections = [(part["title"], [_in_words(row, zone) for row in part["rows"]]) for part in data["sections"]]
    context = {"addresses": data["addresses"], "sections": sections}
    return render(request, "events/manage_data.html", _about(registration) | context)


@require_safe
@by_link
@once_opened(Wanted.DATA)
def my_data_file(request: HttpRequest, registration: Registration) -> HttpResponse:
    response = JsonResponse(
        own_data.collect(registration.email), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
@once_opened(Wanted.ERASURE)
def erasure(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Forget somebody: first which registration or all, then what that means and one button."""
    if request.method == "POST":
        return _erase(request, registration, request.POST.get("what", ""))
    what = request.GET.get("what", "")
    if what not in (THIS, EVERYTHING):
        return render(
            request, "events/manage_erasure.html", _about(registration) | {"asked": "what" in request.GET}
        )
    erased = _erased_with(registration, what)
    stays = own_data.is_kept_out(registration.email)
    context = {
        "what": what,
        "others": erased[1:],
        "is_kept_out": stays,
        "stay_in_calendar": calendar_entries.stay_behind(erased),
        "lost": [words for say in joins.SAID_BEFORE_ERASING for words in say(erased)],
    }
    return render(request, "events/manage_erasure_sure.html", _about(registration) | context)


def _erased_with(registration: Registration, what: str) -> list[Registration]:
    others = Registration.objects.filter(email=registration.email).exclude(pk=registration.pk)
    return [registration, *others.select_related("event")] if what == EVERYTHING else [registration]


def _erase(request: HttpRequest, registration: Registration, what: str) -> HttpResponse:
    in_calendar = calendar_entries.stay_behind(_erased_with(registration, what))
    if what == EVERYTHING:
        stays = own_data.is_kept_out(registration.email)
        try:
            own_data.erase_everything(registration.email)
        except StillHoldsRoles as reason:
            context = {"roles": reason.roles}
            return render(request, "events/manage_erasure_roles.html", _about(registration) | context)
        messages.success(request, _erased_words(is_kept_out=stays))
        _say_what_stays(request, in_calendar)
        return _closed(registration, redirect("events:home"))
    if what == THIS:
        leaving.erase(registration)
        messages.success(request, _("This registration is erased. Its links no longer work."))
        _say_what_stays(request, in_calendar)
        return _closed(registration, redirect(registration.event))
    return redirect("events:erasure", registration.token)


def _erased_words(*, is_kept_out: bool) -> str:
    if is_kept_out:
        return _("Erased, but for the line that somebody has to agree when you ask for a place. Take care.")
    return _("Everything we kept under your address is erased. Take care.")


def _say_what_stays(request: HttpRequest, in_calendar: int) -> None:
    if in_calendar:
        words = ngettext(
            "One date is still in your calendar. Please delete it there.",
            "%(number)s dates are still in your calendar. Please delete them there.",
            in_calendar,
        )
        messages.info(request, words % {"number": in_calendar})


def _closed(registration: Registration, response: HttpResponse) -> HttpResponse:
    """Leave nothing of it in the browser either."""
    close_in(response, registration)
    return response


def _in_words(row: dict[str, Any], zone: str) -> list[tuple[str, str]]:
    return [(label, _text(value, zone)) for label, value in row.items()]


def _text(value: Any, zone: str) -> str:
    """A value of the file as people read it: lists in a line, instants in words."""
    if isinstance(value, list):
        return ", ".join(_text(part, zone) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_text(part, zone)}" for name, part in value.items())
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return moment_words(instant, zone) if instant.tzinfo else str(value)


def _about(registration: Registration) -> dict[str, object]:
    return {"registration": registration, "event": registration.event}
