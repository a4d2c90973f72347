"""How many people a room takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

MOST_SEATS = 10_000


def seats_field(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Enter the number of people as a whole number, for example 8"),
            "min_value": _("Enter at least %(limit_value)s, or leave this empty"),
            "max_value": _("Enter at most %(limit_value)s, or leave this empty"),
        },
    )


def too_few_words(taken: int) -> str:
    words = ngettext(
        "%(taken)s person has chosen this room. Enter %(taken)s or more",
        "%(taken)s people have chosen this room. Enter %(taken)s or more",
        taken,
    )
    return words % {"taken": taken}
