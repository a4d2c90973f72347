"""How it goes with a pledge: one of four answers, all of them fine."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kit.forms import Choice, text_field
from kit.layouts import form_helper
from learning.models import CheckIn

STOP = "stop"
HELP_LENGTH = 1000
Answer = CheckIn.Answer


class CheckInForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Whatever you choose is fine."),
        widget=forms.RadioSelect(attrs={"class": "checks"}),
        choices=[
            (Answer.KEPT, Choice(_("Kept"), _("I do it, most times."))),
            (Answer.ON_THE_WAY, Choice(_("On the way"), _("I have begun."))),
            (Answer.STUCK, Choice(_("Stuck"), _("Something is in the way."))),
            (STOP, Choice(_("Stop asking me"), _("No more emails about this. The pledge stays yours."))),
        ],
        error_messages={"required": _("Choose one of the four")},
    )
    help = text_field(
        _("What would help?"),
        _(
            "A talk, somebody to do it with, other words for the pledge. The organisers read this, without your name."
        ),
        required=False,
        max_length=HELP_LENGTH,
        rows=3,
    )
    wants_reply = forms.BooleanField(
        required=False,
        label=_("Please write back to me"),
        help_text=_(
            "Then the organisers see your name beside it. An email tells you when they have written back here."
        ),
    )

    def __init__(self, *args: Any, has_email: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_email:
            del self.fields["wants_reply"]

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("answer", "help", "wants_reply")
