"""The link to somebody's own page once more. Neither page says whether an address is registered.

The address that was asked for stands in a sealed cookie of these pages for half an hour, so that it can be read and
corrected after it was sent.
"""

import json
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from events.actions import addresses
from events.forms.own_page import AddressForm
from events.models import Event
from kit.sealing import CannotUnseal, seal, unseal

KEPT_FOR = timedelta(minutes=30)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_again(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(slug)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "events/link_again.html", {"event": event, "form": form})
    address = form.cleaned_data["email"]
    addresses.send_link_again(event, address)
    response = redirect("events:link_sent", slug=event.slug)
    _keep(response, event, address)
    return response


@login_not_required
@require_safe
def link_sent(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(slug)
    address = _kept(request, event)
    context = {
        "event": event,
        "address": address,
        "form": AddressForm(initial={"email": address}),
        "sender": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, "events/link_sent.html", context)


def _event(slug: str) -> Event:
    event = get_object_or_404(Event.objects.public().select_related("group"), slug=slug)
    event.withhold()
    return event


def _keep(response: HttpResponse, event: Event, address: str) -> None:
    until = (timezone.now() + KEPT_FOR).timestamp()
    response.set_cookie(
        settings.ASKED_COOKIE_NAME,
        seal(json.dumps([address, until]), _binding(event)),
        max_age=KEPT_FOR,
        path=reverse("events:link_again", args=[event.slug]),
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _kept(request: HttpRequest, event: Event) -> str:
    """The address that was typed; "" when it is not known, or no longer."""
    try:
        sealed = request.COOKIES.get(settings.ASKED_COOKIE_NAME, "")
        address, until = json.loads(unseal(sealed, _binding(event)))
    except (CannotUnseal, ValueError):
        return ""
    return str(address) if until > timezone.now().timestamp() else ""


def _binding(event: Event) -> str:
    return f"address asked for, event {event.pk}"
