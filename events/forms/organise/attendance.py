"""What organisers fill in about who was at a date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kit.forms import line_field
from kit.text import PlainCharField

NAME_LENGTH = 100
REASON_LENGTH = 300


class WalkInForm(forms.Form):
    """Somebody who came without a place: a name is enough."""

    name = line_field(
        gettext_lazy("Their name"),
        gettext_lazy("A first name is enough. They get no email."),
        max_length=NAME_LENGTH,
        enter=gettext_lazy("Enter their name"),
    )


def reason_field(label: Any, read_by: Any, enter: Any) -> PlainCharField:
    """A reason that stays in people's history."""
    return line_field(label, read_by, max_length=REASON_LENGTH, enter=enter)


class CompleteForm(forms.Form):
    """Why somebody counts as having completed the programme although dates lack."""

    reason = reason_field(
        gettext_lazy("Why it counts as completed"),
        gettext_lazy("They can read this on their own page. Nothing about health, please."),
        gettext_lazy("Enter why it counts as completed"),
    )


class EndedEarlyForm(forms.Form):
    """Why a date ended before its time."""

    reason = reason_field(
        gettext_lazy("Why it ended early"),
        gettext_lazy("Everyone with a place can read this on their own page. No names, please."),
        gettext_lazy("Enter why it ended early"),
    )
