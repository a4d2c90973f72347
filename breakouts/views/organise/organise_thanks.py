"""Thanking hosts and helpers after the event, by an email of ours or by saying that it was done in another way."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from breakouts.actions import thanking
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import BreakoutPlan
from breakouts.views.organise.topic_layout import crumbs, to_rooms
from events.models import Event
from events.organise_layout import reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
def thanks(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    plan = BreakoutPlan.of(event)
    if plan is None:
        return to_rooms(event)
    if request.method == "POST":
        _thank(request, event)
        return redirect("organise:thanks", event.slug)
    plan.event = event
    context = {
        "plan": plan,
        "reason": thanking.closed_because(plan, timezone.now()),
        "volunteers": thanking.volunteers(event),
        "crumbs": crumbs(event),
    }
    return show_page(request, event, "organise/thanks.html", context)


def _thank(request: SignedIn, event: Event) -> None:
    try:
        if "otherwise" in request.POST:
            thanking.thanked_otherwise(event)
            messages.success(request, _("Noted. You are not asked again."))
            return
        number = thanking.thank(event)
    except NoLongerPossible:
        say_nothing_was_done(request, _("This page says how it stands."))
        return
    words = ngettext("The email goes to %(number)s person.", "The email goes to %(number)s people.", number)
    messages.success(request, words % {"number": number})
