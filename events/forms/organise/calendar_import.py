"""A partner's calendar: the file, and what of it is taken."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import calendar_files
from events.actions.calendar_imports import MOST_AT_ONCE
from events.actions.calendar_standings import Found, Standing
from events.ics.lines import MOST_BYTES, MOST_EVENTS, MOST_LINES
from events.models import CalendarImport
from events.pages.organise.calendar_import_page import choice_of
from kit.forms import needed_at_times, zone_field
from kit.layouts import OneGroup, form_helper

WHY_REFUSED = {
    "size": gettext_lazy("Choose a file of up to 1 MB"),
    "lines": gettext_lazy("This file has more than %(lines)s lines. Choose a smaller one"),
    "line": gettext_lazy(
        "This file has a line of more than 64 kB. Take out attached files and pictures first"
    ),
    "events": gettext_lazy("This file has more than %(events)s events. Choose one with fewer"),
    "depth": gettext_lazy(
        "This file is put together in a way that no calendar is. Save it anew, and choose that"
    ),
    "no_calendar": gettext_lazy("This is no calendar file. Choose one whose name ends in .ics"),
    "time": gettext_lazy("This file takes too long to read. Choose a smaller one"),
}


class CalendarFileForm(OneGroup, forms.Form):
    """`key` names the page on which the file was given; `contents` is what was read of it once the form is valid."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    upload = forms.FileField(
        label=gettext_lazy("A calendar file (.ics)"),
        help_text=gettext_lazy(
            "As your partner’s calendar program saves it, up to 1 MB and 500 events. No address is fetched."
        ),
        widget=forms.FileInput(attrs={"accept": ".ics,.ical,.ifb,text/calendar"}),
        error_messages={
            "required": gettext_lazy("Choose a calendar file"),
            "empty": gettext_lazy("The file is empty. Choose another one"),
            "invalid": gettext_lazy("The file did not arrive. Choose it again"),
            "missing": gettext_lazy("The file did not arrive. Choose it again"),
        },
    )
    contents: dict[str, Any]

    def clean_upload(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["upload"]
        try:
            if (upload.size or 0) > MOST_BYTES:
                raise calendar_files.CannotRead("size")
            self.contents = calendar_files.read(upload.read())
        except calendar_files.CannotRead as refusal:
            bounds = {"lines": MOST_LINES, "events": MOST_EVENTS}
            raise forms.ValidationError(WHY_REFUSED[refusal.reason], params=bounds) from refusal
        if not self.contents["events"]:
            raise forms.ValidationError(_("There is no event in this file. Choose another one"))
        return upload


class Ticks(forms.TypedMultipleChoiceField):
    """Several of a list, by their numbers. One that was taken a moment ago, on a page that is older, is passed over."""

    def clean(self, value: Any) -> Any:
        choices: Any = self.choices
        offered = {str(number) for number, _label in choices}
        return super().clean([one for one in value or () if one in offered])


def _ticks(label: Any) -> Ticks:
    return Ticks(label=label, coerce=int, required=False, widget=forms.CheckboxSelectMultiple)


class CalendarChoiceForm(forms.Form):
    """What of a file is taken, and in which zones times are meant that do not say so. A field that has nothing to choose
    is not there."""

    new = _ticks(gettext_lazy("New: each becomes a draft"))
    changed = _ticks(gettext_lazy("Changed since you brought them in"))

    def __init__(self, *args: Any, kept: CalendarImport, found: Iterable[Found], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {one.number: one for one in found if one.can_be_chosen}
        asked = [one.entry.zone_asked() for one in self.found.values()]
        self.zones = {
            f"zone_{at}": name for at, name in enumerate(dict.fromkeys(n for n in asked if n is not None))
        }
        for field, name in self.zones.items():
            self.fields[field] = self._zone_field(name)
            self.initial[field] = kept.zones.get(name) or ("" if name else kept.contents["home"])
        parts = {"new": [f for f in self.found.values() if not f.imported]}
        parts["changed"] = [f for f in self.found.values() if f.imported]
        for name, choices in parts.items():
            self._offer(name, choices)

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(*self.zones, *(name for name in ("new", "changed") if name in self.fields))

    @property
    def can_be_chosen(self) -> bool:
        return bool(self.found)

    def _zone_field(self, name: str) -> forms.ChoiceField:
        label = _("Which time zone is “%(name)s”?") % {"name": name[:60]}
        label = label if name else _("In which zone are times that say none?")
        return needed_at_times(zone_field(label, empty=_("Choose one")))

    def _offer(self, name: str, found: list[Found]) -> None:
        if not found:
            del self.fields[name]
            return
        field = self.fields[name]
        field.choices = [(one.number, choice_of(one)) for one in found]
        if len(found) > MOST_AT_ONCE:
            words = _("Up to %(most)s at a time: the others are here again afterwards.")
            field.help_text = words % {"most": MOST_AT_ONCE}
        self.initial[name] = [one.number for one in found if _is_ticked(one)][:MOST_AT_ONCE]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = self.chosen
        if not chosen and not any(name in self.data for name in ("new", "changed")):
            self.add_error(next(n for n in ("new", "changed") if n in self.fields), _("Tick an event"))
        elif len(chosen) > MOST_AT_ONCE:
            words = _("Tick up to %(most)s at a time")
            self.add_error("new" if "new" in self.fields else "changed", words % {"most": MOST_AT_ONCE})
        needed = {self.found[number].entry.zone_asked() for number in chosen}
        for field, name in self.zones.items():
            if name in needed and not given.get(field) and field not in self.errors:
                self.add_error(field, _("Choose a time zone"))
        return given

    @property
    def chosen(self) -> list[int]:
        return [*self.cleaned_data.get("new", ()), *self.cleaned_data.get("changed", ())]

    @property
    def zones_chosen(self) -> dict[str, str]:
        """By the names in the calendar."""
        return {name: zone for field, name in self.zones.items() if (zone := self.cleaned_data.get(field))}


def _is_ticked(found: Found) -> bool:
    """Beforehand: not what is private there, nor what would write to people."""
    if found.imported:
        return found.standing is Standing.CHANGED and found.imported.event.is_draft
    return found.standing is Standing.NEW and not found.entry.is_private
