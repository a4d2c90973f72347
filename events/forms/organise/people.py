"""What organisers fill in about people: someone who phoned, someone to take off the list, a search."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.entering import Answers
from events.actions.listed import quotas_of
from events.forms.access_needs import let_people_paste
from events.forms.organise import group_of_places
from events.forms.person_fields import (
    email_field,
    name_field,
    pronouns_field,
    taking_part_field,
)
from events.forms.registration import ways_to_take_part
from events.models import Event, Quota
from kit.forms import needed_at_times
from kit.text import PlainCharField, PlainTextField, clean_text

REASON_LENGTH = 300
CANCEL_REASON_LENGTH = 600
SEARCH_LENGTH = 100
TOO_LONG = gettext_lazy("Shorten the reason to %(limit_value)s characters or fewer")


class PhonedInForm(forms.Form):
    """A registration typed by an organiser for somebody else."""

    name = name_field()
    pronouns = pronouns_field()
    email = email_field(
        gettext_lazy("They get the same emails as everyone, with the link to their own page.")
    )
    no_email = forms.BooleanField(
        required=False,
        label=gettext_lazy("They have no email address"),
        help_text=gettext_lazy(
            "You print their page for them, or read its short address out. What changes you tell them by phone."
        ),
    )
    taking_part = taking_part_field()
    # Its group of places and the way stand before it, where there are any.
    beyond_capacity = PlainCharField(
        required=False,
        label=gettext_lazy("A place although it is full, because"),
        help_text=gettext_lazy("Leave this empty to put them at the end of the waiting list."),
        max_length=REASON_LENGTH,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(
        self, *args: Any, event: Event, is_full: bool, of_a_part: Sequence[Quota] = (), **kwargs: Any
    ) -> None:
        """`of_a_part`: the quotas of a co-organiser, who adds people to these alone, and never beyond their places."""
        super().__init__(*args, **kwargs)
        self.quotas = list(of_a_part or quotas_of(event))
        self.fields["name"].label = _("Their name")
        self.fields["name"].help_text = ""
        self.fields["name"].error_messages["required"] = _("Enter their name")
        self.fields["pronouns"].label = _("Their pronouns")
        self.fields["pronouns"].help_text = ""
        self.fields["email"].label = _("Their email address")
        self.fields["email"].required = False
        needed_at_times(self.fields["email"])  # without the tick below it
        self.fields["taking_part"].label = _("How would they like to take part?")
        self.fields["taking_part"].help_text = ""
        self.fields["taking_part"].choices = ways_to_take_part(online=event.is_online)
        for field in ("name", "email"):
            self.fields[field].widget.attrs["autocomplete"] = "off"
        beyond_capacity = self.fields.pop("beyond_capacity")
        group_of_places.add_fields(self, event, self.quotas, may_be_none=not of_a_part)
        if not of_a_part and (is_full or event.has_quotas):  # one of the groups may be
            self.fields["beyond_capacity"] = beyond_capacity
        let_people_paste(self)

    def clean(self) -> dict[str, Any] | None:
        email, has_none = self.cleaned_data.get("email"), self.cleaned_data["no_email"]
        if email and has_none:
            self.add_error("no_email", _("Take this tick away, or empty the address"))
        elif not email and not has_none and "email" not in self.errors:
            self.add_error("email", _("Enter their email address, or say below that they have none"))
        return super().clean()

    def answers(self) -> Answers:
        given = self.cleaned_data
        answers = Answers(
            name=given["name"],
            email=given["email"],
            pronouns=given["pronouns"],
            taking_part=given["taking_part"],
        )
        return group_of_places.with_group(self.quotas, answers, given)


class ReasonForm(forms.Form):
    """Why somebody is taken off the list. They can read it on their own page."""

    reason = PlainTextField(
        required=False,
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("They can read this on their own page."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_people_paste(self)


class AnswerForm(ReasonForm):
    """Whether somebody who asked is agreed to. What is written with the answer they can read on their own page."""

    YES, NO = "yes", "no"

    answer = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], required=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("A word to them")


class CallingOffForm(forms.Form):
    """Why an event does not take place, or not as planned. Everyone reads it, on its page and in the mail."""

    reason = PlainTextField(
        label=gettext_lazy("Why it does not take place"),
        help_text=gettext_lazy("Everyone can read this: on the page, in the email and in calendars."),
        max_length=CANCEL_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Say why it does not take place"),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, *args: Any, is_for_good: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_for_good:
            self.fields["reason"].label = _("Why it is postponed, and what comes next")
            self.fields["reason"].error_messages["required"] = _("Say why it is postponed")
        let_people_paste(self)


def search_words(typed: str) -> str:
    """What to look for, cleaned and cut to a sensible length."""
    return clean_text(typed)[:SEARCH_LENGTH]
