"""What an event provides for everyone without being asked: ticks of the access list, each with words if need be."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.actions import event_times, events
from events.actions.timetable import Dates
from events.forms.access_needs import let_people_paste
from events.forms.organise import moments
from events.forms.organise.page import EventPage, joined, plain_field
from events.forms.organise.public_words import PublicWords
from events.models import Event
from events.pages.lead_times import offered_lead_times, working_days_before
from kit.layouts import Asked, Choices, TickWithWords, form_helper
from kit.text import MarkdownField, PlainCharField
from kit.times import day_words, local

NOTE_LENGTH = 160
INTERPRETERS_CODE = "bsl"


class EventAccessForm(PublicWords, EventPage):
    interpreters_by = moments.day_field(gettext_lazy("Ask for interpreters by"))

    class Meta:
        model = Event
        fields = ["access_note", "interpreters_by"]
        formfield_callback = plain_field
        field_classes = {"access_note": MarkdownField}
        widgets = {"access_note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "access_note": gettext_lazy(
                "Whatever helps to decide: how long without a break, how bright, how loud, what is not there."
            )
        }
        error_messages = {
            "access_note": {"max_length": gettext_lazy("Shorten this to %(limit_value)s characters or fewer")}
        }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.groups = event.access_groups()
        self.before = {line.code: line.note for line in event.in_place.all()}
        super().__init__(*args, event=event, **kwargs)
        for option in self._options():
            is_there = option.code in self.before
            self.fields[_tick(option.code)] = forms.BooleanField(
                required=False, label=option.label, initial=is_there
            )
            self.fields[_note(option.code)] = _note_field(option.label, self.before.get(option.code, ""))
        self.public_fields = ("access_note", *(_note(option.code) for option in self._options()))
        self.fields["interpreters_by"].help_text = self._interpreters_hint()
        let_people_paste(self)

    @cached_property
    def helper(self) -> FormHelper:
        in_place = (
            Choices(group.title, *(TickWithWords(_tick(one.code), _note(one.code)) for one in group.options))
            for group in self.groups
        )
        return form_helper(*in_place, "access_note", "interpreters_by", Asked("meeting_address"))

    def clean_interpreters_by(self) -> Any:
        self.instance.interpreters_by = self.cleaned_data["interpreters_by"]
        if misfit := event_times.misfits(self.instance, Dates.of(self.event)).get("interpreters_by"):
            raise ValidationError(misfit.words)
        return self.instance.interpreters_by

    def clean(self) -> dict[str, Any]:
        super().clean()
        for option in self._options():
            if self.cleaned_data.get(_note(option.code)) and not self.cleaned_data.get(_tick(option.code)):
                words = _("Tick “%(option)s” if it is in place, or empty this box")
                self.add_error(_note(option.code), words % {"option": option.label})
        return self.cleaned_data

    def words_of(self, event: Event) -> dict[str, str]:
        is_mine = event is self.instance and self.is_bound
        in_place = self._ticked() if is_mine else {line.code: line.note for line in event.in_place.all()}
        lines = (f"{code}: {note}" if note else code for code, note in in_place.items())
        return super().words_of(event) | {"in_place": joined(lines)}

    def label_of(self, name: str) -> str:
        return _("In place") if name == "in_place" else super().label_of(name)

    def saved_fields(self) -> list[str]:
        return [*super().saved_fields(), *(("join_address", "join_help") if self.has_moved_address else ())]

    def _write(self) -> Event:
        return events.save(
            self.instance,
            fields=self.saved_fields(),
            in_place=self._ticked(),
        )

    def _ticked(self) -> dict[str, str]:
        given = self.cleaned_data
        return {
            option.code: given.get(_note(option.code), "")
            for option in self._options()
            if given.get(_tick(option.code))
        }

    def _options(self) -> list[Any]:
        return [option for group in self.groups for option in group.options]

    def _interpreters_hint(self) -> str:
        days, starts_at = offered_lead_times().get(INTERPRETERS_CODE), self.event.starts_at
        hint = _("The last day on which you can still book them.")
        if not days or starts_at is None:
            return hint
        by = working_days_before(local(starts_at, self.event.time_zone).date(), days)
        usual = ngettext(
            "This hub needs one working day: that would be %(day)s.",
            "This hub needs %(days)s working days: that would be %(day)s.",
            days,
        )
        return f"{hint} {usual % {'days': days, 'day': day_words(by)}}"


def _tick(code: str) -> str:
    return f"has_{code}"


def _note(code: str) -> str:
    return f"words_{code}"


def _note_field(label: Any, initial: str) -> PlainCharField:
    return PlainCharField(
        required=False,
        label=format_html('{}<span class="vh">: {}</span>', _("In your words"), label),
        initial=initial,
        max_length=NOTE_LENGTH,
        error_messages={"max_length": gettext_lazy("Shorten this to %(limit_value)s characters or fewer")},
    )
