"""What everyone who steps forward is asked: a name and an address. Never more than that."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import email_field, line_field
from people.models import GuidingValues


def name_field(label: Any, help_text: Any = "") -> Any:
    return line_field(label, help_text, max_length=100, enter=_("Enter your name"), autocomplete="name")


class VolunteerForm(forms.Form):
    """Base of every offer; `initial` may hold what we know of whoever is signed in."""

    name = name_field(
        _("Your name"), _("As you want it to stand on the page. A first name or a chosen name is enough.")
    )
    email = email_field(
        _("Email address"), _("We write to it so that you can confirm. Only the organisers see it.")
    )


class AgreementForm(forms.Form):
    """The button under what somebody agrees to; the page says which version of the guiding values it showed."""

    accepts_values = forms.BooleanField(
        label=_("I will keep to the guiding values"),
        error_messages={"required": _("Tick the box to say you will keep to our guiding values")},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, values: GuidingValues | None) -> None:
        super().__init__(data)
        self.values = values

    def clean_accepts_values(self) -> bool:
        shown = self.data.get("values_version")
        if shown and self.values and shown != str(self.values.pk):
            raise forms.ValidationError(
                _("Our guiding values have changed while you were reading. Read the new ones and send again")
            )
        return True


def known(viewer: Any) -> dict[str, str]:
    """What a form can be filled with for somebody who is signed in."""
    return {"name": viewer.name, "email": viewer.email} if viewer.is_authenticated else {}
