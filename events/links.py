"""What the signed links in mails open. A cut, changed or revoked link gives the same 404 as one that never was."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from events.models import Registration
from events.models.registration import RegistrationQuerySet
from kit.http import token_page

View = Callable[..., HttpResponseBase]
Find = Callable[[RegistrationQuerySet, str], RegistrationQuerySet]


def _page_opened_by(find: Find) -> Callable[[View], View]:
    """Make a decorator for pages that one kind of link opens: the view gets the registration instead of the token."""

    def decorator(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponseBase:
            return view(request, get_object_or_404(find(_with_event(), token)), **more)

        return token_page(opened)

    return decorator


by_first_link = _page_opened_by(RegistrationQuerySet.with_token)
by_door = _page_opened_by(RegistrationQuerySet.with_join_token)
by_news_link = _page_opened_by(RegistrationQuerySet.with_news_token)
# What needs to be at hand on the day is opened by the link to the door too, which stands in calendars. Such a page must
# not lead on to somebody's own page when it was opened by the door's link.
by_own_or_door_link = _page_opened_by(
    lambda rows, token: rows.with_token(token) | rows.with_join_token(token)
)


def by_link(view: View) -> View:
    """Mark a page of somebody's own registration, opened by their link.

    Until the address is confirmed the only page there is asks for that: whoever holds the mail need not be the person
    who filled in the form.
    """

    @by_first_link
    @wraps(view)
    def confirmed(request: HttpRequest, registration: Registration, **more: Any) -> HttpResponseBase:
        if not registration.is_email_confirmed:
            return redirect("events:confirmation", registration.token)
        return view(request, registration, **more)

    return confirmed


def _with_event() -> RegistrationQuerySet:
    rows = Registration.objects.select_related(
        "event__group", "event__venue", "event__breakout_plan", "person"
    )
    return rows.prefetch_related("event__sessions__venue", "event__in_place")
