"""What organisers fill in about who was at a date."""

from django import forms
from django.utils.translation import gettext_lazy

from kit.forms import line_field

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


class CompleteForm(forms.Form):
    """Why somebody counts as having completed the programme although dates lack."""

    reason = line_field(
        gettext_lazy("Why it counts as completed"),
        gettext_lazy("They can read this on their own page. Nothing about health, please."),
        max_length=REASON_LENGTH,
        enter=gettext_lazy("Enter why it counts as completed"),
    )


class EndedEarlyForm(forms.Form):
    """Why a date ended before its time."""

    reason = line_field(
        gettext_lazy("Why it ended early"),
        gettext_lazy("Everyone with a place can read this on their own page. No names, please."),
        max_length=REASON_LENGTH,
        enter=gettext_lazy("Enter why it ended early"),
    )
