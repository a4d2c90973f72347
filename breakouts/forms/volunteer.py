"""What everyone who steps forward is asked: a name and an address. Never more than that."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.fields import email_field, line_field


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


def known(viewer: Any) -> dict[str, str]:
    """What a form can be filled with for somebody who is signed in."""
    return {"name": viewer.name, "email": viewer.email} if viewer.is_authenticated else {}
