"""The group of places somebody is of, and how they come, as organisers say it for them."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.listed import NONE, quotas_of
from events.actions.registrations import Answers
from events.models import Event, Registration, Way
from events.models.places import Pair


def add_fields(form: forms.Form, event: Event) -> None:
    """Ask for the group where the event has some, and for the way where people can come in both."""
    quotas = [(str(quota.pk), str(quota)) for quota in quotas_of(event)]
    if quotas:
        form.fields["group"] = _choice(
            gettext_lazy("Their group of places"),
            [*quotas, (NONE, _("None of them"))],
            enter=gettext_lazy("Choose the group of places they are of"),
        )
        form.fields["group"].help_text = _("Whoever is of none waits until unused places are shared.")
    if event.format == Event.Format.BOTH:
        form.fields["way"] = _choice(
            gettext_lazy("How they come"), Way.choices, enter=gettext_lazy("Choose how they come")
        )


def pair_of(event: Event, given: dict[str, Any]) -> Pair:
    """What was chosen: a group for one way only decides it."""
    quota = next((one for one in quotas_of(event) if str(one.pk) == given.get("group")), None)
    way = given.get("way", "")
    return Pair(quota.pk, quota.way or way) if quota else Pair(None, way)


def with_group(event: Event, answers: Answers, given: dict[str, Any]) -> Answers:
    """The answers with the group in which they count; the organisers say that they are of it."""
    pair = pair_of(event, given)
    belongs_by = Registration.BelongsBy.ORGANISER if pair.quota else ""
    return replace(answers, pair=pair, belongs_by=belongs_by)


def _choice(label: Any, choices: Any, *, enter: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", _("Choose")), *choices], error_messages={"required": enter}
    )
