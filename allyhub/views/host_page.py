"""The page of whoever hosts a room, or offered to: what happens there, and what the room wrote to them afterwards."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from breakouts.links import by_first_host_link
from breakouts.models import Host
from breakouts.pages import host_page, volunteer_cards
from breakouts.pages import host_words as words
from feedback.actions import thanks
from people.actions import values


@require_safe
@by_first_host_link
def host(request: HttpRequest, host: Host) -> HttpResponse:
    event, now = host.event, timezone.now()
    if host.state == Host.State.OFFERED:
        return redirect("breakouts:host_confirmation", host.token)
    if host.is_asked:
        return redirect("breakouts:host_answer", host.token)
    if host.is_hosting and not event.is_called_off:
        return render(request, "breakouts/host.html", host_page.about_host(host) | _of_the_room(host))
    context = host_page.about_host(host) | {
        "heading": words.heading(host, now),
        "why_it_ended": words.why_it_ended(host),
        "may_offer_again": words.may_offer_again(host, now),
    }
    return render(request, "breakouts/host_ended.html", context)


def _of_the_room(host: Host) -> dict[str, Any]:
    event, now = host.event, timezone.now()
    return host_page.context_of(host, now) | {
        "now": volunteer_cards.host_card(host, now),
        "agreement": values.current(event.group),
        "if_someone_is_hurt": words.IF_SOMEONE_IS_HURT,
        "can_prepare": host.can_prepare(),
        "thanks": thanks.shown(event, host.topic.pk) if event.is_past(now) else [],
        "can_step_down": not event.has_begun(now),
    }
