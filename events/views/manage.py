"""What somebody changes about their own registration: answers, leaving, coming back, the guiding values."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from events.actions import answers as own_answers
from events.actions import leaving, news, registrations
from events.actions.registrations import NoLongerPossible, RegistrationClosed
from events.forms.own_page import AnswersForm
from events.links import by_link, by_news_link
from events.models import Registration
from events.pages import closed
from events.pages.registration_words import about_own, heading, how_it_stands
from kit.meanwhile import say_nothing_was_done

Ended = Registration.Ended
PARTING = {
    Ended.LEFT: gettext_lazy("Thank you for telling us. Someone else can come now."),
    Ended.LEFT_LIST: gettext_lazy("Thank you for telling us. You are no longer on the waiting list."),
    Ended.TAKEN_BACK: gettext_lazy("Thank you for telling us. Nobody decides about it any more."),
    Ended.DECLINED: gettext_lazy("Thank you for answering. Someone else can have the place now."),
}
PARTED_WHILE_OFF = gettext_lazy(
    "Thank you for telling us. Should it take place after all, nobody counts on you."
)
NEWS_WEEKLY = gettext_lazy("What is new comes in one email a week, on Monday morning.")
NEWS_AT_ONCE = gettext_lazy("Each new event comes in an email of its own.")

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_link
def answers(request: HttpRequest, registration: Registration) -> HttpResponse:
    if not registration.is_live or registration.event.is_cancelled:
        return as_it_stands(request, registration)
    form = AnswersForm(request.POST if request.method == "POST" else None, registration=registration)
    if request.method == "POST" and form.is_valid():
        try:
            own_answers.change(registration, **form.cleaned_data)
        except NoLongerPossible:
            return as_it_stands(request, registration)
        messages.success(request, _("Your answers are saved."))
        return redirect(registration)
    return render(request, "events/manage_answers.html", about_own(registration) | {"form": form})


@reading_or_sending
@by_link
def departure(request: HttpRequest, registration: Registration) -> HttpResponse:
    if not registration.is_live or registration.event.is_past():
        return as_it_stands(request, registration)
    if request.method == "POST":
        return _leave(request, registration)
    if registration.is_offered and registration.event.is_published:
        return redirect("events:offer", registration.token)
    return render(request, "events/manage_departure.html", about_own(registration))


@require_POST
@by_link
def rejoining(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ask for a place again, after leaving or letting an offer go."""
    try:
        registration = registrations.rejoin(registration)
    except NoLongerPossible:
        return as_it_stands(request, registration)
    except RegistrationClosed as refusal:
        messages.warning(request, closed.refusal_words(registration.event, refusal))
    else:
        now = timezone.now()
        again = _("You have asked again.") if registration.is_held else _("You are registered again.")
        messages.success(request, f"{again} {heading(registration, now)}.")
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
        return as_it_stands(request, registration)
    return redirect(registration)


@reading_or_sending
@by_news_link
def no_news(request: HttpRequest, registration: Registration) -> HttpResponse:
    if often := request.POST.get("often"):
        return _change_how_often(request, registration, weekly=often == "weekly")
    if request.method == "POST":
        news.stop(registration)
        # A mail program that presses for its reader follows no redirect (RFC 8058 §3.1).
        if "List-Unsubscribe" not in request.POST:
            return redirect("events:no_news", registration.news_token)
    context = about_own(registration) | {"is_weekly": news.is_weekly(registration)}
    return render(request, "events/no_news.html", context)


def _change_how_often(request: HttpRequest, registration: Registration, *, weekly: bool) -> HttpResponse:
    words = str(NEWS_WEEKLY if weekly else NEWS_AT_ONCE)
    if news.choose(registration, weekly=weekly):
        messages.success(request, words)
    else:
        say_nothing_was_done(request, words)
    return redirect("events:no_news", registration.news_token)


def _leave(request: HttpRequest, registration: Registration) -> HttpResponse:
    try:
        registration = leaving.leave(registration)
    except NoLongerPossible:
        return as_it_stands(request, registration)
    off = registration.event.is_called_off
    messages.success(request, PARTED_WHILE_OFF if off else PARTING[Ended(registration.ended_because)])
    return redirect(registration)


def as_it_stands(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Lead on to somebody's own page. Whoever came by a press is told that it changed nothing, and what is true now."""
    say_nothing_was_done(request, how_it_stands(registration, timezone.now()))
    return redirect(registration)
