from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.actions.thanks import LONGEST
from kit.forms import TOO_LONG, let_people_paste
from kit.text import PlainTextField


class ThanksForm(forms.Form):
    text = let_people_paste(
        PlainTextField(
            label=_("Your words"),
            help_text=_("Up to 600 characters. What you say of yourself or of others may tell who you are."),
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 5}),
            error_messages={"required": _("Write a few words, or close the page"), "max_length": TOO_LONG},
        )
    )
