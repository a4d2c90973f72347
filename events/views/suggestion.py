"""A visitor suggests an event to a group, without an account: the form, and the page behind the link in their email."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.actions import suggestions
from events.actions.suggestions import NotWanted, TooManySuggestions
from events.forms.suggestion import SuggestionForm
from events.models import Suggestion
from kit.http import public_page
from kit.links import opened_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.models import Group

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])
by_suggestion_link = opened_by(Suggestion.objects.select_related("group", "event"))


@public_page
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """To which group."""
    return render(request, "events/suggest.html", {"groups": Group.objects.taking_suggestions()})


@login_not_required
@reading_or_sending
def suggestion_new(request: HttpRequest, slug: str) -> HttpResponse:
    group = _group(slug)
    form = SuggestionForm(request.POST if request.method == "POST" else None, group=group)
    if form.is_valid() and _suggest(group, form):
        return redirect("events:suggestion_sent", group.slug)
    return render(request, "events/suggestion_new.html", {"form": form, "group": group})


@public_page
@require_safe
def suggestion_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """ "Check your inbox": the same page whatever the address was."""
    context = {"group": _group(slug), "sender": settings.DEFAULT_FROM_EMAIL}
    return render(request, "events/suggestion_sent.html", context)


@reading_or_sending
@by_suggestion_link
def suggestion(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """Confirming it; afterwards how it stands. Opening it changes nothing."""
    if request.method == "POST":
        try:
            suggestions.confirm(suggestion)
        except NothingChanged:
            say_nothing_was_done(request, _("The organisers have it already."))
        else:
            messages.success(request, _("Thank you. The organisers have your suggestion now."))
        return redirect(suggestion)
    return render(request, "events/suggestion.html", {"suggestion": suggestion, "group": suggestion.group})


@reading_or_sending
@by_suggestion_link
def suggestion_mistake(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """Say "this was not me". GET shows, POST does it."""
    if request.method == "POST":
        try:
            suggestions.not_me(suggestion)
        except NothingChanged:
            say_nothing_was_done(request, _("The organisers have it already."))
            return redirect(suggestion)
        messages.success(request, _("We have forgotten your address. Nothing of it is kept."))
        return redirect("events:home")
    return render(request, "events/suggestion_mistake.html", {"suggestion": suggestion})


def _group(slug: str) -> Group:
    return get_object_or_404(Group.objects.taking_suggestions(), slug=slug)


def _suggest(group: Group, form: SuggestionForm) -> bool:
    """Whether it was kept; else the form says why, and everything typed stays."""
    try:
        suggestions.suggest(group, form.typed)
    except NotWanted:
        form.add_error(None, _("This group takes no suggestions any more"))
    except TooManySuggestions:
        form.add_error(None, _("More suggestions wait than can be looked at. Try again in a few days"))
    else:
        return True
    return False
