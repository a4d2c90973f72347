"""How much help an event wants, and which room a note-taker has."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breakouts.models import HelperRole, Topic
from breakouts.pages.helper_pages import RoleLine

MOST = 99


class WantedForm(forms.Form):
    """One number for each kind of help."""

    def __init__(self, data: Mapping[str, Any] | None, *, lines: Sequence[RoleLine]) -> None:
        super().__init__(data, initial={line.kind: line.wanted for line in lines})
        for kind, label in HelperRole.Kind.choices:
            self.fields[kind] = forms.IntegerField(
                label=label,
                initial=0,
                min_value=0,
                max_value=MOST,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    "required": _("Enter a whole number, or 0 when nobody is wanted"),
                    "invalid": _("Enter a whole number, or 0 when nobody is wanted"),
                    "min_value": _("Enter 0 or more"),
                    "max_value": _("Enter %(limit_value)s or fewer"),
                },
            )

    def numbers(self) -> dict[str, int]:
        return {kind: self.cleaned_data[kind] for kind in HelperRole.Kind.values}


class RoomForm(forms.Form):
    """The room of one note-taker; none is "where I am needed"."""

    room = forms.ModelChoiceField(queryset=Topic.objects.none(), required=False)

    def __init__(self, data: Mapping[str, Any], *, rooms: Any) -> None:
        super().__init__(data)
        self.fields["room"].queryset = rooms
