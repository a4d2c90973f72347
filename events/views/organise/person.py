"""One of the people of an event, and somebody who phoned. What they need stands nowhere here."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.actions import adding, addresses, leaving, list_acts, places, requests
from events.actions.listed import these
from events.actions.my_data import erase_everything
from events.actions.registrations import NoLongerPossible, RegistrationClosed
from events.forms.organise.people import AnswerForm, PhonedInForm, ReasonForm
from events.models import Event, Registration, RegistrationStep
from events.organise_layout import people_crumbs, reading_or_sending, show_page, while_people_come
from events.pages.closed import refusal_words
from events.pages.organise import guest_dates, guest_list
from events.pages.organise.list_acts_page import groups_at
from events.pages.organise.messages import lines, mails_of_registration
from events.pages.organise.organiser_words import guest, history
from events.permissions import event_with_people_of, is_part_only, people_run_by, quotas_run_by
from events.short_codes import code_of
from kit.meanwhile import NothingChanged, say_nothing_was_done
from mail.actions import owed
from mail.compose import page_url
from mail.models import OutgoingMail
from mail.models.outgoing import OutgoingMailQuerySet
from people.permissions import concern_readers, reads_concerns
from people.requests import SignedIn


@reading_or_sending
@while_people_come
def registration_new(request: SignedIn, slug: str) -> HttpResponse:
    """Register somebody who phoned or wrote. The same rules as for everyone; beyond them only with a reason."""
    event = event_with_people_of(request.user, slug)
    of_a_part = list(quotas_run_by(request.user, event)) if is_part_only(event) else []
    is_full = not of_a_part and places.is_full(event)
    typed = request.POST if request.method == "POST" else None
    form = PhonedInForm(typed, event=event, is_full=is_full, of_a_part=of_a_part)
    if form.is_valid() and (added := _add(request, event, form)):
        messages.success(request, _added_words(added) % {"name": added.name})
        return redirect("organise:registration", event.slug, added.reference)
    context = {"form": form, "is_full": is_full, "reason": event.registration_closed_because()}
    return show_page(request, event, "organise/registration_new.html", context)


@never_cache
@require_safe
def registration(request: SignedIn, slug: str, reference: str) -> HttpResponse:
    event, registration = _one(request, slug, reference)
    return _page(request, event, registration, AnswerForm())


def _page(request: SignedIn, event: Event, registration: Registration, form: AnswerForm) -> HttpResponse:
    roll = guest_list.Roll(event, people_run_by(request.user, event))
    doubles = guest_list.doubles_of(registration, roll)
    context = {
        "form": form,
        "decided_by": requests.decided_by(event, registration) if registration.is_held else "",
        "contacts": list(concern_readers(event.group)) if registration.is_held else [],
        "held_since": _held_since(registration),
        "registration": registration,
        "guest": guest(registration, registration.position()),
        "history": history(registration),
        "attendances": registration.attendances.there()
        .select_related("session")
        .order_by("session__starts_at"),
        "mails": lines(mails_of_registration(registration)),
        "to_tell": lines(_to_tell(registration)) if not registration.has_email else [],
        "imitates": guest_list.marks(roll, [registration]).imitations.get(registration.pk, ""),
        "doubles": doubles,
        "all_of_them": these([registration, *doubles]),
        "is_over": event.is_past(),
        "group_words": str(registration.quota or ""),
        "dates": guest_dates.dates_of(event, [registration]).get(registration.pk, ""),
        "groups": groups_at(event) if list_acts.moves_people(event) and not is_part_only(event) else [],
        "crumbs": _crumbs(event),
    }
    return show_page(request, event, "organise/registration.html", context)


@never_cache
@reading_or_sending
@while_people_come
def registration_removal(request: SignedIn, slug: str, reference: str) -> HttpResponse:
    event, registration = _one(request, slug, reference)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            leaving.remove(registration, by=request.user, reason=form.cleaned_data["reason"])
        except NoLongerPossible:
            say_nothing_was_done(request, _off_the_list(registration))
        else:
            messages.success(request, _("%(name)s is off the list.") % {"name": registration.name})
        return redirect("organise:registration", event.slug, registration.reference)
    context = {
        "registration": registration,
        "form": form,
        "crumbs": _crumbs(event, registration),
        "contacts": list(concern_readers(event.group)),
        "is_contact": reads_concerns(request.user, event.group),
    }
    return show_page(request, event, "organise/registration_removal.html", context)


@never_cache
@require_POST
def registration_answer(request: SignedIn, slug: str, reference: str) -> HttpResponse:
    """Agree to a request, or not, with words if there are any."""
    event, registration = _one(request, slug, reference)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, event, registration, form)
    try:
        if form.cleaned_data["answer"] == AnswerForm.YES:
            answered = requests.agree(registration, by=request.user, word=form.cleaned_data["reason"])
            messages.success(request, _added_words(answered) % {"name": answered.name})
        else:
            requests.refuse(registration, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("%(name)s is told.") % {"name": registration.name})
    except requests.ANamedContactDecides:
        say_nothing_was_done(request, _("A named contact decides about this request."))
    except NoLongerPossible:
        say_nothing_was_done(request, _("This request does not wait any more."))
    return redirect("organise:registration", event.slug, registration.reference)


@require_POST
def registration_link(request: SignedIn, slug: str, reference: str) -> HttpResponse:
    event, registration = _one(request, slug, reference)
    if not registration.is_live:
        say_nothing_was_done(request, _off_the_list(registration))
    elif not registration.has_email:
        say_nothing_was_done(request, _("There is no email address. Print their page, or read it out."))
    else:
        addresses.send_link_again(event, registration.email)
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": registration.email})
    return redirect("organise:registration", event.slug, registration.reference)


@never_cache
@require_safe
def registration_paper(request: SignedIn, slug: str, reference: str) -> HttpResponse:
    """The page of somebody without an address, to print or to read out: whoever has one is written to."""
    event, registration = _one(request, slug, reference)
    if registration.has_email or not registration.is_live:
        raise Http404
    address = page_url("events:by_code", code_of(registration))
    context = {
        "registration": registration,
        "dates": event.sessions.all(),
        "address": address,
        "short_address": address.partition("://")[2],
        "crumbs": _crumbs(event, registration),
    }
    return show_page(request, event, "organise/registration_paper.html", context)


@never_cache
@reading_or_sending
def registration_erasure(request: SignedIn, slug: str, reference: str) -> HttpResponse:
    """Have all erased that is kept of somebody without an address, who asked for it by phone. Everyone else does so on
    their own page, by a link that is mailed."""
    event, registration = _one(request, slug, reference)
    if registration.has_email:
        raise Http404
    if request.method == "POST":
        erase_everything(registration.email)
        messages.success(request, _("Erased. A line without name or number stays in the counts."))
        return redirect("organise:registrations", event.slug)
    context = {"registration": registration, "crumbs": _crumbs(event, registration)}
    return show_page(request, event, "organise/registration_erasure.html", context)


@require_POST
def registration_told(request: SignedIn, slug: str, reference: str) -> HttpResponse:
    """They were told by phone what would have been an email."""
    event, registration = _one(request, slug, reference)
    try:
        owed.told_by_phone(_to_tell(registration))
    except NothingChanged:
        say_nothing_was_done(request, _("There is nothing to tell them."))
    else:
        messages.success(request, _("Noted: %(name)s knows.") % {"name": registration.name})
    return redirect("organise:registration", event.slug, registration.reference)


def _held_since(registration: Registration) -> datetime | None:
    steps = registration.steps.filter(kind=RegistrationStep.Kind.HELD).order_by("-at", "-pk")
    return steps.values_list("at", flat=True).first() if registration.is_held else None


def _to_tell(registration: Registration) -> OutgoingMailQuerySet:
    """What is to be told by phone: the address that stands for none is theirs alone."""
    return OutgoingMail.objects.to_be_phoned().filter(to_email=registration.email).order_by("pk")


def _added_words(added: Registration) -> str:
    if added.is_held:
        return _("%(name)s has asked for a place. A named contact decides about it.")
    return _("%(name)s is on the waiting list.") if added.is_waiting else _("%(name)s has a place.")


def _off_the_list(registration: Registration) -> str:
    return _("%(name)s is off the list already.") % {"name": registration.name}


def _one(request: SignedIn, slug: str, reference: str) -> tuple[Event, Registration]:
    event = event_with_people_of(request.user, slug)
    rows = people_run_by(request.user, event).select_related("added_by")
    registration = get_object_or_404(rows, reference=reference)
    registration.event = event
    return event, registration


def _add(request: SignedIn, event: Event, form: PhonedInForm) -> Registration | None:
    reason = form.cleaned_data.get("beyond_capacity", "")
    try:
        return adding.add(event, form.answers(), by=request.user, beyond_capacity=reason)
    except NoLongerPossible:
        form.add_error("email", _("This address is registered for this event already"))
    except RegistrationClosed as refusal:
        form.add_error(None, refusal_words(event, refusal))
    return None


def _crumbs(event: Event, registration: Registration | None = None) -> list[tuple[str, str]]:
    crumbs = people_crumbs(event)
    if registration:
        address = reverse("organise:registration", args=[event.slug, registration.reference])
        crumbs.append((address, registration.name))
    return crumbs
