"""One topic: its page, its words, its place in the order, and its end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from breakouts.actions import review
from breakouts.actions.refusals import NoLongerPossible
from breakouts.actions.review import SeatsTooFew
from breakouts.actions.rooms import seats_of
from breakouts.forms.organise.decisions import AcceptanceForm, FoldingForm
from breakouts.forms.organise.organiser_topic_forms import NewTopicForm, RoomForm
from breakouts.forms.organise.rooms_as_lines import RoomsAsLinesForm
from breakouts.models import BreakoutPlan, Placement, Topic
from breakouts.pages.organise import topic_page
from breakouts.pages.organise.words_changed import comparison_of
from breakouts.views.organise.topic_layout import crumbs, moved_meanwhile, to_rooms, to_topic, topic_run_by
from events.organise_layout import reading_or_sending, show_page, until_it_is_over
from events.permissions import event_run_by
from kit.meanwhile import ChangedMeanwhile, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@require_safe
def topic(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    return show(request, topic_run_by(request.user, slug, pk), AcceptanceForm())


def show(request: SignedIn, topic: Topic, form: AcceptanceForm) -> HttpResponse:
    """Answer with the page of a topic: a proposal with what can be decided, a room with who hosts it, or what became
    of it."""
    tone, words = topic_page.TAGS[Topic.State(topic.state)]
    context: dict[str, Any] = {
        "topic": topic,
        "tag": {"tone": tone, "text": words},
        "history": topic_page.history(topic),
        "is_over": topic.event.is_past(),
        "crumbs": crumbs(topic.event),
    }
    if not topic.is_set_aside:
        context |= {"proposers": topic_page.proposers(topic), "compared": comparison_of(topic)}
    if topic.is_undecided:
        context |= {"form": form, "co_host": topic_page.named_co_host(topic)}
    if topic.is_accepted:
        context |= _room(topic)
    return show_page(request, topic.event, "organise/topic.html", context)


def _room(topic: Topic) -> dict[str, Any]:
    lines = topic_page.host_lines(topic, topic.event.time_zone)
    plan = BreakoutPlan.of(topic.event)
    return {
        "hosts": lines,
        "holders": topic_page.holders(lines),
        "taken": Placement.objects.that_count().filter(topic=topic).count(),
        "seats": seats_of(topic, plan) if plan else topic.seats,
        "can_ask": (topic.event.is_published or topic.event.is_draft) and not topic.event.is_past(),
    }


@never_cache
@reading_or_sending
@until_it_is_over
def topic_new(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    if BreakoutPlan.of(event) is None:
        return to_rooms(event)
    form = NewTopicForm(request.POST if request.method == "POST" else None, event=event)
    if form.is_valid():
        topic = form.save(by=request.user)
        messages.success(request, _("“%(title)s” is room %(number)s now.") % vars(topic))
        topic.event = event
        return to_topic(topic)
    context = {"form": form, "crumbs": crumbs(event)}
    return show_page(request, event, "organise/topic_new.html", context)


@never_cache
@reading_or_sending
def topic_words(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Set a room's words right. The words of a proposal are its proposer's."""
    topic = topic_run_by(request.user, slug, pk)
    if not topic.is_accepted:
        return moved_meanwhile(request, topic)
    form = RoomForm(request.POST if request.method == "POST" else None, row=topic, event=topic.event)
    context: dict[str, Any] = {"topic": topic, "form": form, "crumbs": crumbs(topic.event, topic)}
    if form.is_valid():
        try:
            form.save_as(request.user)
        except ChangedMeanwhile:
            context["changes"] = form.changes()
        except SeatsTooFew:
            pass  # said at the field
        else:
            messages.success(request, _("Saved."))
            return to_topic(topic)
    return show_page(request, topic.event, "organise/topic_words.html", context)


@require_POST
@until_it_is_over
def topic_order(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Move a room. `by` is "up" or "down". The list then begins with the keyboard on it."""
    topic = topic_run_by(request.user, slug, pk)
    by = "up" if request.POST.get("by") == "up" else "down"
    try:
        moved = review.move(topic, up=by == "up")
    except NoLongerPossible:
        say_nothing_was_done(request, _("There is no room to change places with."))
    else:
        words = _("“%(title)s” is room %(number)s now.")
        messages.success(request, words % {"title": moved.title, "number": moved.number})
    rooms = reverse("organise:breakouts", args=[slug])
    return HttpResponseRedirect(
        f"{rooms}?moved={topic.pk}&by={by}"
    )  # browsers let no fragment and autofocus meet


@never_cache
@reading_or_sending
@until_it_is_over
def topic_folding(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Call a room off, after saying how many people sit there."""
    topic = topic_run_by(request.user, slug, pk)
    if not topic.is_accepted:
        return moved_meanwhile(request, topic)
    form = FoldingForm(request.POST if request.method == "POST" else None, topic=topic)
    if form.is_valid():
        try:
            review.fold(topic, by=request.user, words=form.cleaned_data.get("words", ""))
        except NoLongerPossible:
            return moved_meanwhile(request, topic)
        words = _("“%(title)s” does not take place. Its people are told, and can choose again.")
        messages.success(request, words % {"title": topic.title})
        return to_rooms(topic.event)
    context = _room(topic) | {"topic": topic, "form": form, "crumbs": crumbs(topic.event, topic)}
    return show_page(request, topic.event, "organise/topic_folding.html", context)


@never_cache
@reading_or_sending
@until_it_is_over
def topic_lines(request: SignedIn, slug: str) -> HttpResponse:
    """All rooms as lines. Whoever is newly named is looked at once, with a field for their address."""
    event = event_run_by(request.user, slug)
    if BreakoutPlan.of(event) is None:
        return to_rooms(event)
    form = RoomsAsLinesForm(request.POST if request.method == "POST" else None, event=event)
    if form.is_valid() and not form.asks:
        try:
            form.save(by=request.user)
        except NoLongerPossible:
            say_nothing_was_done(request)
        else:
            messages.success(request, _("Saved."))
        return to_rooms(event)
    return show_page(request, event, "organise/rooms_as_lines.html", {"form": form, "crumbs": crumbs(event)})
