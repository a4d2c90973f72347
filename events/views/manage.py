"""What somebody changes about their own registration: answers, leaving, an offer, coming back, the guiding values."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.actions import answers as own_answers
from events.actions import leaving, registrations
from events.actions.registrations import NoLongerPossible, RegistrationClosed
from events.forms.registration import AnswersForm
from events.links import by_link, by_news_link
from events.models import Registration
from events.pages import closed
from events.pages.registration_words import about_own

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_link
def answers(request: HttpRequest, registration: Registration) -> HttpResponse:
    if not registration.is_live:
        return redirect(registration)
    form = AnswersForm(request.POST if request.method == "POST" else None, registration=registration)
    if request.method == "POST" and form.is_valid():
        try:
            own_answers.change(registration, **form.cleaned_data)
        except NoLongerPossible:
            return redirect(registration)
        messages.success(request, _("Your answers are saved."))
        return redirect(registration)
    return render(request, "events/manage_answers.html", about_own(registration) | {"form": form})


@reading_or_sending
@by_link
def departure(request: HttpRequest, registration: Registration) -> HttpResponse:
    event = registration.event
    if not registration.is_live or event.is_past():
        return redirect(registration)
    if request.method == "POST":
        with suppress(NoLongerPossible):  # it ended while the page was open, and the next one says so
            leaving.leave(registration)
            messages.success(request, _("Thank you for telling us. Someone else can come now."))
        return redirect(registration)
    return render(request, "events/manage_departure.html", about_own(registration))


@reading_or_sending
@by_link
def offer(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method == "POST":
        return _answer_offer(request, registration)
    if not registration.is_offered:
        return redirect(registration)
    return render(request, "events/manage_offer.html", about_own(registration))


@require_POST
@by_link
def rejoining(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ask for a place again, after leaving or letting an offer go."""
    try:
        registration = registrations.rejoin(registration)
    except NoLongerPossible:
        messages.warning(request, _("That is no longer possible. This page shows how it stands now."))
    except RegistrationClosed as refusal:
        messages.warning(request, closed.refusal_words(registration.event, refusal))
    else:
        messages.success(request, _("You are registered again."))
    return redirect(registration)


@require_POST
@by_link
def values_agreement(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Agree to the guiding values, which changed, or which were not shown to somebody else who registered this
    person."""
    try:
        own_answers.agree_to_values(registration, version_id=request.POST.get("values_version", ""))
        messages.success(request, _("Thank you. We have noted that you agree."))
    except own_answers.ValuesChanged:
        messages.warning(request, _("Our guiding values have just changed. Please read the new ones."))
    except NoLongerPossible:
        messages.warning(request, _("That is no longer possible. This page shows how it stands now."))
    return redirect(registration)


@reading_or_sending
@by_news_link
def no_news(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method == "POST":
        own_answers.stop_news(registration)
        return redirect("events:no_news", registration.news_token)
    return render(request, "events/no_news.html", about_own(registration))


def _answer_offer(request: HttpRequest, registration: Registration) -> HttpResponse:
    answer = request.POST.get("answer")
    try:
        if answer == "yes":
            leaving.accept_offer(registration)
            messages.success(request, _("The place is yours."))
        elif answer == "no":
            leaving.decline_offer(registration)
            messages.success(request, _("Thank you for answering. The place goes to the next person."))
        else:
            return redirect("events:offer", registration.token)
    except NoLongerPossible:
        # The clock may not have come round yet: settle it now, so that the page can say how it stands.
        leaving.expire(registration.event)
        messages.warning(request, _("We are sorry: the offer had ended before your answer came."))
    return redirect(registration)
