"""What a link opens that organisers passed on: whoever has it gives an address, and is asked there to host the room."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from breakouts.actions import host_links
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.volunteer import VolunteerForm
from breakouts.links import by_link_to_pass_on
from breakouts.models import Host
from breakouts.pages import host_words
from events.pages.registration_words import next_session
from kit.meanwhile import say_nothing_was_done

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_link_to_pass_on
def host_link(request: HttpRequest, host: Host) -> HttpResponse:
    now = timezone.now()
    if not host_links.is_good(host, now):
        say_nothing_was_done(request)
        return _page(request, host, {"is_waiting": host.has_link and host.event.is_draft})
    form = VolunteerForm(request.POST if request.method == "POST" else None, initial={"name": host.name})
    if form.is_valid():
        try:
            host_links.take(host, **form.cleaned_data)
        except NoLongerPossible:
            say_nothing_was_done(request)
            return _page(request, host, {})
        # The same page whatever the address was.
        return redirect("breakouts:adoption_sent", host.event.slug, host.topic.pk)
    return _page(request, host, {"form": form})


def _page(request: HttpRequest, host: Host, more: dict[str, Any]) -> HttpResponse:
    event = host.event
    context = {
        "event": event,
        "topic": host.topic,
        "room": host_words.room(host.topic),
        "session": next_session(event, timezone.now()),
        "until": host.answer_by,
        "means": host_words.MEANS,
    }
    return render(request, "breakouts/host_link.html", context | more)
