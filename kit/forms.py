"""What forms need beyond Django's own: options with hints, and inputs for dates and times."""

from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class Choice:
    """The label of an option together with a hint shown under it: `("captions", Choice(_("Live captions"), _("…")))`.

    Both may be lazy translations: they become text only when shown.
    """

    label: object
    hint: object = ""

    def __str__(self) -> str:
        return str(self.label)


class DateInput(forms.DateInput):
    """A date as browsers ask for it; their answer is ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day as browsers ask for it, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
