"""Asking somebody to look after the people of one group of places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from events.forms.access_needs import let_people_paste
from events.models import Event
from kit.forms import email_field


class CoOrganiserForm(forms.Form):
    email = email_field(gettext_lazy("Their email address"))
    quota: Any = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Whose people"),
        empty_label=gettext_lazy("Choose one"),
        error_messages={
            "required": gettext_lazy("Choose a group of places"),
            "invalid_choice": gettext_lazy("Choose a group of places"),
        },
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quota"].queryset = event.quotas.all()
        let_people_paste(self)
