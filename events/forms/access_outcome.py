"""After the event: did what was arranged work?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.access_needs import WORDS_LENGTH, let_people_paste
from events.models import AccessNeed
from kit.text import PlainTextField


class AccessOutcomeForm(forms.Form):
    """One question a need; none has to be answered, but an empty form says nothing."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, needs: Iterable[AccessNeed]) -> None:
        super().__init__(data, prefix="outcome")
        self.needs = list(needs)
        for need in self.needs:
            self.fields[_name(need)] = _question(need)
        self.fields["words"] = PlainTextField(
            required=False,
            label=_("Anything the access leads should know"),
            help_text=_(
                "Only if you like. They read it with your messages; it is encrypted and deleted with them."
            ),
            max_length=WORDS_LENGTH,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={
                "max_length": gettext_lazy("Shorten your words to %(limit_value)s characters or fewer")
            },
        )
        let_people_paste(self)

    def clean(self) -> dict[str, Any] | None:
        if self.needs and not self.errors and not self.answers():
            self.add_error(_name(self.needs[0]), _("Choose yes, partly or no"))
        return super().clean()

    def answers(self) -> dict[int, str]:
        """By the key of the need, without what was left open."""
        given = {need.pk: self.cleaned_data.get(_name(need), "") for need in self.needs}
        return {pk: worked for pk, worked in given.items() if worked}


def _name(need: AccessNeed) -> str:
    return f"need_{need.pk}"


def _question(need: AccessNeed) -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False,
        label=need.label if need.is_readable else _("Something you asked for"),
        choices=AccessNeed.Worked.choices,
        initial=need.worked,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose yes, partly or no")},
    )
