"""How an access lead answers: where a need stands now, and words to the person."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import AccessNeed
from events.pages.organise.access_board import STATE_WORDS
from kit.forms import needed_at_times
from kit.text import PlainTextField

State = AccessNeed.State
# "New" and "they say that it works" are said by the person.
ANSWERS = (State.TALKING, State.ARRANGING, State.ARRANGED, State.SOMETHING_ELSE, State.CANNOT)
MESSAGE_LENGTH = 2000
WORDS_NEEDED = {
    State.SOMETHING_ELSE: _("Enter what you offer instead"),
    State.CANNOT: _("Enter why, and what else might help"),
}


def message_field(**more: Any) -> PlainTextField:
    return PlainTextField(
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Enter your message"),
            "max_length": _("Shorten your message to %(limit_value)s characters or fewer"),
        },
        **more,
    )


class AnswerForm(forms.Form):
    """Where one need stands. Bad news comes with words."""

    state = forms.ChoiceField(
        label=_("Where it stands"),
        widget=forms.Select(attrs={"class": "input--m"}),
        error_messages={
            "required": _("Choose where it stands"),
            "invalid_choice": _("Choose where it stands"),
        },
    )
    message = needed_at_times(
        message_field(
            required=False,
            label=_("Your words to them"),
            help_text=_(
                "They read it on their own page, never in an email. "
                "Needed when it cannot be arranged or something else is offered."
            ),
        )
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, need: AccessNeed) -> None:
        is_answer = need.state in ANSWERS
        initial = {"state": need.state if is_answer else "", "seen": need.edition}
        super().__init__(data, prefix=f"need-{need.pk}", initial=initial)
        self.need = need
        nothing_yet = [] if is_answer else [("", _("Choose…"))]
        state = cast(forms.ChoiceField, self.fields["state"])
        state.choices = [*nothing_yet, *((answer.value, STATE_WORDS[answer]) for answer in ANSWERS)]
        self.fields["message"].widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any] | None:
        state = self.cleaned_data.get("state")
        if state in WORDS_NEEDED and "message" in self.cleaned_data and not self.cleaned_data["message"]:
            self.add_error("message", WORDS_NEEDED[State(state)])
        return super().clean()


class LeadMessageForm(forms.Form):
    text = message_field(
        label=_("Your message"), help_text=_("They get an email that says only that there is something new.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)
