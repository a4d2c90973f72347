"""Situations to practise, for the organisers of an event."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from learning.models import LearningPage
from learning.models.page import LearningPageQuerySet
from learning.pages.organise.card import Card
from people.models import Group


def scenarios_of(group: Group) -> LearningPageQuerySet:
    """Those of a group that everyone can read."""
    return LearningPage.objects.published().filter(group=group, kind=LearningPage.Kind.SCENARIO)


def scenarios_card(event: Event) -> Card:
    """One query."""
    here = Q(events=event) | Q(activities__event=event, activities__retired_at=None)
    number = scenarios_of(event.group).filter(here).distinct().count()
    there = ngettext("%(number)s belongs to this event.", "%(number)s belong to this event.", number)
    words = _("Something that could happen: people think, choose what is nearest, and read what helps.")
    return Card(
        title=_("Situations to practise"),
        words=(words, there % {"number": number} if number else _("None belongs to this event yet.")),
        url=reverse("organise:live", args=[event.slug]),
        link=_("Show one to the room"),
    )
