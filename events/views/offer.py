"""The place that is offered to somebody: what goes with it, and their answer."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import leaving, offers
from events.actions.dates import NotTheseDates, asked_about
from events.actions.leaving import NoLongerPossible
from events.forms.dates import DatesForm
from events.line_words import Line
from events.links import by_link
from events.models import Registration
from events.pages.lead_times import in_time
from events.pages.registration_words import about_own, position_words
from events.views.manage import PARTING, as_it_stands, reading_or_sending

Ended = Registration.Ended


@dataclass(frozen=True)
class Answer:
    """What a press does, and what it is answered with. With `takes_dates` whoever presses says to which they can come."""

    act: Callable[..., object]
    words: str | Promise
    takes_dates: bool = False


def _take(registration: Registration, dates: Collection[int]) -> None:
    offers.take(registration, dates=dates)


def _take_if_access_works(registration: Registration, dates: Collection[int]) -> None:
    offers.take(registration, dates=dates, if_access_works=True)


ANSWERS: Mapping[str, Answer] = {
    "yes": Answer(_take, gettext_lazy("The place is yours."), takes_dates=True),
    "access": Answer(
        _take_if_access_works,
        gettext_lazy(
            "The place is kept for you until the access leads answer, at most until the offer ends."
        ),
        takes_dates=True,
    ),
    "later": Answer(
        offers.stay, gettext_lazy("Thank you for answering. You are at the end of the waiting list now.")
    ),
    "no": Answer(leaving.decline_offer, PARTING[Ended.DECLINED]),
}


@reading_or_sending
@by_link
def offer(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method == "POST":
        return _answer(request, registration)
    if not registration.is_offered or registration.event.is_called_off:
        return redirect(registration)
    return _page(request, registration, _dates_form(request, registration))


def _answer(request: HttpRequest, registration: Registration) -> HttpResponse:
    answer = ANSWERS.get(request.POST.get("answer", ""))
    if answer is None:
        return redirect("events:offer", registration.token)
    form = _dates_form(request, registration) if answer.takes_dates and registration.is_offered else None
    if form and not form.is_valid():
        return _page(request, registration, form)
    chosen = {"dates": form.dates.chosen if form else ()} if answer.takes_dates else {}
    try:
        answer.act(registration, **chosen)
    except offers.NobodyElseWaits:
        messages.info(request, _("Nobody else waits by now: the place would come straight back to you."))
        return redirect("events:offer", registration.token)
    except NotTheseDates:
        if form:
            form.dates.refuse()
        return _page(request, registration, form)
    except NoLongerPossible:
        # The clock may not have come round yet: settle it now, so that the page can say how it stands.
        leaving.expire(registration.event)
        return as_it_stands(request, registration)
    messages.success(request, str(answer.words))
    return redirect(registration)


def _dates_form(request: HttpRequest, registration: Registration) -> DatesForm | None:
    """None where an event has one date. What else is on is for whoever is logged in: the link may have been handed on."""
    event = registration.event
    if not asked_about(event, timezone.now()):
        return None
    person = registration.person if registration.person == request.user else None
    said = registration.attendances.filter(can_come=True).values_list("session", flat=True)
    data = request.POST if request.method == "POST" else None
    return DatesForm(data, event=event, person=person, initial={"dates": list(said)})


def _page(request: HttpRequest, registration: Registration, form: DatesForm | None) -> HttpResponse:
    event = registration.event
    at_the_end = offers.place_at_the_end(registration)
    needs = offers.request_of(registration)
    context: dict[str, Any] = {
        "form": form,
        "line": Line.of(registration).name,
        "needs": needs,
        "in_time": in_time(event, timezone.now()) if needs else None,
        "at_the_end": position_words(at_the_end) if at_the_end else "",
    }
    return render(request, "events/manage_offer.html", about_own(registration) | context)
