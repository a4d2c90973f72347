"""What everyone who comes to an event is asked, wherever they are: on the form, on their own page, by an organiser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models.quota import Way
from kit.text import PlainCharField, PlainEmailField

NAME_LENGTH = 100
PRONOUNS_LENGTH = 60
EMAIL_LENGTH = 254


def name_field() -> PlainCharField:
    return PlainCharField(
        label=_("Your name"),
        help_text=_("As you would like to be called. It need not be your legal name."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Enter the name you would like us to use"),
            "max_length": _("Shorten your name to %(limit_value)s characters or fewer"),
        },
    )


def pronouns_field() -> PlainCharField:
    return PlainCharField(
        required=False,
        label=_("Your pronouns"),
        help_text=_("The organisers see them."),
        max_length=PRONOUNS_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input--s"}),
        error_messages={"max_length": _("Shorten your pronouns to %(limit_value)s characters or fewer")},
    )


def email_field(help_text: Any = "") -> PlainEmailField:
    wrong_form = _("Enter an email address in the right form, like name@example.org")
    return PlainEmailField(
        label=_("Email address"),
        help_text=help_text,
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your email address"),
            "invalid": wrong_form,
            "max_length": _("Enter an email address of %(limit_value)s characters or fewer"),
        },
    )


def way_field() -> forms.ChoiceField:
    """Only for an event that can be come to in two ways."""
    return forms.ChoiceField(
        label=_("How do you come?"),
        help_text=_("You can change it later, as long as there is room."),
        choices=Way.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--two"}),
        error_messages={
            "required": _("Choose whether you come in person or online"),
            "invalid_choice": _("Choose whether you come in person or online"),
        },
    )


def taking_part_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False,
        label=_("Would you rather …"),
        help_text=_("All of it is always fine. Organisers see it, your host sees how many."),
        widget=forms.CheckboxSelectMultiple,
    )
