"""Where named contacts keep somebody out, and answer requests of whoever is kept out.

As with what people told (concerns/views/reading.py), who and why are covered: opening is a press, which is noted before
anything is shown.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerns import pages
from concerns.actions import keeping_out as actions
from concerns.forms import KeepOutForm, UntilForm
from concerns.views.reading import for_those_who_read
from events.actions.leaving import NoLongerPossible
from events.models import KeptOut, Registration
from kit.meanwhile import say_nothing_was_done
from kit.text import clean_text
from people.models import Group
from people.permissions import organises
from people.requests import SignedIn


@require_safe
@for_those_who_read
def kept_out(request: SignedIn, group: Group) -> HttpResponse:
    context = pages.frame(group, None) | {"lines": pages.kept_out_lines(group)}
    return render(request, "organise/kept_out.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_read
def new(request: SignedIn, group: Group) -> HttpResponse:
    form = KeepOutForm(
        request.POST if request.method == "POST" else None, group=group, initial=_asked_from(request, group)
    )
    if form.is_valid():
        kept = actions.keep_out(group, by=request.user, **form.decided())
        messages.success(
            request, _("It counts from now on. What they had is held until a named contact agrees.")
        )
        return _back_to(kept)
    context = pages.frame(group, None) | {"form": form, "organises": organises(request.user, group)}
    return render(request, "organise/kept_out_new.html", context)


@require_safe
@for_those_who_read
def one(request: SignedIn, group: Group, pk: int) -> HttpResponse:
    return _page(request, _one(group, pk))


@require_POST
@for_those_who_read
def opening(request: SignedIn, group: Group, pk: int) -> HttpResponse:
    kept = _one(group, pk)
    actions.open_for(kept, request.user)
    return _back_to(kept)


@require_POST
@for_those_who_read
def until(request: SignedIn, group: Group, pk: int) -> HttpResponse:
    kept, form = _one(group, pk), UntilForm(request.POST)
    if not form.is_valid():
        return _page(request, kept, form)
    try:
        actions.renew(kept, until=form.cleaned_data["until"], by=request.user)
        messages.success(request, _("The new end is noted."))
    except NoLongerPossible:
        say_nothing_was_done(request)
    return _back_to(kept)


@require_POST
@for_those_who_read
def ending(request: SignedIn, group: Group, pk: int) -> HttpResponse:
    kept = _one(group, pk)
    try:
        actions.lift(kept, by=request.user)
        messages.success(request, _("Ended. Requests that wait are for the organisers now."))
    except NoLongerPossible:
        say_nothing_was_done(request, _("It was ended before."))
    return _back_to(kept)


@require_POST
@for_those_who_read
def answer(request: SignedIn, group: Group, pk: int, reference: str) -> HttpResponse:
    """Agree to a request, or not."""
    kept = _one(group, pk)
    rows = Registration.objects.select_related("event__group").filter(event__group=group)
    registration = get_object_or_404(rows, reference=reference)
    try:
        if request.POST.get("answer") == "yes":
            actions.agree(kept, registration, by=request.user)
            messages.success(
                request, _("Agreed, for this event. They are told how it stands with their place.")
            )
        elif request.POST.get("answer") == "no":
            actions.refuse(kept, registration, by=request.user)
            messages.success(request, _("They are told that it was not agreed to, and whom to write to."))
    except NoLongerPossible:
        say_nothing_was_done(request, _("This request does not wait any more."))
    return _back_to(kept)


def _asked_from(request: SignedIn, group: Group) -> dict[str, Any]:
    """The address and event of the registration from whose page somebody came: an address never stands in an address."""
    reference = clean_text(request.GET.get("registration", ""))[:9]
    rows = Registration.objects.not_erased().filter(event__group=group, reference=reference)
    found = rows.first() if reference and organises(request.user, group) else None
    return {"address": found.email, "where": found.event_id} if found else {}


def _one(group: Group, pk: int) -> KeptOut:
    rows = group.kept_out.filter(kind=KeptOut.Kind.NAMED).select_related("group", "event")
    return get_object_or_404(rows.prefetch_related("steps__by", "mailboxes", "event__sessions"), pk=pk)


def _back_to(kept: KeptOut) -> HttpResponse:
    return redirect("organise:kept_out_one", kept.group.slug, kept.pk)


def _page(request: SignedIn, kept: KeptOut, form: UntilForm | None = None) -> HttpResponse:
    now = timezone.now()
    is_open = kept.is_open_for(request.user, now)
    context = pages.frame(kept.group, kept.event) | {
        "kept": kept,
        "is_open": is_open,
        "is_over": kept.is_over(timezone.localdate(now)),
        "requests": pages.requests_of(kept) if is_open else [],
        "kept_until": pages.kept_out_until(kept),
        "form": form or UntilForm(initial={"until": kept.until}),
    }
    return render(request, "organise/kept_out_one.html", context)
