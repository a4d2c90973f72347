"""The prompts after the dates of an event: a part for each date, with a field for each moment."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import ngettext

from events.models import Event
from kit.forms import text_field
from kit.layouts import Group, form_helper
from kit.meanwhile import ShowsChanges
from kit.times import day_words
from learning.actions import spacing
from learning.models import SpacingPrompt

After = SpacingPrompt.After


class SpacingForm(ShowsChanges, forms.Form):
    def __init__(self, data: Any = None, *, event: Event) -> None:
        super().__init__(data)
        self.event, self.kept = event, spacing.prompts_of(event)
        self.dates = list(event.sessions.all())
        for key, name in self._keys().items():
            field = text_field(_label(key[1]), required=False, max_length=SpacingPrompt.LONGEST, rows=2)
            field.initial = self.kept.get(key, "")
            self.fields[name] = field

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(*(Group(self._day(date), *self._names(date.pk)) for date in self.dates))

    def saved_words(self) -> dict[str, str]:
        return {name: self.kept.get(key, "") for key, name in self._keys().items()}

    def typed_words(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in self._keys().values()}

    def label_of(self, name: str) -> str:
        key = next(key for key, one in self._keys().items() if one == name)
        date = next(date for date in self.dates if date.pk == key[0])
        return f"{self._day(date)}: {_label(key[1])}"

    @transaction.atomic
    def save(self) -> None:
        """Raises ChangedMeanwhile."""
        self.event.locked()
        self.kept = spacing.prompts_of(self.event)
        self.refuse_if_changed()
        spacing.save(self.event, {key: self.cleaned_data[name] for key, name in self._keys().items()})

    def _keys(self) -> dict[tuple[int, int], str]:
        """The name of each field, by (key of the date, weeks)."""
        return {
            (date.pk, weeks): name
            for date in self.dates
            for weeks, name in zip(After.values, self._names(date.pk), strict=True)
        }

    def _names(self, date: int) -> list[str]:
        return [f"date_{date}_{weeks}" for weeks in After.values]

    def _day(self, date: Any) -> str:
        return day_words(date.starts_at, self.event.time_zone)


def _label(weeks: int) -> str:
    return ngettext("%(number)s week after", "%(number)s weeks after", weeks) % {"number": weeks}
