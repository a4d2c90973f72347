"""Finding a host for a room, and taking a room back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from breakouts.actions import host_departures, hosts, parts
from breakouts.actions.hosts import AlreadyThere
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.organise.decisions import InvitationForm
from breakouts.forms.volunteer import known
from breakouts.models import Host, Topic
from breakouts.pages.organise import topic_page
from breakouts.views.organise.topic_layout import crumbs, moved_meanwhile, to_topic, topic_run_by
from events.organise_layout import reading_or_sending, show_page, until_it_is_over
from people.requests import SignedIn


@never_cache
@reading_or_sending
@until_it_is_over
def topic_host(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask somebody by mail to hold a room; `?me=1` is the organiser. Where somebody has it, they are asked as
    co-host."""
    topic = topic_run_by(request.user, slug, pk)
    if not topic.is_accepted:
        return moved_meanwhile(request, topic)
    is_me = bool(request.GET.get("me"))
    initial = known(request.user) if is_me else {}
    form = InvitationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            return _ask(request, topic, **form.cleaned_data)
        except AlreadyThere:
            form.add_error("email", _("This address hosts the room, or has been asked to"))
    context = {
        "topic": topic,
        "form": form,
        "is_me": is_me,
        "holders": topic_page.holders(topic_page.host_lines(topic, topic.event.time_zone)),
        "crumbs": crumbs(topic.event, topic),
    }
    return show_page(request, topic.event, "organise/topic_host.html", context)


@require_POST
@until_it_is_over
def topic_co_host(request: SignedIn, slug: str, pk: int, host: int) -> HttpResponse:
    """Ask somebody who offered, and came second, to host together with whoever has the room."""
    topic = topic_run_by(request.user, slug, pk)
    willing = get_object_or_404(topic.hosts, pk=host)
    if not willing.is_willing:
        return moved_meanwhile(request, topic)
    try:
        return _ask(request, topic, name=willing.name, email=willing.email)
    except AlreadyThere:
        return moved_meanwhile(request, topic)


@never_cache
@reading_or_sending
@until_it_is_over
def host_removal(request: SignedIn, slug: str, pk: int, host: int) -> HttpResponse:
    topic = topic_run_by(request.user, slug, pk)
    removed = get_object_or_404(topic.hosts.exclude(state=Host.State.OFFERED), pk=host)
    removed.topic = topic
    if not removed.is_live:
        return moved_meanwhile(request, topic)
    if request.method == "POST":
        try:
            host_departures.remove(removed, by=request.user)
        except NoLongerPossible:
            return moved_meanwhile(request, topic)
        messages.success(request, _removed_words(removed) % {"name": removed.name})
        return to_topic(topic)
    context = {
        "topic": topic,
        "host": removed,
        "place_goes": parts.place_goes_with(removed),
        "willing": topic.hosts.willing().exclude(pk=removed.pk).count(),
        "crumbs": crumbs(topic.event, topic),
    }
    return show_page(request, topic.event, "organise/host_removal.html", context)


def _ask(request: SignedIn, topic: Topic, *, name: str, email: str) -> HttpResponse:
    """Ask somebody by mail. Raises AlreadyThere."""
    is_held = topic.hosts.holding_the_room().exists()
    try:
        hosts.invite(topic, name=name, email=email, as_co_host=is_held)
    except NoLongerPossible:
        return moved_meanwhile(request, topic)
    if topic.event.is_draft:
        messages.success(request, _("%(name)s is asked when you publish.") % {"name": name})
    elif email == request.user.email:
        messages.success(request, _("You have an email: say yes there, and the room is yours."))
    else:
        messages.success(request, _("%(name)s is asked by email.") % {"name": name})
    return to_topic(topic)


def _removed_words(removed: Host) -> str:
    if removed.has_link:
        return _("The link for %(name)s is taken back.")
    return _("%(name)s is not asked.") if removed.is_named else _("%(name)s is told by email.")
