"""What is done to several people of the list at once: asked first, done, and undone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.actions import list_acts, list_undoing
from events.actions.listed import asked
from events.forms.organise.list_acts import ListActForm, what_is_asked
from events.forms.organise.people import search_words
from events.models import Event, ListAct
from events.organise_layout import event_crumbs, reading_or_sending, show_page
from events.pages.organise import guest_list, list_acts_page
from events.permissions import event_run_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
def list_act_new(request: SignedIn, slug: str) -> HttpResponse:
    """Say what would be done to those who are ticked, and do it."""
    event = event_run_by(request.user, slug)
    order = what_is_asked(request.GET, _who(request, event))
    if order.kind not in list_acts.kinds_at(event):
        return _show(request, event, "organise/list_act_none.html", {})
    found = list_acts.sort_out(event, order)
    is_beyond = order.kind == ListAct.Kind.PLACE and bool(list_acts.beyond(event, found.able))
    form = ListActForm(request.POST if request.method == "POST" else None, order=order, is_beyond=is_beyond)
    if form.is_valid():
        return _carry_out(request, event, form)
    context = {"form": form} | list_acts_page.before(event, order, found)
    return _show(request, event, "organise/list_act_new.html", context)


@never_cache
@require_safe
def list_act(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    """What was done, and the way to undo it."""
    event, act = _act(request, slug, key)
    return _show(request, event, "organise/list_act.html", list_acts_page.after(event, act))


@require_POST
def list_act_undoing(request: SignedIn, slug: str, key: UUID) -> HttpResponse:
    event, act = _act(request, slug, key)
    try:
        left_out = list_undoing.undo(act, by=request.user)
    except NothingChanged:
        words = _("It was undone before.") if act.undone_at else _("It is too late to undo it.")
        say_nothing_was_done(request, words)
    else:
        messages.success(request, _("Undone. No email leaves."))
        _tell_of(request, list_acts_page.left_out_words(left_out))
    return redirect("organise:list_act", event.slug, act.key)


def _carry_out(request: SignedIn, event: Event, form: ListActForm) -> HttpResponse:
    key = form.cleaned_data["key"]
    try:
        _act_made, left_out = list_acts.carry_out(event, form.given(), key=key, by=request.user)
    except NothingChanged:
        was_done = ListAct.objects.filter(key=key, event=event).exists()
        words = _("This was done already.") if was_done else _("There is nobody left to whom it can be done.")
        say_nothing_was_done(request, words)
        if not was_done:
            return redirect("organise:registrations", event.slug)
    except list_acts.NeedsReason:
        say_nothing_was_done(
            request, _("Places were taken meanwhile: say why they get one although it is full.")
        )
        return redirect(request.get_full_path())
    else:
        _tell_of(request, list_acts_page.left_out_words(left_out))
    return redirect("organise:list_act", event.slug, key)


def _who(request: SignedIn, event: Event) -> list[str]:
    """The numbers of those who are ticked, or of all in the list. A press is for those whom its page named."""
    if request.method == "POST":
        return request.POST.get("who", "").split()
    if not request.GET.get("all"):
        return request.GET.getlist("who")
    chosen = guest_list.guests(event, asked(event, request.GET), search_words(request.GET.get("q", "")))
    return list(chosen.values_list("reference", flat=True))


def _tell_of(request: SignedIn, words: str) -> None:
    if words:
        messages.warning(request, words)


def _act(request: SignedIn, slug: str, key: UUID) -> tuple[Event, ListAct]:
    event = event_run_by(request.user, slug)
    return event, get_object_or_404(event.list_acts, key=key)


def _show(request: SignedIn, event: Event, template: str, context: dict[str, object]) -> HttpResponse:
    people = (reverse("organise:registrations", args=[event.slug]), _("People"))
    return show_page(request, event, template, context | {"crumbs": [*event_crumbs(event), people]})
