"""What is done to several people of the list at once: asked first, done, and undone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.actions import list_acts, list_undoing
from events.actions.listed import asked
from events.forms.organise.list_acts import ListActForm, what_is_asked
from events.forms.organise.people import search_words
from events.models import Event, ListAct
from events.models.registration import RegistrationQuerySet
from events.organise_layout import people_crumbs, reading_or_sending, show_page
from events.pages.organise import guest_list, list_acts_page
from events.permissions import event_with_people_of, is_part_only, people_run_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
def list_act_new(request: SignedIn, slug: str) -> HttpResponse:
    """Say what would be done to those who are ticked, and do it."""
    event = event_with_people_of(request.user, slug)
    order = what_is_asked(request.GET, _who(request, event))
    if order.kind not in list_acts_page.kinds_for_reader(event):
        return _show(request, event, "organise/list_act_none.html", {})
    found = list_acts.sort_out(event, order)
    is_beyond = bool(list_acts.beyond(event, order, found.able))
    if is_beyond and is_part_only(event):
        messages.warning(
            request, _("That would be more places than are free. Ask the organisers of the event.")
        )
        return redirect("organise:registrations", event.slug)
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
        if len(left_out) < act.lines.count():
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
    people = people_run_by(request.user, event)
    if request.method == "POST" or not request.GET.get("all"):
        is_press = request.method == "POST"
        named = request.POST.get("who", "").split() if is_press else request.GET.getlist("who")
        return _of_theirs(people, named) if is_part_only(event) else named
    chosen = guest_list.guests(people, asked(event, request.GET), search_words(request.GET.get("q", "")))
    return list(chosen.values_list("reference", flat=True))


def _of_theirs(people: RegistrationQuerySet, named: list[str]) -> list[str]:
    """A co-organiser's press does nothing to anybody else."""
    return list(people.filter(reference__in=named).values_list("reference", flat=True))


def _tell_of(request: SignedIn, words: str) -> None:
    if words:
        messages.warning(request, words)


def _act(request: SignedIn, slug: str, key: UUID) -> tuple[Event, ListAct]:
    """A thing that was done to nobody but people whom the reader may see."""
    event = event_with_people_of(request.user, slug)
    acts = event.list_acts.all()
    if is_part_only(event):
        theirs = people_run_by(request.user, event).values("pk")
        others = event.registrations.exclude(pk__in=theirs)
        acts = acts.filter(lines__registration__in=theirs).exclude(lines__registration__in=others).distinct()
    return event, get_object_or_404(acts, key=key)


def _show(request: SignedIn, event: Event, template: str, context: dict[str, object]) -> HttpResponse:
    return show_page(request, event, template, context | {"crumbs": people_crumbs(event)})
