"""What the forms of every app are made of: fields with our words and limits, options with hints, inputs for dates."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.text import MarkdownField, PlainCharField, PlainEmailField, PlainTextField
from kit.zones import validate_zone, zone_choices

Field = TypeVar("Field", bound=forms.Field)

# The longest address that mail can carry (RFC 5321 §4.5.3.1.3, without its brackets).
EMAIL_LENGTH = 254
TEXT_LENGTH = 5000
TOO_LONG = _("Shorten this to %(limit_value)s characters or fewer")
MARKDOWN_HINT = _("A blank line begins a paragraph, ## a heading, - a list.")


@dataclass(frozen=True)
class Choice:
    """The label of an option together with a hint shown under it: `("captions", Choice(_("Live captions"), _("…")))`.
    Both may be lazy translations: they become text only when shown."""

    label: object
    hint: object = ""

    def __str__(self) -> str:
        return str(self.label)


class DateInput(forms.DateInput):
    """An input for a day, as browsers ask for it; their answer is ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """An input for a time of day, as browsers ask for it, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


def let_people_paste(field: Field) -> Field:
    """Take `maxlength` from an input: a browser would cut what is pasted in silence. The form says what is too long."""
    field.widget.attrs.pop("maxlength", None)
    return field


def needed_at_times(field: Field) -> Field:
    """Mark a field that some answers need: it is not called optional, and its hint says when it is wanted."""
    field.is_needed = True
    return field


def email_field(label: Any, help_text: Any = "", *, required: bool = True) -> PlainEmailField:
    field = PlainEmailField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter an email address"),
            "invalid": _("Enter an email address in the right form, like name@example.org"),
            "max_length": _("Enter an email address of %(limit_value)s characters or fewer"),
        },
    )
    return let_people_paste(field)


def line_field(
    label: Any, help_text: Any = "", *, required: bool = True, max_length: int, enter: Any = "", **attrs: str
) -> PlainCharField:
    """A field for one line. `enter` is the instruction shown when it was left empty."""
    field = PlainCharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=max_length,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": enter, "max_length": TOO_LONG},
    )
    return let_people_paste(field)


def text_field(
    label: Any,
    help_text: Any = "",
    *,
    required: bool = True,
    max_length: int = TEXT_LENGTH,
    enter: Any = "",
    rows: int = 5,
    kind: type[PlainTextField] = PlainTextField,
) -> PlainTextField:
    field = kind(
        label=label,
        help_text=help_text,
        required=required,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": enter, "max_length": TOO_LONG},
    )
    return let_people_paste(field)


def markdown_field(label: Any, help_text: Any = MARKDOWN_HINT, **more: Any) -> PlainTextField:
    """As text_field, for Markdown."""
    return text_field(label, help_text, kind=MarkdownField, **more)


def zone_field(label: Any, help_text: Any = "", *, empty: Any = None) -> forms.ChoiceField:
    """A field for a time zone. `empty` names the choice of none; without it a zone must be chosen."""

    def choices() -> list[tuple[Any, Any]]:
        return [*([("", empty)] if empty else []), *zone_choices()]

    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=empty is None,
        choices=choices,
        validators=[validate_zone],
        error_messages={
            "required": _("Choose a time zone"),
            "invalid_choice": _("Choose a time zone from the list"),
        },
    )
