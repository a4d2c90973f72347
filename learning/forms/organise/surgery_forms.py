"""Looking after a surgery: how it is asked, and what those who read write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import line_field, text_field
from kit.layouts import OneGroup
from learning.models import PublishedAnswer, Surgery

ANSWER_LENGTH = 2000
NOTE_LENGTH = 400


class SurgerySettingsForm(OneGroup, forms.Form):
    answered_by = line_field(
        _("Who answers?"),
        _("For example “Farah, who leads the programme”. Everyone with a place reads it."),
        required=False,
        max_length=Surgery._meta.get_field("answered_by").max_length or 0,
        autocomplete="off",
    )
    asks_until = forms.ChoiceField(
        label=_("Until when can people ask?"),
        widget=forms.RadioSelect,
        choices=Surgery.AsksUntil.choices,
        error_messages={"required": _("Choose until when people can ask")},
    )
    room_is_open = forms.BooleanField(
        required=False,
        label=_("Let the room ask by a short address"),
        help_text=_(
            "Whoever has the address can ask, without a place. These questions do not count towards five."
        ),
    )
    is_open = forms.BooleanField(
        required=False,
        label=_("Take questions"),
        help_text=_("Without it nobody can ask any more. What was asked stays."),
    )

    def __init__(self, data: Any = None, *, surgery: Surgery) -> None:
        super().__init__(data, initial={name: getattr(surgery, name) for name in self.base_fields})


class NoteForm(OneGroup, forms.Form):
    text = text_field(
        _("What should be put differently?"),
        _("Whoever asked reads it when they come back with their code. Be kind: you do not know who it is."),
        max_length=NOTE_LENGTH,
        enter=_("Write what should be put differently"),
        rows=3,
    )


class AnswerForm(OneGroup, forms.Form):
    text = text_field(
        _("Your answer"),
        _("Only whoever has the code reads it. No email tells them that it is there."),
        max_length=ANSWER_LENGTH,
        enter=_("Write your answer"),
        rows=7,
    )


class PublishForm(OneGroup, forms.Form):
    question = line_field(
        _("The question, in your words"),
        _(
            "Not in theirs: it was asked in this room, and everyone can read this page. No names, no jobs, no places."
        ),
        max_length=PublishedAnswer._meta.get_field("question").max_length or 0,
        enter=_("Write the question in your words"),
        autocomplete="off",
    )
    answer = text_field(
        _("The answer"),
        max_length=ANSWER_LENGTH,
        enter=_("Write the answer"),
        rows=7,
    )
