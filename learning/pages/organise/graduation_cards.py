"""Completing it and the prompts, as cards of the event's Learning tab."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from events.pages.completion import rule_words
from learning.models import Graduation, LearningPlan, SpacingPrompt
from learning.pages.organise.card import Card


def completing_card(event: Event) -> Card | None:
    """One query."""
    if event.dates_to_complete is None:
        return Card(
            _("Who has completed it"),
            (_("Nothing has to be completed here. Certificates say which dates people were at."),),
            reverse("organise:event_several_dates", args=[event.slug]),
            _("Say how many dates complete it"),
        )
    number = Graduation.objects.filter(registration__event=event).count()
    words = ngettext(
        "%(number)s person has completed it.", "%(number)s people have completed it.", number
    ) % {"number": number}
    said = (rule_words(event), words) if number else (rule_words(event),)
    url = reverse("organise:graduation", args=[event.slug])
    return Card(_("Who has completed it"), said, url, _("See who has"))


def certificate_card(event: Event) -> Card | None:
    """No query where its plan is at hand."""
    asks = not LearningPlan.is_none(event) and event.learning_plan.asks_pledge
    words = (
        _("A pledge belongs to completing this event.")
        if asks
        else _("Only the dates count for completing it.")
    )
    return Card(
        _("The certificate"),
        (words, _("Everyone who took part finds it on their own page once the last date is over.")),
        reverse("organise:learning_plan", args=[event.slug]),
        _("Say what is on it"),
    )


def prompts_card(event: Event) -> Card | None:
    """One query."""
    number = SpacingPrompt.objects.filter(session__event=event).count()
    written = (
        ngettext("%(number)s prompt is written.", "%(number)s prompts are written.", number)
        % {"number": number}
        if number
        else _("None is written yet.")
    )
    words = _("A few lines one and four weeks after each date, by email, for those who ask for them.")
    url = reverse("organise:learning_prompts", args=[event.slug])
    link = _("Change them") if number else _("Write them")
    return Card(_("Prompts after each date"), (words, written), url, link)
