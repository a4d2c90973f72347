"""Showing an event to everyone, throwing a draft away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from events.actions import news, publishing, readiness
from events.forms.organise.publication import PublicationForm
from events.models import Event
from events.organise_layout import reading_or_sending, show_page
from events.permissions import event_run_by
from kit.joins import joins
from kit.meanwhile import say_nothing_was_done
from mail.compose import absolute
from people.actions.hub_status import mail_works
from people.requests import SignedIn


@reading_or_sending
def publication(request: SignedIn, slug: str) -> HttpResponse:
    """Publishing. Before: what is missing, and the button. Afterwards: the addresses to pass on."""
    event = event_run_by(request.user, slug)
    if not event.is_draft:
        say_nothing_was_done(request, _("The event has been published before."))
        return show_page(request, event, "organise/published.html", {"addresses": _addresses(event)})
    form = PublicationForm(request.POST if request.method == "POST" else None, mail_works=mail_works())
    if form.is_valid():
        try:
            publishing.publish(event)
        except readiness.NotReady:
            pass  # the page shows what is missing
        else:
            messages.success(request, _("Published. Everyone can see the event now."))
            return redirect("organise:publication", event.slug)
    context = {
        "form": form,
        "missing": _missing(event),
        "asked": get_text_list(joins.names_asked_at_publishing(event), _("and")),
        "news": news.wanting(event.group).values("person").distinct().count(),
    }
    return show_page(request, event, "organise/publication.html", context)


@reading_or_sending
def removal(request: SignedIn, slug: str) -> HttpResponse:
    """Throw a draft away that nobody has seen."""
    event = event_run_by(request.user, slug)
    if request.method != "POST":
        return show_page(request, event, "organise/removal.html", {})
    group, title = event.group, event.title
    if publishing.delete_draft(event):
        messages.success(request, _("The draft “%(title)s” is gone.") % {"title": title})
        return redirect("organise:group", group.slug)
    messages.warning(request, _("This event has been published. Cancel it instead: its page then says why."))
    return redirect("organise:event", event.slug)


def _missing(event: Event) -> list[dict[str, str]]:
    return [
        {"words": reason.words, "url": reverse(f"organise:event_{reason.where}", args=[event.slug])}
        for reason in readiness.problems_before_publishing(event)
    ]


def _addresses(event: Event) -> list[dict[str, str]]:
    named = (
        ("page", _("The event's page"), absolute(event.get_absolute_url())),
        ("file", _("The event as a calendar file"), absolute(reverse("events:event_ics", args=[event.slug]))),
        (
            "feed",
            _("Calendar of all events of %(group)s, to subscribe to") % {"group": event.group},
            absolute(reverse("events:group_feed", args=[event.group.slug])),
        ),
    )
    return [{"id": f"address-{key}", "label": label, "value": value} for key, label, value in named]
