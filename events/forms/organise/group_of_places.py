"""The group of places somebody is of, and how they come, as organisers say it for them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.entering import Answers
from events.actions.listed import NONE
from events.models import Event, Quota, Registration, Way
from events.models.places import Pair


def add_fields(form: forms.Form, event: Event, quotas: Sequence[Quota], *, may_be_none: bool) -> None:
    """Ask for the group where there is more than one answer, and for the way where people can come in both."""
    choices = [(str(quota.pk), str(quota)) for quota in quotas]
    if choices and may_be_none:
        choices.append((NONE, _("None of them")))
    if len(choices) > 1:
        form.fields["group"] = _choice(
            gettext_lazy("Their group of places"),
            choices,
            enter=gettext_lazy("Choose the group of places they are of"),
        )
    if choices and may_be_none:
        form.fields["group"].help_text = _("Whoever is of none waits until unused places are shared.")
    if event.has_two_ways:
        form.fields["way"] = _choice(
            gettext_lazy("How they come"), Way.choices, enter=gettext_lazy("Choose how they come")
        )


def with_group(quotas: Sequence[Quota], answers: Answers, given: Mapping[str, Any]) -> Answers:
    """The answers with the group in which they count; the organisers say that they are of it."""
    chosen = given.get("group") or (str(quotas[0].pk) if len(quotas) == 1 else "")
    quota = next((one for one in quotas if str(one.pk) == chosen), None)
    way = given.get("way", "")
    if quota is None:
        return replace(answers, pair=Pair(None, way))
    pair = Pair(quota.pk, quota.way or way)  # a group for one way only decides it
    return replace(answers, pair=pair, belongs_by=Registration.BelongsBy.ORGANISER)


def _choice(label: Any, choices: Any, *, enter: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", _("Choose")), *choices], error_messages={"required": enter}
    )
