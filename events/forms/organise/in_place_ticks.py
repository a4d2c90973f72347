"""What is in place for everyone, as plain ticks: in their own words on the page about access."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.access_list import GROUPS, label_for
from events.models import Event

# Shown even where the last event had none of them: what is promised most.
USUAL = ("auto_captions", "captions", "bsl", "quiet", "breaks", "plan")


class InPlaceTicks(forms.Form):
    """Base of a form with the ticks of the access list, ticked as at `like`, with its words."""

    in_place = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("In place for everyone"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--two choices--quiet"}),
        error_messages={"invalid_choice": gettext_lazy("Choose from the list")},
    )
    more_in_place = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Also in place"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--two choices--quiet"}),
        error_messages={"invalid_choice": gettext_lazy("Choose from the list")},
    )

    def __init__(self, *args: Any, like: Event | None, **kwargs: Any) -> None:
        self.before = {line.code: line.note for line in like.in_place.all()} if like else {}
        self.named_after = like
        super().__init__(*args, **kwargs)
        ticked = list(self.before)
        self.initial = {**self.initial, "in_place": ticked, "more_in_place": ticked}
        self.fields["in_place"].choices, self.fields["more_in_place"].choices = self._offered()

    def ticked(self) -> list[str]:
        """The codes that were ticked."""
        return [*self.cleaned_data["in_place"], *self.cleaned_data["more_in_place"]]

    def _offered(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """The access list in two: what the last event had or is usual, and the rest."""
        codes = [option.code for group in GROUPS for option in group.options]
        near = [code for code in codes if code in self.before or code in USUAL]
        return self._labels(near), self._labels(code for code in codes if code not in near)

    def _labels(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        notes = self.before
        return [
            (code, f"{label_for(code)}: {notes[code]}" if notes.get(code) else label_for(code))
            for code in codes
        ]

    def has_more_in_place(self) -> bool:
        value = self["more_in_place"].value() or ()
        return bool(set(value) & {code for code, _label in self.fields["more_in_place"].choices})

    def promised(self) -> str:
        if not self.before:
            return _("Nothing is promised yet. Tick only what is so: the page promises it.")
        words = _("Ticked as for “%(event)s”. Untick what is not so this time: the page promises it.")
        return words % {"event": self.named_after}
