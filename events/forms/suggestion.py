"""An event that a visitor suggests, and the organisers' words when it is not taken up."""

from datetime import datetime, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.suggestions import Typed
from events.forms.organise import moments
from kit.attempts import Trapped
from kit.forms import email_field, line_field, text_field
from kit.layouts import Asked, OneGroup, form_helper
from kit.option_layouts import Trap
from kit.times import zone_words
from people.models import Group

AN_HOUR = timedelta(hours=1)


class SuggestionForm(Trapped):
    title = line_field(
        gettext_lazy("What is it called?"),
        max_length=140,
        enter=gettext_lazy("Enter what the event is called"),
    )
    day = moments.day_field(gettext_lazy("Date"), required=True)
    start = moments.clock_field(gettext_lazy("Start"), required=True, words=gettext_lazy("Enter the start"))
    start_which = moments.which_field(gettext_lazy("Which start do you mean?"))
    end = moments.clock_field(gettext_lazy("End"), help_text=gettext_lazy("If you know it."))
    end_which = moments.which_field(gettext_lazy("Which end do you mean?"))
    where = line_field(
        gettext_lazy("Where is it?"),
        gettext_lazy("The name of the place and its address, or “online”."),
        max_length=200,
        enter=gettext_lazy("Enter where it is, or “online”"),
    )
    organised_by = line_field(
        gettext_lazy("Who organises it?"),
        max_length=140,
        enter=gettext_lazy("Enter who organises it"),
    )
    words = text_field(
        gettext_lazy("What is it about, and who is it for?"),
        gettext_lazy("A few sentences. How people get there and what is in place for access help too."),
        max_length=2000,
        enter=gettext_lazy("Write a few sentences about it"),
    )
    name = line_field(
        gettext_lazy("Your name"),
        gettext_lazy("Only the organisers see it."),
        max_length=100,
        enter=gettext_lazy("Enter your name"),
        autocomplete="name",
    )
    email = email_field(
        gettext_lazy("Your email address"),
        gettext_lazy("We write to it to make sure that it is yours, and to tell you what became of it."),
    )

    def __init__(self, *args: Any, group: Group, **more: Any) -> None:
        super().__init__(*args, **more)
        self.zone = group.time_zone
        self.fields["start"].help_text = _("In %(zone)s.") % {"zone": zone_words(self.zone)}

    @cached_property
    def helper(self) -> FormHelper:
        when = ("day", "start", Asked("start_which"), "end", Asked("end_which"))
        who = ("organised_by", "words", "name", "email")
        return form_helper("title", *when, "where", *who, Trap("website"), "made")

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        typed = self.cleaned_data
        typed["starts_at"] = moments.instant(self, "start", typed.get("day"), typed.get("start"), self.zone)
        typed["ends_at"] = self._end(typed["starts_at"])
        if typed["starts_at"] and typed["starts_at"] <= timezone.now():
            self.add_error("day", _("Enter a date that is still to come"))
        return typed

    def _end(self, starts_at: datetime | None) -> datetime | None:
        """As typed; the next day when that is before the start; an hour later when nobody knows."""
        day, end = self.cleaned_data.get("day"), self.cleaned_data.get("end")
        if starts_at is None or day is None:
            return None
        if end is None:
            return starts_at + AN_HOUR
        ends_at = moments.instant(self, "end", day, end, self.zone)
        if ends_at and ends_at <= starts_at:
            ends_at = moments.instant(self, "end", day + timedelta(days=1), end, self.zone)
        return ends_at

    @property
    def typed(self) -> Typed:
        names = ("title", "starts_at", "ends_at", "where", "organised_by", "words", "name", "email")
        return Typed(**{name: self.cleaned_data[name] for name in names})


class DeclineForm(OneGroup, forms.Form):
    answer = text_field(
        gettext_lazy("Your words to whoever suggested it"),
        gettext_lazy(
            "They get them by email. Thank them, and say kindly why not, or where it would fit better."
        ),
        max_length=1000,
        enter=gettext_lazy("Write a few words"),
    )
