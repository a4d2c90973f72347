"""Offering help on the day, and saying yes to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breakouts.forms.volunteer import AgreementForm, VolunteerForm
from breakouts.models import HelperRole, Topic
from breakouts.pages.helper_pages import RoleLine, room_words
from kit.attempts import TypedByHand
from kit.forms import Choice
from people.models import GuidingValues


class HelpForm(VolunteerForm, TypedByHand):
    """`lines` are the roles that somebody is wanted for, `rooms` those in which nobody takes notes yet."""

    role = forms.ChoiceField(
        label=_("What would you like to do?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what you would like to do"),
            "invalid_choice": _("Choose one of these: the one you chose is no longer wanted"),
        },
    )
    room = forms.ChoiceField(
        label=_("Which room would you like to take notes in?"),
        help_text=_("Only if you take notes. These rooms have nobody yet."),
        required=False,
        error_messages={
            "invalid_choice": _("Choose another room: somebody else takes notes there, or it has closed")
        },
    )
    field_order = ("role", "room", "name", "email")

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        lines: Sequence[RoleLine],
        rooms: Sequence[Topic],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.lines = {line.kind: line for line in lines}
        self.rooms = {str(room.pk): room for room in rooms}
        self.fields["role"].choices = [(line.kind, Choice(line.label, line.how_it_stands)) for line in lines]
        self.fields["name"].help_text = _("As we should call you. A first name or a chosen name is enough.")
        if HelperRole.Kind.NOTES in self.lines and rooms:
            named = [(pk, room_words(room)) for pk, room in self.rooms.items()]
            self.fields["room"].choices = [("", _("Where I am needed")), *named]
        else:
            del self.fields["room"]

    def wanted_role(self) -> HelperRole:
        return self.lines[self.cleaned_data["role"]].role

    def wanted_room(self) -> Topic | None:
        """Only for whoever takes notes."""
        if self.cleaned_data["role"] != HelperRole.Kind.NOTES:
            return None
        return self.rooms.get(self.cleaned_data.get("room", ""))


class HelperAgreementForm(AgreementForm):
    """Without guiding values there is only the button."""

    def __init__(self, data: Mapping[str, Any] | None, *, values: GuidingValues | None) -> None:
        super().__init__(data, values=values)
        if values is None:
            del self.fields["accepts_values"]
