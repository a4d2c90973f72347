"""Checking a certificate."""

from django import forms
from django.utils.translation import gettext_lazy

from kit.forms import line_field
from kit.layouts import OneGroup

NAME_LENGTH = 100
CODE_LENGTH = 20


class CheckForm(OneGroup, forms.Form):
    name = line_field(
        gettext_lazy("Name on the certificate"),
        max_length=NAME_LENGTH,
        enter=gettext_lazy("Enter the name as it stands on the certificate"),
        autocomplete="off",
    )
    code = line_field(
        gettext_lazy("Check code"),
        gettext_lazy("Two groups of four letters and numbers, at the foot of the certificate."),
        max_length=CODE_LENGTH,
        enter=gettext_lazy("Enter the check code"),
        autocomplete="off",
        autocapitalize="characters",
        spellcheck="false",
    )
