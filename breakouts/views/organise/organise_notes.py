"""What organisers make of the notes: a part a room, the recap, its mail; and what was asked to be taken out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from breakouts.actions import recaps, take_outs
from breakouts.actions.recaps import NothingChecked
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.note_forms import RecapIntroForm, RecapPartForm
from breakouts.models import BreakoutPlan, RecapPart, Topic
from breakouts.pages import note_pages
from breakouts.pages import recap_page as pages
from breakouts.views.organise.topic_layout import crumbs
from events.models import Event
from events.organise_layout import reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import ChangedMeanwhile, say_nothing_was_done
from people.requests import SignedIn


@require_safe
def notes(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    context = {
        "rooms": note_pages.rooms_of(event),
        "waiting": note_pages.waiting(event),
        "log": note_pages.log(event),
        "plan": BreakoutPlan.of(event),
        "crumbs": crumbs(event),
    }
    return show_page(request, event, "organise/notes.html", context)


@reading_or_sending
def notes_part(request: SignedIn, slug: str, topic: int) -> HttpResponse:
    event = event_run_by(request.user, slug)
    room = get_object_or_404(note_pages.with_notes(event), pk=topic)
    room.event = event
    if request.method != "POST":
        return _part(request, room, RecapPartForm(own=event.own_ways, initial=_opened(room)))
    form = RecapPartForm(request.POST, own=event.own_ways)
    if not form.is_valid():
        return _part(request, room, form)
    try:
        recaps.write_part(room, **form.cleaned_data, by=request.user)
    except ChangedMeanwhile as other:
        form.ask_again(opened=other.now.edition)
        return _part(request, room, form, saved=other.now)
    messages.success(request, _("Saved."))
    return redirect("organise:notes_part", event.slug, room.pk)


@never_cache
@reading_or_sending
def recap_publication(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    plan = BreakoutPlan.of(event)
    if plan is None:
        return redirect("organise:notes", event.slug)
    if request.method != "POST":
        form = RecapIntroForm(own=event.own_ways, initial={"intro": plan.recap_intro})
        return _publication(request, event, plan, form)
    form = RecapIntroForm(request.POST, own=event.own_ways)
    if not form.is_valid():
        return _publication(request, event, plan, form)
    _do(request, event, request.POST.get("action", ""), form.cleaned_data["intro"])
    return redirect("organise:recap_publication", event.slug)


@reading_or_sending
def recap_mail(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    plan = BreakoutPlan.of(event)
    if plan is None:
        return redirect("organise:notes", event.slug)
    if request.method == "POST":
        _mail(request, event)
        return redirect("organise:recap_mail", event.slug)
    context = {
        "plan": plan,
        "reason": recaps.mail_closed_because(plan, timezone.now()),
        "number": recaps.to_be_mailed(event).count(),
    }
    return _show(request, event, "organise/recap_mail.html", context)


@require_POST
def take_out(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Note that an organiser has taken out what somebody asked for."""
    event = event_run_by(request.user, slug)
    row = get_object_or_404(event.take_outs, pk=pk)
    try:
        take_outs.done(row, by=request.user)
    except NoLongerPossible:
        say_nothing_was_done(request, _("It was done before, and the words of the request are deleted."))
    else:
        messages.success(request, _("Thank you. The words of the request are deleted."))
    return redirect("organise:notes", event.slug)


def _show(request: SignedIn, event: Event, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a page below that of the notes."""
    above = (reverse("organise:notes", args=[event.slug]), _("Notes and recap"))
    return show_page(request, event, template, context | {"crumbs": [*crumbs(event), above]})


def _part(
    request: SignedIn, room: Topic, form: RecapPartForm, *, saved: RecapPart | None = None
) -> HttpResponse:
    texts = [form[name].value() or "" for name in ("text", "sentence")]
    context = {
        "room": room,
        "form": form,
        "notes": _notes_of(room),
        "take_outs": room.take_outs.filter(done_at=None),
        "names": pages.perhaps_names("\n".join(texts), pages.known_names(room.event)),
        "saved": saved,
        "is_new": not form.is_bound and not form["opened"].value(),
    }
    return _show(request, room.event, "organise/notes_part.html", context)


def _opened(room: Topic) -> dict[str, Any]:
    """The part of the recap as it is; before there is one, a first draft from the notes."""
    part = RecapPart.objects.filter(topic=room).first()
    if part is None:
        return pages.first_draft(_notes_of(room))
    return {
        "text": part.text,
        "sentence": part.sentence,
        "is_checked": part.is_checked,
        "opened": part.edition,
    }


def _notes_of(room: Topic) -> list[Any]:
    return [note for note in note_pages.NOTES_OF_TOPIC.filter(topic=room) if not note.is_empty]


def _publication(request: SignedIn, event: Event, plan: BreakoutPlan, form: RecapIntroForm) -> HttpResponse:
    parts = list(recaps.shown_parts(event).select_related("topic"))
    shown = {part.topic_id for part in parts}
    context = {
        "plan": plan,
        "form": form,
        "recap": pages.recap_of(event, plan),
        "missing": [room for room in pages.rooms_of(event) if room.pk not in shown],
        "names": pages.names_in_recap(event, parts),
        "waiting": note_pages.waiting(event),
    }
    return _show(request, event, "organise/recap_publication.html", context)


def _do(request: SignedIn, event: Event, action: str, intro: str) -> None:
    if action == "take_back":
        _take_back(request, event)
    elif action == "publish":
        _publish(request, event, intro)
    else:
        recaps.save_intro(event, intro)
        messages.success(request, _("Saved."))


def _take_back(request: SignedIn, event: Event) -> None:
    try:
        recaps.take_back(event)
    except NoLongerPossible:
        say_nothing_was_done(request, _("Nobody can read the recap."))
    else:
        messages.success(request, _("Taken back. Nobody can read the recap now."))


def _publish(request: SignedIn, event: Event, intro: str) -> None:
    try:
        recaps.publish(event, intro=intro)
    except NothingChecked:
        recaps.save_intro(event, intro)
        messages.warning(request, _("No part has its tick yet, so there is nothing to publish."))
    else:
        messages.success(request, _("Published. Everyone can read the recap now."))


def _mail(request: SignedIn, event: Event) -> None:
    try:
        number = recaps.mail(event)
    except NoLongerPossible:
        messages.warning(request, _("The recap cannot be emailed now. This page says why."))
        return
    if not number:
        say_nothing_was_done(request, _("Everyone who was to come has had the recap by email."))
        return
    sent = ngettext("The email goes to %(number)s person.", "The email goes to %(number)s people.", number)
    messages.success(request, sent % {"number": number})
