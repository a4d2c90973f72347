"""Another address for a registration: asked for on the own page, agreed to by a link in each of the two mailboxes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.actions import address_changes
from events.actions.address_changes import HasOwnRegistration, TooOften
from events.actions.registrations import NoLongerPossible
from events.forms.own_page import NewAddressForm
from events.fresh_links import masked
from events.links import by_link, by_new_address, by_old_address
from events.models import AddressChange, Registration
from events.pages.registration_words import about_own, how_it_stands
from kit.meanwhile import NothingChanged, say_nothing_was_done

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_link
def address(request: HttpRequest, registration: Registration) -> HttpResponse:
    if not registration.is_live or registration.is_held or not registration.has_email:
        return _as_it_stands(request, registration)
    form = NewAddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            address_changes.ask(registration, form.cleaned_data["email"])
        except NoLongerPossible:
            return _as_it_stands(request, registration)
        except TooOften:
            form.add_error("email", _("Some emails were sent a moment ago. Please wait ten minutes."))
        else:
            messages.success(request, _("We have written to both addresses."))
            return redirect("events:address", registration.token)
    context = {"form": form, "address": masked(registration.email), "change": _pending(registration)}
    return render(request, "events/manage_address.html", about_own(registration) | context)


@require_POST
@by_link
def ending(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Whoever asked for another address does not want it any more."""
    change = _pending(registration)
    try:
        if change is None:
            raise NoLongerPossible
        address_changes.stop(change)
    except NoLongerPossible:
        return _as_it_stands(request, registration)
    messages.success(request, _("Your address stays as it is."))
    return redirect(registration)


@reading_or_sending
@by_old_address
def old(request: HttpRequest, change: AddressChange) -> HttpResponse:
    return _page(request, change, as_old=True)


@reading_or_sending
@by_new_address
def new(request: HttpRequest, change: AddressChange) -> HttpResponse:
    return _page(request, change, as_old=False)


def _page(request: HttpRequest, change: AddressChange, *, as_old: bool) -> HttpResponse:
    """Agreeing at one of the two addresses. Opening it changes nothing."""
    if request.method == "POST" and request.POST.get("answer") in {"yes", "no"}:
        return _answer(request, change, as_old=as_old)
    event = change.registration.event
    context = {
        "event": event,
        "is_old": as_old,
        "new_address": masked(change.email) if as_old else change.email,
        "has_agreed": (change.old_agreed_at if as_old else change.new_agreed_at) is not None,
        "is_good": change.is_good(timezone.now()) and change.registration.is_live,
    }
    return render(request, "events/address_agreement.html", context)


def _answer(request: HttpRequest, change: AddressChange, *, as_old: bool) -> HttpResponse:
    event = change.registration.event
    try:
        if request.POST["answer"] == "no":
            address_changes.stop(change)
            messages.success(request, _("Nothing changes. Thank you for telling us."))
        elif address_changes.agree(change, as_old=as_old):
            messages.success(request, _("The new address is in use. We have emailed the new link there."))
        else:
            messages.success(request, _("Thank you. It changes once the other address has agreed too."))
    except HasOwnRegistration:
        say_nothing_was_done(request, _("The new address has a registration of its own for this event."))
    except (NoLongerPossible, NothingChanged):
        say_nothing_was_done(request)
    return redirect(event)


def _pending(registration: Registration) -> AddressChange | None:
    change = AddressChange.objects.filter(registration=registration).first()
    return change if change and change.is_good(timezone.now()) else None


def _as_it_stands(request: HttpRequest, registration: Registration) -> HttpResponse:
    say_nothing_was_done(request, how_it_stands(registration, timezone.now()))
    return redirect(registration)
