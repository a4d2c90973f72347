"""Asking for a place: the form, and "check your inbox". No page says who is registered."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, OuterRef, Subquery, prefetch_related_objects
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from events.actions import addresses, places, registrations
from events.actions.belonging import DoesNotBelong
from events.actions.dates import NotTheseDates
from events.actions.entering import Answers
from events.actions.registrations import NoLongerPossible
from events.forms.groups import Try
from events.forms.own_page import AddressForm
from events.forms.registration import RegistrationForm
from events.models import Closed, Event, PersonalInvitation, Registration, Session
from events.models.places import Pair
from events.pages import closed, groups, places_left
from events.pages.availability import Availability
from events.pages.event_page import all_dates_words
from events.pages.registration_words import (
    deadline_rule,
    duration_words,
    next_session,
    position_words,
)
from kit import attempts, reading
from kit.http import form_for_everyone
from kit.meanwhile import NotOpen
from kit.sealing import CannotUnseal, seal, unseal
from people.actions import values

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])

REFUSALS = (NotOpen, DoesNotBelong, NotTheseDates)
DATES_CHANGED = gettext_lazy("The dates have changed while you were writing. Look at them again")
KEPT_FOR = timedelta(minutes=30)
# As long as real ones: the cookie tells nobody whether the address was known.
NO_KEY, NO_MOMENT = "-" * 22, "-" * 32
# Written once: to write these queries takes longer than to answer them.
PUBLIC = Event.objects.public().select_related("group", "venue")
SHOWN = ("sessions__venue", "in_place")
TO_BE_KEPT = PUBLIC.prefetch_related(*SHOWN)
WITH_PLACES = places.with_places(TO_BE_KEPT)
# What a form that was sent is looked at with: nobody is shown anything unless it comes back.
DATES = Session.objects.filter(event=OuterRef("pk")).order_by().values("event").annotate(number=Count("pk"))
SENT = PUBLIC.annotate(values_in_force=values.IN_FORCE, number_of_dates=Subquery(DATES.values("number")))


@dataclass(frozen=True)
class TypedAnswers:
    """What somebody typed, as their browser keeps it, sealed, for half an hour: a mail that does not arrive
    can then go to another address without starting again. Access needs are not in it, only which registration holds
    them. `key` and `answered_at` are of the registration: once somebody
    else answers for the same address, this browser's answers are no longer those it holds."""

    key: str
    answered_at: str
    until: int
    answers: Answers

    @classmethod
    def of(cls, answers: Answers, made: Registration | None) -> "TypedAnswers":
        """The answers as they are to be kept. `made` is the registration that they made; None when the address was
        registered before."""
        return cls(
            key=made.key if made else NO_KEY,
            answered_at=_answered_at(made) if made else NO_MOMENT,
            until=int((timezone.now() + KEPT_FOR).timestamp()),  # of one length, as a part of a second is not
            answers=replace(answers, access=None, network=""),
        )

    @classmethod
    def from_text(cls, text: str) -> "TypedAnswers":
        """Raises ValueError, TypeError or KeyError for what is no such text."""
        kept: dict[str, Any] = json.loads(text)
        answers = kept["answers"] | {"pair": Pair(*kept["answers"]["pair"])}
        return cls(**kept | {"answers": Answers(**answers)})

    def to_text(self) -> str:
        return json.dumps(asdict(self), default=list)  # dates are a set, which JSON does not know

    def registration(self) -> Registration | None:
        """The registration these answers made, while they are the newest and its address is not confirmed."""
        rows = Registration.objects.live().with_unconfirmed_address().filter(key=self.key)
        found = rows.select_related("event").first()
        return found if found and _answered_at(found) == self.answered_at else None


@form_for_everyone
@reading_or_sending
def registration_new(request: HttpRequest, slug: str) -> HttpResponse:
    return ask_for_place(request, event_to_register_for(slug, is_sent=request.method == "POST"))


def ask_for_place(
    request: HttpRequest, event: Event, invitation: PersonalInvitation | None = None
) -> HttpResponse:
    """The form, and what comes of it. With an `invitation` it is decided to whose places they belong."""
    now = timezone.now()
    if request.method != "POST":
        reason = _room(event, now).reason
        if reason and not (invitation and reason is Closed.INVITED):
            return _closed(request, event, reason)
        return _form(request, event, _empty_form(request, event, invitation))
    form = _sent_form(request, event, invitation)
    if not form.is_valid():
        return _form(request, event, form)
    try:
        answers = form.answers(attempts.place(request, event.slug))
        typed = _register(event, answers, _kept(request, event, now))
    except REFUSALS as refusal:
        form.add_error(*_why_not(event, form, refusal))
        return _form(request, event, form)
    return _sent(event, typed)


@login_not_required
@reading_or_sending
def registration_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """ "Check your inbox": the same page whether or not the address was registered."""
    event, now = event_to_register_for(slug), timezone.now()
    typed = _kept(request, event, now)
    form = AddressForm(request.POST or None, initial={"email": typed.answers.email}) if typed else None
    if typed and form and request.method == "POST" and form.is_valid():
        try:
            network = attempts.place(request, event.slug)
            answers = replace(typed.answers, email=form.cleaned_data["email"], network=network)
            response = _sent(event, _use_other_address(event, typed, answers))
            messages.success(request, _("We have written to the other address."))
            return response
        except REFUSALS as refusal:
            form.add_error(*_why_not(event, form, refusal))
    context = {
        "form": form,
        "address": typed.answers.email if typed else "",
        "hold": duration_words(event.confirm_by(now) - now),
        "sender": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, "events/registration_sent.html", _about(event, now) | context)


def event_to_register_for(slug: str, *, is_sent: bool = False) -> Event:
    """With its numbers, for a page that shows them; with the guiding values in force for a form that was sent."""
    shown = TO_BE_KEPT if reading.CURRENT.get() else WITH_PLACES
    event = get_object_or_404(SENT if is_sent else shown, slug=slug)
    if is_sent and event.number_of_dates != 1:  # each of several is asked about
        prefetch_related_objects([event], SHOWN[0])
    event.withhold()
    return event


def _register(event: Event, answers: Answers, earlier: TypedAnswers | None) -> TypedAnswers:
    """Register, and remember what this browser may correct. `earlier` is what it sent before."""
    # Only where this browser made the registration: what somebody
    # else has made, or told since, is never theirs to move.
    made_here = earlier.registration() if earlier else None
    registration, is_own = registrations.register_here(event, answers, made_here=made_here)
    return TypedAnswers.of(answers, registration if is_own else None)


def _use_other_address(event: Event, typed: TypedAnswers, answers: Answers) -> TypedAnswers:
    registration = typed.registration()
    if registration:
        try:
            addresses.use_other_address(registration, answers.email)
        except NoLongerPossible:
            registration = None
    if registration is None:
        return _register(event, answers, typed)
    return replace(typed, answers=replace(typed.answers, email=answers.email))


def _why_not(event: Event, form: Form, refusal: Exception) -> tuple[str | None, str]:
    """The field where it is said why it was refused, None where it is about the whole form; and the words."""
    if isinstance(refusal, NotOpen):
        return None, closed.refusal_words(event, refusal)
    field, words = groups.refusal(refusal) if isinstance(refusal, DoesNotBelong) else ("dates", DATES_CHANGED)
    return (field if field in form.fields else None), str(words)


def _empty_form(
    request: HttpRequest, event: Event, invitation: PersonalInvitation | None
) -> RegistrationForm:
    person, tries = request.user, _try_code(request, event)
    if invitation:
        known = {"email": invitation.email}
        return RegistrationForm(event=event, initial=known, try_code=tries, invitation=invitation)
    if not person.is_authenticated:
        return RegistrationForm(event=event, try_code=tries)
    known = {"name": person.name, "pronouns": person.pronouns, "email": person.email}
    return RegistrationForm(event=event, initial=known, person=person, try_code=tries)


def _sent_form(request: HttpRequest, event: Event, invitation: PersonalInvitation | None) -> RegistrationForm:
    person = request.user if request.user.is_authenticated else None
    tries = _try_code(request, event)
    return RegistrationForm(request.POST, event=event, person=person, try_code=tries, invitation=invitation)


def _try_code(request: HttpRequest, event: Event) -> Try:
    return lambda: attempts.take(request, "group_code", f"{event.slug} {attempts.place(request)}")


def _form(request: HttpRequest, event: Event, form: RegistrationForm) -> HttpResponse:
    now = timezone.now()
    prefetch_related_objects([event], *SHOWN)  # not there yet where the form was sent
    event.withhold()
    about = _about(event, now)
    availability = about["availability"]
    standing = form.which_group.standing() if form.which_group else None
    context = {
        "form": form,
        "standing": standing,
        "all_dates": all_dates_words(event) if len(event.sessions.all()) > 1 else "",
        "would_wait": bool(standing.position) if standing else availability.newcomers_wait,
        "position": position_words(availability.waiting + 1) if availability.newcomers_wait else "",
        "deadline_rule": deadline_rule(event, now),
    }
    return render(request, "events/registration_new.html", about | context)


def _closed(request: HttpRequest, event: Event, reason: Closed) -> HttpResponse:
    context = {"reason": reason, "why": closed.registration_notice(event, reason)}
    return render(request, "events/registration_closed.html", _about(event, timezone.now()) | context)


def _about(event: Event, now: datetime) -> dict[str, Any]:
    return {"event": event, "session": next_session(event, now), "availability": _room(event, now)}


def _room(event: Event, now: datetime) -> Any:
    """How it stands with its places; with gaps for their numbers where the page is written to be kept."""
    kept, page = vars(event), reading.CURRENT.get()
    if "room" not in kept:
        kept["room"] = places_left.in_gaps(event, now, page) if page else Availability.as_it_is(event, now)
    return kept["room"]


def _sent(event: Event, typed: TypedAnswers) -> HttpResponse:
    response = redirect("events:registration_sent", slug=event.slug)
    response.set_cookie(
        settings.TYPED_COOKIE_NAME,
        seal(typed.to_text(), _binding(event)),
        max_age=KEPT_FOR,
        path=reverse("events:registration_new", args=[event.slug]),
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def _kept(request: HttpRequest, event: Event, now: datetime) -> TypedAnswers | None:
    sealed = request.COOKIES.get(settings.TYPED_COOKIE_NAME, "")
    try:
        typed = TypedAnswers.from_text(unseal(sealed, _binding(event)))
    except (CannotUnseal, ValueError, TypeError, KeyError):
        return None
    return typed if typed.until > now.timestamp() else None


def _answered_at(registration: Registration) -> str:
    moment = registration.values_accepted_at
    return moment.isoformat(timespec="microseconds") if moment else ""


def _binding(event: Event) -> str:
    return f"typed answers for event {event.pk}"
