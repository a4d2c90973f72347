"""The recap of an event, and asking for something to be taken out of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from breakouts.actions import recaps, take_outs
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.note_forms import TakeOutForm
from breakouts.models import BreakoutPlan, RecapPart
from breakouts.pages import recap_page as pages
from events.links import by_link
from events.models import Event, Registration
from events.pages.registration_words import how_it_stands
from kit.http import public_page
from kit.meanwhile import say_nothing_was_done

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@public_page
@require_safe
def recap(request: HttpRequest, slug: str) -> HttpResponse:
    """The recap of an event; there for nobody until it is published."""
    events = Event.objects.public().select_related("group", "breakout_plan")
    event = get_object_or_404(events.prefetch_related("sessions"), slug=slug)
    plan = BreakoutPlan.of(event)
    if plan is None or not plan.has_recap:
        raise Http404
    event.withhold(plan)
    return render(request, "breakouts/recap.html", {"event": event, **pages.recap_of(event, plan)})


@reading_or_sending
@by_link
def take_out(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ask to leave something out: before the recap is published in own words; afterwards by ticking lines too, which
    go at once."""
    event = registration.event
    plan = BreakoutPlan.of(event)
    if plan is None or not take_outs.may_ask(registration):
        say_nothing_was_done(request, how_it_stands(registration, timezone.now()))
        return redirect(registration)
    parts = list(recaps.shown_parts(event).select_related("topic")) if plan.has_recap else []
    form = _form(request, event, parts)
    if form.is_bound and form.is_valid():
        try:
            _take(request, registration, form)
        except NoLongerPossible:
            gone = _(
                "What you ticked does not stand in the recap any more, or nobody can read it at the moment."
            )
            say_nothing_was_done(request, gone)
        return redirect("breakouts:take_out", registration.token)
    context = {"registration": registration, "event": event, "form": form, "has_recap": plan.has_recap}
    return render(request, "breakouts/take_out.html", context)


def _form(request: HttpRequest, event: Event, parts: list[RecapPart]) -> TakeOutForm:
    sent = request.POST if request.method == "POST" else None
    return TakeOutForm(sent, rooms=pages.rooms_of(event), parts=parts)


def _take(request: HttpRequest, registration: Registration, form: TakeOutForm) -> None:
    if words := form.cleaned_data["words"]:
        take_outs.ask(registration, words, form.topic())
        messages.success(request, _("The organisers have your request. Nobody but you knows who sent it."))
    if lines := form.lines():
        take_outs.take_lines(registration, lines)
        number = sum(map(len, lines.values()))
        gone = ngettext("The line is taken out.", "The lines are taken out.", number)
        messages.success(request, gone)
