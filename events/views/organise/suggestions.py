"""What visitors suggested to a group: read, taken up as a draft, or declined kindly."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.actions import suggestions
from events.forms.suggestion import DeclineForm
from events.models import Suggestion
from events.organise_layout import group_crumbs, reading_or_sending
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.models import Group
from people.permissions import group_run_by
from people.requests import SignedIn


@never_cache
@require_safe
def index(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    answered = group.suggestions.exclude(state=Suggestion.State.NEW).select_related("event")
    context = {
        "group": group,
        "suggestions": group.suggestions.waiting(),
        "answered": answered.order_by("-answered_at"),
        "crumbs": group_crumbs(group),
    }
    return render(request, "organise/suggestions.html", context)


@require_POST
def taking(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    group, suggestion = _one(request, slug, pk)
    try:
        event = suggestions.take(suggestion, by=request.user)
    except NothingChanged:
        say_nothing_was_done(request, _("Somebody has answered it already."))
        return redirect("organise:suggestions", group.slug)
    messages.success(request, _("It is a draft now. Whoever suggested it gets an email that says so."))
    return redirect("organise:event", event.slug)


@never_cache
@reading_or_sending
def refusal(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    group, suggestion = _one(request, slug, pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if suggestion.is_answered:
        say_nothing_was_done(request, _("Somebody has answered it already."))
        return redirect("organise:suggestions", group.slug)
    if form.is_valid():
        try:
            suggestions.decline(suggestion, answer=form.cleaned_data["answer"])
        except NothingChanged:
            say_nothing_was_done(request, _("Somebody has answered it already."))
        else:
            messages.success(request, _("Your words are on their way."))
        return redirect("organise:suggestions", group.slug)
    crumbs = [
        *group_crumbs(group),
        (reverse("organise:suggestions", args=[group.slug]), _("Suggested to you")),
    ]
    context = {"form": form, "group": group, "suggestion": suggestion, "crumbs": crumbs}
    return render(request, "organise/suggestion_refusal.html", context)


def _one(request: SignedIn, slug: str, pk: int) -> tuple[Group, Suggestion]:
    """One that its organisers have: what nobody has confirmed is not there yet."""
    group = group_run_by(request.user, slug)
    return group, get_object_or_404(group.suggestions.with_confirmed_address(), pk=pk)
