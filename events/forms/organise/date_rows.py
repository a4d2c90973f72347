"""The rows of the dates page: one a date, with a tick to remove it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.access_needs import let_people_paste
from events.forms.organise import moments
from events.forms.organise.public_words import PublicWords
from events.models import Event, Session, Venue
from events.models.session import LONGEST
from kit.layouts import Asked, Folded, Row, is_asked, row_helper
from kit.text import PlainCharField, PlainTextField
from kit.times import local

# A row has fourteen fields; Django takes a thousand from one form (DATA_UPLOAD_MAX_NUMBER_FIELDS).
MOST_DATES = 60
MOVE, LEAVE = "move", "leave"
AGENDA_TIMES = [(MOVE, gettext_lazy("Move them along")), (LEAVE, gettext_lazy("Leave them as they are"))]
TOO_LONG = gettext_lazy("Shorten this to %(limit_value)s characters or fewer")


class DateRow(PublicWords):
    """One date. `session` is the one it changes; None for a new one. A row that was left blank is no date."""

    public_fields = ("title", "agenda")
    place = 1  # among the rows of the page

    number = forms.IntegerField(required=False, min_value=1, max_value=32_000, widget=forms.HiddenInput)
    date = moments.day_field(gettext_lazy("Date"), required=True)
    start = moments.clock_field(gettext_lazy("Start"), required=True, words=gettext_lazy("Enter the start"))
    start_which = moments.which_field(gettext_lazy("Which start do you mean?"))
    end = moments.clock_field(gettext_lazy("End"), required=True, words=gettext_lazy("Enter the end"))
    end_which = moments.which_field(gettext_lazy("Which end do you mean?"))
    last_day = moments.day_field(
        gettext_lazy("Last day"), help_text=gettext_lazy("Only if it ends on another day.")
    )
    title = PlainCharField(
        required=False,
        label=gettext_lazy("Title of this date"),
        help_text=gettext_lazy("Only if it has one of its own."),
        max_length=140,
        error_messages={"max_length": TOO_LONG},
    )
    agenda = PlainTextField(
        required=False,
        label=gettext_lazy("How it runs"),
        help_text=gettext_lazy("A line for each part, with its time if you like: 15:20 Choose a room"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
    agenda_times = forms.ChoiceField(
        required=False,
        label=gettext_lazy("The times in how it runs"),
        choices=AGENDA_TIMES,
        widget=forms.RadioSelect,
    )
    venue = forms.ModelChoiceField(
        Venue.objects.none(),
        required=False,
        label=gettext_lazy("Venue of this date"),
        error_messages={"invalid_choice": gettext_lazy("Choose a venue from the list")},
    )
    is_past_on_purpose = forms.BooleanField(
        required=False, label=gettext_lazy("Yes, this date is in the past")
    )

    def __init__(
        self, *args: Any, event: Event, zone: str, sessions: Mapping[int, Session], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instance, self.event, self.zone, self.sessions = event, event, zone, sessions
        self.starts_at: datetime | None = None
        self.ends_at: datetime | None = None
        if event.is_in_person:
            self.fields["venue"].queryset = Venue.objects.filter(group=event.group)
            self.fields["venue"].empty_label = _("The event's own")
        else:
            del self.fields["venue"]
        let_people_paste(self)

    @cached_property
    def helper(self) -> FormHelper:
        title = ["title"] if self.has_own_title else []
        return row_helper(
            _("Date %(number)s") % {"number": self.place},
            Row("date", "start", "end"),
            Asked("start_which", "end_which", "is_past_on_purpose"),
            *title,
            Folded(
                _("How it runs, and more") if title else _("Title, how it runs, and more"),
                "last_day",
                *([] if title else ["title"]),
                "agenda",
                Asked("agenda_times"),
                "venue",
                Asked("meeting_address"),
                is_open=self.has_more,
            ),
            *(["DELETE"] if self.is_saved else []),
            "number",
        )

    @property
    def session(self) -> Session | None:
        number = getattr(self, "cleaned_data", {}).get("number")
        return self.sessions.get(number) if number else None

    @property
    def is_saved(self) -> bool:
        """Whether the row stands for a date that is in the database: only such a row can be removed."""
        return bool(self["number"].value())

    @property
    def has_more(self) -> bool:
        """Whether something stands in the part of the row that is folded away."""
        folded = {
            "last_day",
            "title",
            "agenda",
            "agenda_times",
            "venue",
            "meeting_address",
        } & self.fields.keys()
        return any(is_asked(self[name]) for name in folded - ({"title"} if self.has_own_title else set()))

    @property
    def has_own_title(self) -> bool:
        """Whether each date has one, as those of a programme do: it stands beside its times then."""
        return self.event.kind == Event.Kind.PROGRAMME

    def lacks(self, name: str) -> bool:
        """Whether this field is on the page and was left empty."""
        return name in self.fields and not self.cleaned_data.get(name)

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        first, last = given.get("date"), given.get("last_day") or given.get("date")
        self.starts_at = moments.instant(self, "start", first, given.get("start"), self.zone)
        last = moments.end_day(last, given.get("start"), given.get("end"))
        self.ends_at = moments.instant(self, "end", last, given.get("end"), self.zone)
        if self.starts_at and self.ends_at:
            self._refuse_end_before_start(self.starts_at, self.ends_at)
            self._ask_about_past(self.starts_at)
            self._move_agenda(self.starts_at)
        return given

    def written(self) -> Session:
        """The session as typed, not saved yet."""
        session = self.session or Session(event=self.event)
        session.starts_at, session.ends_at = cast(datetime, self.starts_at), cast(datetime, self.ends_at)
        session.title, session.agenda = self.cleaned_data["title"], self.cleaned_data["agenda"]
        session.venue = self.cleaned_data.get("venue") if "venue" in self.fields else session.venue
        return session

    def _refuse_end_before_start(self, starts_at: datetime, ends_at: datetime) -> None:
        if ends_at - starts_at > LONGEST:
            self.add_error("last_day", _("One date lasts two months at most. Make it several dates"))
        if ends_at > starts_at:
            return
        if self.cleaned_data.get("last_day"):
            self.add_error("last_day", _("The last day must not be before the date"))
        else:
            self.add_error(
                "end", _("The end must be after the start. If it ends on another day, give the last day")
            )

    def _ask_about_past(self, starts_at: datetime) -> None:
        is_as_before = self.session is not None and self.session.starts_at == starts_at
        if starts_at < timezone.now() and not is_as_before and not self.cleaned_data["is_past_on_purpose"]:
            self.add_error("is_past_on_purpose", _("This date is in the past. Tick the box if that is right"))

    def _move_agenda(self, starts_at: datetime) -> None:
        """Let the times of day in how it runs move with the start, or ask. What somebody wrote anew stays."""
        session = self.session
        if session is None or self.cleaned_data.get("agenda") != session.agenda:
            return
        before, now = local(session.starts_at, self.event.time_zone), local(starts_at, self.zone)
        later = timedelta(hours=now.hour - before.hour, minutes=now.minute - before.minute)
        moved, answer = session.agenda_moved_by(later), self.cleaned_data.get("agenda_times")
        if later and moved != session.agenda and not answer:
            words = _(
                "The start is another one, and the times in how it runs are not. Say whether they move along"
            )
            self.add_error("agenda_times", words)
        if answer == MOVE:
            self.cleaned_data["agenda"] = moved


class DateRows(forms.BaseFormSet):
    default_error_messages = {
        "missing_management_form": gettext_lazy("The page did not arrive whole. Please send it again"),
        "too_many_forms": gettext_lazy("An event can have at most %(num)d dates"),
        "too_few_forms": gettext_lazy("Add at least %(num)d date"),
    }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        super().__init__(*args, **kwargs)

    def filled(self) -> list[DateRow]:
        """Rows that stand for a date, without those to be removed."""
        return [row for row in self.forms if row.has_changed() and row not in self.deleted_forms]

    def clean(self) -> None:
        if self.event.is_public and not self.filled():
            raise ValidationError(
                _("A published event needs a date. If it does not take place, cancel the event instead")
            )

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this date")
        form.place = (index or 0) + 1


RowSet: Any = forms.formset_factory(
    DateRow,
    formset=DateRows,
    extra=0,
    can_delete=True,
    max_num=MOST_DATES,
    absolute_max=MOST_DATES + 20,
    validate_max=True,
)
