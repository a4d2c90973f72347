"""What organisers decide about a proposal. Each decision is one press, or one short page with words to write; whatever
somebody else decided meanwhile is said, and shown."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from breakouts.actions import review
from breakouts.actions.refusals import NoLongerPossible
from breakouts.actions.review import ANamedContactDecides
from breakouts.forms.organise.decisions import (
    AcceptanceForm,
    ChangeForm,
    MergingForm,
    RefusalForm,
    SettingAsideForm,
)
from breakouts.models import Topic
from breakouts.pages.organise import topic_page, words_to_them
from breakouts.views.organise.organise_topic import show
from breakouts.views.organise.topic_layout import crumbs, moved_meanwhile, to_rooms, topic_run_by
from events.organise_layout import reading_or_sending, show_page, until_it_is_over
from kit.meanwhile import say_nothing_was_done
from people.permissions import concern_readers
from people.requests import SignedIn

Decide = Callable[[dict[str, Any]], Topic]


@require_POST
@until_it_is_over
def topic_acceptance(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    topic = topic_run_by(request.user, slug, pk)
    form = AcceptanceForm(request.POST)
    if not form.is_valid():
        return show(request, topic, form)
    try:
        topic = review.accept(topic, by=request.user, words=form.cleaned_data["words"])
    except ANamedContactDecides:
        say_nothing_was_done(request, _("A named contact decides first."))
        return show(request, topic, form)
    except NoLongerPossible:
        return moved_meanwhile(request, topic)
    messages.success(request, _("“%(title)s” is room %(number)s now.") % vars(topic))
    return to_rooms(topic.event)


@never_cache
@reading_or_sending
@until_it_is_over
def topic_change(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    topic = topic_run_by(request.user, slug, pk)
    form = ChangeForm(request.POST if request.method == "POST" else None)

    def decide(given: dict[str, Any]) -> Topic:
        return review.ask_for_change(topic, by=request.user, words=given["words"])

    done = _("They have been asked. When they have changed it, it stands in the inbox again.")
    return _decide(request, topic, form, decide, "topic_change", done)


@never_cache
@reading_or_sending
def topic_refusal(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    topic = topic_run_by(request.user, slug, pk)
    suggested = {"words": words_to_them.of_refusal(topic)}
    form = RefusalForm(request.POST if request.method == "POST" else None, initial=suggested)

    def decide(given: dict[str, Any]) -> Topic:
        return review.decline(topic, by=request.user, words=given["words"])

    return _decide(request, topic, form, decide, "topic_refusal", _("Declined, with your words."))


@never_cache
@reading_or_sending
def topic_aside(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Set a proposal aside that attacks people: from here on its text is with those who read concerns."""
    topic = topic_run_by(request.user, slug, pk)
    suggested = {"words": words_to_them.of_setting_aside(topic)}
    form = SettingAsideForm(request.POST if request.method == "POST" else None, initial=suggested)

    def decide(given: dict[str, Any]) -> Topic:
        return review.set_aside(topic, by=request.user, words=given["words"])

    done = _("Set aside. Its text is with the named contacts alone.")
    more = {"readers": list(concern_readers(topic.event.group))}
    return _decide(request, topic, form, decide, "topic_aside", done, **more)


@never_cache
@reading_or_sending
@until_it_is_over
def topic_merging(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    topic = topic_run_by(request.user, slug, pk)
    form = MergingForm(request.POST if request.method == "POST" else None, topic=topic)

    def decide(given: dict[str, Any]) -> Topic:
        return review.merge(topic, into=given["into"], by=request.user, words=given["words"])

    return _decide(request, topic, form, decide, "topic_merging", _("The two are one topic now."))


def _decide(
    request: SignedIn, topic: Topic, form: Any, decide: Decide, page: str, done: str, **more: Any
) -> HttpResponse:
    """Answer with the short page of a decision, for as long as there is something to decide."""
    if not topic.is_undecided:
        return moved_meanwhile(request, topic)
    if form.is_valid():
        try:
            decide(form.cleaned_data)
        except NoLongerPossible:
            return moved_meanwhile(request, topic)
        messages.success(request, done)
        return to_rooms(topic.event)
    context = {
        "topic": topic,
        "form": form,
        "proposers": topic_page.proposers(topic),
        "crumbs": crumbs(topic.event, topic),
    }
    return show_page(request, topic.event, f"organise/{page}.html", context | more)
