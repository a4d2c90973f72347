"""Telling someone, coming back with the code, and answering; keeping somebody out."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concerns.actions import codes
from events.forms.organise.event_to_choose import EventToChoose, words_of
from events.models import Event, KeptOut
from events.models.event import EventQuerySet
from kit.forms import DateInput, email_field, let_people_paste, line_field, text_field
from kit.text import PlainCharField
from people.models import Group

WHO_LENGTH = 300


class TellForm(forms.Form):
    text = text_field(
        _("What happened?"),
        _("As much or as little as you like, in your own words."),
        rows=8,
        enter=_("Write what happened, in a few words if you like"),
    )
    who = line_field(
        _("Who you are"),
        _("You need not say. If you would like to be called or written to, add how to reach you."),
        required=False,
        max_length=WHO_LENGTH,
        autocomplete="off",
    )
    # Which event it is about; and what makes pressing twice one concern with one code.
    event = PlainCharField(required=False, max_length=200, widget=forms.HiddenInput)
    once = PlainCharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, event_slug: str = "") -> None:
        super().__init__(data, initial={"event": event_slug, "once": secrets.token_urlsafe(16)})


class CodeForm(forms.Form):
    code = line_field(
        _("Your private code"),
        _("Capital or small letters, with or without the lines between: all the same."),
        max_length=100,
        enter=_("Enter the code you were given"),
        autocomplete="off",
        autocapitalize="characters",
        spellcheck="false",
    )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if len(codes.plain(code)) != codes.LENGTH:
            raise forms.ValidationError(
                _("This is not a whole code: it has %(length)s letters and digits"),
                params={"length": codes.LENGTH},
            )
        return code


class SameCodeForm(forms.Form):
    """The code once more, in each form of the page that it opened. Without an id, since it stands there several
    times."""

    code = let_people_paste(PlainCharField(max_length=100, widget=forms.HiddenInput))


class LineForm(forms.Form):
    text = text_field(_("Add something"), required=True, enter=_("Write what you would like to add"))


class AnswerForm(forms.Form):
    text = text_field(
        _("Your answer"),
        _("They read it when they come back with their code. No email tells them that it is there."),
        enter=_("Write your answer"),
    )


class ClosingForm(forms.Form):
    """Closing a concern. `seen`: how many lines whoever told had written when the reader decided."""

    seen = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)


class UntilForm(forms.Form):
    """Until when somebody is kept out: a year at most, which can be renewed."""

    until = forms.DateField(
        label=_("Until"),
        help_text=_(
            "All events of the group that begin by this day. A year at most; you can set another end later."
        ),
        widget=DateInput,
        error_messages={
            "required": _("Enter the day until which it counts"),
            "invalid": _("Enter the date as day, month and year, for example 3/5/2030"),
        },
    )

    def clean_until(self) -> date | None:
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until and until < today:
            raise forms.ValidationError(_("Enter a day that is still to come"))
        if until and until > today + KeptOut.LONGEST:
            raise forms.ValidationError(_("Enter a day within a year from now"))
        return until


class KeepOutForm(UntilForm, EventToChoose):
    ALL = "all"

    address = email_field(
        _("Their email address"),
        _(
            "As they wrote it or another way: capitals, +words before the @, and at Gmail dots, make no difference."
        ),
    )
    where = forms.ChoiceField(
        label=_("At which event?"),
        initial=ALL,
        error_messages={
            "required": _("Choose one of these events, or all of them"),
            "invalid_choice": _("Choose one of these events, or all of them"),
        },
    )
    reason = text_field(
        _("Why?"),
        _(
            "Only the named contacts read this, and each reading is noted. Say what happened, not what somebody is."
        ),
        enter=_("Write why, for whoever decides after you"),
    )
    field_order = ("address", "where", "until", "reason")

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self["where"].value() or "")
        self.events = {str(event.pk): event for event in self.events_to_choose(_to_come(group), chosen)}
        self.fields["where"].choices = [
            (self.ALL, _("All events of the group, until a day")),
            *((key, words_of(event)) for key, event in self.events.items()),
        ]
        self.fields["until"].label = _("Until, if it is all of them")
        self.fields["until"].required = False
        self.fields["until"].initial = timezone.localdate() + KeptOut.LONGEST
        self.fields["address"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("where") == self.ALL and not given.get("until") and "until" not in self.errors:
            self.add_error("until", self.fields["until"].error_messages["required"])
        return given

    def decided(self) -> dict[str, Any]:
        """What was typed, as concerns.actions.keeping_out.keep_out takes it."""
        given = self.cleaned_data
        fields = {name: given[name] for name in ("address", "until", "reason")}
        return fields | {"event": self.events.get(given["where"])}


def _to_come(group: Group) -> EventQuerySet:
    is_to_come = Q(last_ends_at=None) | Q(last_ends_at__gt=timezone.now()) | Q(state=Event.State.POSTPONED)
    return group.events.with_dates().filter(is_to_come)
