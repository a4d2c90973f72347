"""A link to pass on to somebody who is to host a room, and whose address is not known."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from breakouts.actions import host_links
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.organise.decisions import HostLinkForm
from breakouts.models import Host, Topic
from breakouts.views.organise.topic_layout import crumbs, moved_meanwhile, topic_run_by
from events.organise_layout import reading_or_sending, show_page, until_it_is_over
from mail.compose import page_url
from people.requests import SignedIn


@never_cache
@reading_or_sending
@until_it_is_over
def topic_host_link(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Make one, and copy it. A new one closes the one before."""
    topic = topic_run_by(request.user, slug, pk)
    if not topic.is_accepted:
        return moved_meanwhile(request, topic)
    host = topic.hosts.with_link().first()
    form = HostLinkForm(request.POST or None, initial={"name": host.name if host else ""})
    if form.is_valid():
        return _make(request, topic, form.cleaned_data["name"])
    context = {"topic": topic, "form": form, "host": host, "crumbs": crumbs(topic.event, topic)}
    return show_page(
        request, topic.event, "organise/topic_host_link.html", context | {"link": _address(host)}
    )


def _make(request: SignedIn, topic: Topic, name: str) -> HttpResponse:
    try:
        host_links.make(topic, name=name)
    except NoLongerPossible:
        return moved_meanwhile(request, topic)
    messages.success(request, _("The link is made. Copy it and hand it over."))
    return redirect("organise:topic_host_link", topic.event.slug, topic.pk)


def _address(host: Host | None) -> str:
    return page_url("breakouts:host_link", host.token_for(Host.TO_HAND_OVER)) if host else ""
