"""Whether somebody can come to one date of their event. Reached from the mail that tells that it moved, and from their
own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions import date_questions, news
from events.actions.registrations import NoLongerPossible
from events.links import by_link
from events.models import Registration, Session
from events.pages.asked_dates import AskedDate, first_asked
from events.pages.registration_words import about_own, how_it_stands
from events.views.manage import reading_or_sending
from kit.meanwhile import ChangedMeanwhile, say_nothing_was_done


@reading_or_sending
@by_link
def date_question(request: HttpRequest, registration: Registration, number: int) -> HttpResponse:
    now = timezone.now()
    dates = (date for date in registration.event.sessions.all() if date.number == number)
    session = next((date for date in dates if date.ends_at > now), None)
    if session is None or not registration.has_place or not registration.event.is_published:
        return _as_it_stands(request, registration)
    asked = AskedDate.of(registration, session, now)
    answer = request.POST.get("answer")
    is_sure = answer == "yes" or "sure" in request.POST or not asked.costs_the_place
    if answer in ("yes", "no") and is_sure:
        return _answer(request, registration, session, can_come=answer == "yes")
    context = about_own(registration) | {"asked": asked, "session": session, "says_no": answer == "no"}
    return render(request, "events/manage_date.html", context)


def _answer(
    request: HttpRequest, registration: Registration, session: Session, *, can_come: bool
) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        registration = date_questions.answer(registration, session, can_come=can_come, seen=seen)
    except ChangedMeanwhile:
        say_nothing_was_done(request, _("The date has changed once more. Please look at it as it is now."))
        return redirect("events:date", registration.token, session.number)
    except NoLongerPossible:
        return _as_it_stands(request, registration)
    if "news" in request.POST:
        news.ask_for(registration)
    messages.success(request, _thanks(registration, can_come=can_come))
    asked = first_asked(registration, timezone.now())
    return (
        redirect("events:date", registration.token, asked.session.number) if asked else redirect(registration)
    )


def _thanks(registration: Registration, *, can_come: bool) -> str:
    if can_come:
        return _("Thank you. We count on you.")
    if registration.is_live:
        return _("Thank you for telling us. Your place stays yours.")
    return _("Thank you for telling us. Someone else can come now.")


def _as_it_stands(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Lead on to somebody's own page. Whoever came by a press is told that it changed nothing, and what is true now."""
    say_nothing_was_done(request, how_it_stands(registration, timezone.now()))
    return redirect(registration)
