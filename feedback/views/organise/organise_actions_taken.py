"""Organisers write what became of what people said, publish it and mail it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.models import Event
from events.organise_layout import event_crumbs, reading_or_sending, show_page
from events.permissions import event_run_by
from feedback.actions import actions_taken as actions
from feedback.actions import themes
from feedback.actions.refusals import NothingToPublish, NotMailed
from feedback.forms.organise.action_taken_forms import PARTS, ActionTakenForm
from feedback.models import ActionTaken
from feedback.pages import actions_taken_page as pages
from kit.meanwhile import ChangedMeanwhile, NothingChanged, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@require_safe
def actions_taken(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    by = {"moved": request.GET.get("moved", ""), "by": request.GET.get("by", "")}
    context = pages.of_list(event) | _crumbs(event, below=False) | by
    return show_page(request, event, "organise/actions_taken.html", context)


@never_cache
@reading_or_sending
def action_taken_new(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    suggested = request.GET.get("theme", "").replace("\0", "")[:60]
    form = _form(request, event, {"theme": suggested})
    if not form.is_valid():
        return _show_form(request, event, form)
    actions.add(event, by=request.user, **form.given())
    messages.success(request, _("Saved. Nobody else reads it before you publish it."))
    return redirect("organise:actions_taken", event.slug)


@never_cache
@reading_or_sending
def action_taken(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Change what was done about a theme. What was typed outlives the removal of what it was typed for."""
    event = event_run_by(request.user, slug)
    action = event.actions_taken.filter(pk=pk).first()
    if action is None and request.method != "POST":
        raise Http404
    form = _form(request, event, _initial(action))
    if not form.is_valid():
        return _show_form(request, event, form, action=action)
    try:
        if action is None:
            raise ChangedMeanwhile
        actions.change(action, opened=form.cleaned_data["opened"], by=request.user, **form.given())
    except ChangedMeanwhile as other:
        return _show_overtaken(request, event, form, other.now)
    messages.success(request, _("Saved."))
    return redirect("organise:actions_taken", event.slug)


@require_POST
def action_taken_order(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Move one in the list. `by` is "up" or "down". The list then begins with the keyboard on it."""
    event = event_run_by(request.user, slug)
    action = _action(event, pk)
    by = "up" if request.POST.get("by") == "up" else "down"
    try:
        number = actions.move(action, up=by == "up")
    except NothingChanged:
        say_nothing_was_done(request, _("There is none to change places with."))
    else:
        words = _("“%(theme)s” is number %(number)s now.")
        messages.success(request, words % {"theme": action.theme, "number": number})
    return HttpResponseRedirect(f"{_address(event)}?moved={pk}&by={by}")


@require_POST
def action_taken_back(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    event = event_run_by(request.user, slug)
    action = _action(event, pk)
    try:
        actions.take_back(action)
    except NothingChanged:
        say_nothing_was_done(request, _("Nobody else reads “%(theme)s”.") % {"theme": action.theme})
    else:
        messages.success(request, _("“%(theme)s” is taken back.") % {"theme": action.theme})
    return redirect("organise:actions_taken", event.slug)


@never_cache
@reading_or_sending
def action_taken_end(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    event = event_run_by(request.user, slug)
    action = _action(event, pk)
    if request.method == "POST":
        actions.remove(action)
        messages.success(request, _("“%(theme)s” is removed.") % {"theme": action.theme})
        return redirect("organise:actions_taken", event.slug)
    context = _crumbs(event) | {"action": action, "back": _address(event)}
    return show_page(request, event, "organise/actions_taken_end.html", context)


@require_POST
def actions_taken_publication(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    try:
        actions.publish(event)
    except NothingToPublish:
        messages.warning(request, _("There is nothing that was not published yet."))
    else:
        messages.success(request, _("Published. Everyone can read it now."))
    return redirect("organise:actions_taken", event.slug)


@never_cache
@reading_or_sending
def actions_taken_mail(request: SignedIn, slug: str) -> HttpResponse:
    """Mail it, after saying to how many it goes."""
    event = event_run_by(request.user, slug)
    if request.method == "POST":
        _mail(request, event)
        return redirect("organise:actions_taken_mail", event.slug)
    context = _crumbs(event) | pages.of_mail(event)
    return show_page(request, event, "organise/actions_taken_mail.html", context)


def _mail(request: SignedIn, event: Event) -> None:
    try:
        number = actions.mail(event)
    except NotMailed:
        messages.warning(request, _("It cannot be emailed now. This page says why."))
        return
    if not number:
        say_nothing_was_done(request, _("Everyone who came has had it by email."))
        return
    sent = ngettext("The email goes to %(number)s person.", "The email goes to %(number)s people.", number)
    messages.success(request, sent % {"number": number})


def _form(request: SignedIn, event: Event, initial: dict[str, Any]) -> ActionTakenForm:
    typed = request.POST if request.method == "POST" else None
    return ActionTakenForm(typed, texts=[text.text for text in pages.texts_of(event)], initial=initial)


def _initial(action: ActionTaken | None) -> dict[str, Any]:
    if action is None:
        return {}
    return {name: getattr(action, name) for name in PARTS} | {"opened": action.edition}


def _show_form(request: SignedIn, event: Event, form: ActionTakenForm, **more: Any) -> HttpResponse:
    known = [theme for theme, _number in themes.counted(pages.texts_of(event))]
    context = _crumbs(event) | {"form": form, "known": known, "back": _address(event)} | more
    return show_page(request, event, "organise/actions_taken_form.html", context)


def _show_overtaken(
    request: SignedIn, event: Event, form: ActionTakenForm, now: ActionTaken | None
) -> HttpResponse:
    """Show the page with what was typed; saved once more it counts, now that the other version was shown."""
    form.ask_again(opened=now.edition if now else "")
    return _show_form(request, event, form, action=now)


def _action(event: Event, pk: int) -> ActionTaken:
    action = get_object_or_404(event.actions_taken, pk=pk)
    action.event = event
    return action


def _crumbs(event: Event, *, below: bool = True) -> dict[str, Any]:
    results = (reverse("organise:feedback", args=[event.slug]), _("Feedback"))
    here = [(_address(event), _("You said, we did"))] if below else []
    return {"crumbs": [*event_crumbs(event), results, *here]}


def _address(event: Event) -> str:
    return reverse("organise:actions_taken", args=[event.slug])
