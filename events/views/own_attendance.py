"""What somebody says of a date of their programme: that they were there, or how they catch up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from events.actions import attendance as attendances
from events.links import by_link
from events.models import Attendance, Registration, Session
from events.pages.registration_words import how_it_stands
from kit.meanwhile import NothingChanged, say_nothing_was_done

THERE = "there"
THANKS: dict[str, str | Promise] = {
    THERE: gettext_lazy("Thank you for telling us. You were there."),
    Attendance.CatchUp.CHOSEN: gettext_lazy(
        "Thank you. Take your time, and tell us when you have caught up."
    ),
    Attendance.CatchUp.DONE: gettext_lazy("Thank you. You have caught up on this date."),
    Attendance.CatchUp.LEFT_OUT: gettext_lazy("Thank you for telling us. You go on as you are."),
}


@require_POST
@by_link
def attendance(request: HttpRequest, registration: Registration, number: int) -> HttpResponse:
    dates = [date for date in registration.event.sessions.all() if date.number == number]
    answer = request.POST.get("answer", "")
    try:
        _say(registration, dates, answer)
        messages.success(request, str(THANKS[answer]))
    except NothingChanged:
        say_nothing_was_done(request, how_it_stands(registration, timezone.now()))
    return redirect(registration)


def _say(registration: Registration, dates: list[Session], answer: str) -> None:
    if not dates or answer not in THANKS or len(registration.event.sessions.all()) < 2:
        raise NothingChanged
    if answer == THERE:
        attendances.say_there(registration, dates[0])
    else:
        attendances.catch_up(registration, dates[0], answer)
