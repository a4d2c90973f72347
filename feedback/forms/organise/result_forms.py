"""What an answer in words is about, and why one is hidden."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from feedback.actions.themes import LONGEST_THEME, MOST_THEMES
from kit.forms import line_field

LONGEST_REASON = 200


class ThemesForm(forms.Form):
    """The themes in use to tick, and a line for new ones."""

    in_use = forms.MultipleChoiceField(
        label=gettext_lazy("Themes in use"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("Choose themes from the list, or write new ones below")
        },
    )
    new = line_field(
        gettext_lazy("New themes"),
        gettext_lazy("Short words, with a comma between them: breaks, sound."),
        required=False,
        max_length=500,
        autocomplete="off",
    )

    def __init__(self, data: Mapping[str, Any] | None, *, known: Sequence[str], given: Sequence[str]) -> None:
        super().__init__(data, initial={"in_use": [*given]})
        self.fields["in_use"].choices = [(theme, theme) for theme in known]
        if not known:
            del self.fields["in_use"]

    def clean_new(self) -> list[str]:
        themes = [" ".join(theme.split()) for theme in self.cleaned_data["new"].split(",")]
        if any(len(theme) > LONGEST_THEME for theme in themes):
            raise forms.ValidationError(
                _("Shorten each theme to %(number)s characters or fewer") % {"number": LONGEST_THEME}
            )
        return [theme for theme in themes if theme]

    def clean(self) -> dict[str, Any]:
        if len(self.themes()) > MOST_THEMES:
            words = ngettext(
                "Choose %(number)s theme at most", "Choose %(number)s themes at most", MOST_THEMES
            )
            self.add_error("new", words % {"number": MOST_THEMES})
        return self.cleaned_data

    def themes(self) -> list[str]:
        return [*self.cleaned_data.get("in_use", []), *self.cleaned_data.get("new", [])]


class HidingForm(forms.Form):
    because = line_field(
        gettext_lazy("Why it is hidden"),
        gettext_lazy("Every organiser of the group can read this. Please repeat no name."),
        max_length=LONGEST_REASON,
        enter=gettext_lazy("Say why it is hidden, for example: names somebody"),
        autocomplete="off",
    )
