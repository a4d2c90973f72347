"""Whose second step is lost, for whoever looks after the hub."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import email_field
from kit.links import normalise_email
from people.actions.second_step_resets import may_reset
from people.models import Person


class WhoseForm(forms.Form):
    email = email_field(_("Their email address"))

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_email(self) -> Person:
        """The person with this address."""
        person = Person.objects.filter(email=normalise_email(self.cleaned_data["email"])).first()
        if person is None:
            raise forms.ValidationError(
                _("Nobody here has this address. Ask them with which one they log in")
            )
        if not may_reset(person, by=self.by):
            raise forms.ValidationError(_("This is you. Somebody else has to ask for it"))
        return person
