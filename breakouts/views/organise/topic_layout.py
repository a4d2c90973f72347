"""What the organisers' pages about topics share: whose topic it is, the way back, what is said to the slower one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from breakouts.models import Topic
from events.models import Event
from events.organise_layout import event_crumbs
from events.permissions import event_run_by
from kit.meanwhile import say_nothing_was_done
from people.models import Person
from people.requests import SignedIn

Crumb = tuple[str, str]


def topic_run_by(person: Person, slug: str, pk: int) -> Topic:
    """A topic of an event this person organises, or 404; also before its address is confirmed."""
    event = event_run_by(person, slug)
    known = event.topics.known_to_organisers().select_related("merged_into")
    topic = get_object_or_404(known, pk=pk)
    topic.event = event
    return topic


def crumbs(event: Event, topic: Topic | None = None) -> list[Crumb]:
    """The way back to the rooms, or to the page of one topic."""
    above = [*event_crumbs(event), (reverse("organise:breakouts", args=[event.slug]), _("Rooms"))]
    return [*above, (address_of(topic), str(topic))] if topic else above


def address_of(topic: Topic) -> str:
    return reverse("organise:topic", args=[topic.event.slug, topic.pk])


def to_topic(topic: Topic) -> HttpResponse:
    return redirect("organise:topic", topic.event.slug, topic.pk)


def to_rooms(event: Event) -> HttpResponse:
    return redirect("organise:breakouts", event.slug)


def moved_meanwhile(request: SignedIn, topic: Topic) -> HttpResponse:
    """Lead on to the page of a topic. Whoever came by a press is told that it changed nothing."""
    say_nothing_was_done(request)
    return to_topic(topic)
