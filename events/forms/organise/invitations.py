"""Whom an event is for: addresses, one a line."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.access_needs import let_people_paste
from events.models import Event
from kit.links import normalise_email
from kit.text import PlainTextField

MOST_AT_ONCE = 500
# "Amara Okafor <amara@example.org>", as address books paste it.
IN_BRACKETS = re.compile(r"<([^<>]+)>\s*$")


class InvitationsForm(forms.Form):
    emails = PlainTextField(
        label=gettext_lazy("Email addresses"),
        help_text=gettext_lazy("One a line. You can paste a list."),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Enter at least one address")},
    )
    quota: Any = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Which group of places they are of"),
        empty_label=gettext_lazy("None, or they say it themselves"),
        error_messages={"invalid_choice": gettext_lazy("Choose a group of places")},
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quota"].queryset = event.quotas.all()
        if not event.has_quotas:
            del self.fields["quota"]
        let_people_paste(self)

    def clean_emails(self) -> list[str]:
        lines = [line.strip(" ,;\t") for line in self.cleaned_data["emails"].splitlines()]
        found = [_address(line) for line in lines if line]
        if wrong := [line for line, email in zip(filter(None, lines), found, strict=True) if not email]:
            raise ValidationError(
                _("Correct the address in this line: %(line)s") % {"line": wrong[0][:80]}, code="invalid"
            )
        if len(found) > MOST_AT_ONCE:
            raise ValidationError(_("Invite at most %(most)s people at once") % {"most": MOST_AT_ONCE})
        return found


def _address(line: str) -> str:
    """The address in a line; "" where there is none."""
    within = IN_BRACKETS.search(line)
    email = normalise_email(within[1] if within else line)
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email
