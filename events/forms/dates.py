"""To which dates somebody can come: a question that several forms ask."""

from collections.abc import Collection, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from events.actions.dates import NotTheseDates, asked_about, refuse_unless_enough
from events.models import Event, Session
from events.pages.dates import Clash, day_of, hours_of, places_elsewhere
from kit.layouts import Folded, Included, form_helper
from kit.option_layouts import Question
from people.models import Person


class DateToTick:
    """The label of a date: its day and hours, what happens then, and what else is on."""

    def __init__(self, session: Session, event: Event, clashes: Sequence[Clash]) -> None:
        session.event = event
        self.title, self.day, self.clashes = session.title, day_of(session), clashes
        self.hours = hours_of(session.starts_at, session.ends_at, event.time_zone)

    def __str__(self) -> str:
        return f"{self.day}, {self.hours}"


class DatesToTick(forms.CheckboxSelectMultiple):
    option_template_name = "events/_date_to_tick.html"


class DatesQuestion:
    """Adds to a form the question which dates somebody can come to. The form calls `clean` in its own, draws its `parts`,
    and gives `chosen` to events.actions.dates.say_dates. `person`: whoever is known to be the one who is asked; they see
    what else they have on these days."""

    def __init__(self, form: forms.Form, event: Event, person: Person | None = None) -> None:
        self.form, self.event = form, event
        self.asked = asked_about(event, timezone.now())
        clashes = places_elsewhere(person, event, self.asked) if person else {}
        labels = [(date.pk, DateToTick(date, event, clashes.get(date.pk, ()))) for date in self.asked]
        form.fields["dates"] = forms.TypedMultipleChoiceField(
            coerce=int,
            choices=labels,
            label=self._legend(),
            help_text=self._hint(),
            widget=DatesToTick(attrs={"class": "choices--dates"}),
            error_messages={
                "required": self._refusal(),
                "invalid_choice": _("A date has changed meanwhile. Tick the dates as they are now"),
            },
        )

    @property
    def parts(self) -> list[Question]:
        if not self.event.needs_every_date:
            return [Question("dates", "dates")]
        way_out = Included("events/_not_every_date.html", event=self.event)
        is_open = "dates" in self.form.errors
        return [
            Question("dates", "dates", Folded(_("One of them is not possible"), way_out, is_open=is_open))
        ]

    def answers(self) -> dict[str, Any]:
        """What it adds to events.actions.entering.Answers."""
        return {"dates": self.chosen}

    def clean(self) -> None:
        if "dates" in self.form.cleaned_data:
            try:
                refuse_unless_enough(self.event, self.asked, set(self.chosen))
            except NotTheseDates:
                self.refuse()

    def refuse(self) -> None:
        """Say what is wrong with what was ticked, also where it turned out only while it was written."""
        self.form.add_error("dates", self._refusal())

    @property
    def chosen(self) -> Collection[int]:
        chosen: Collection[int] = self.form.cleaned_data["dates"]
        return chosen

    def _legend(self) -> str:
        number = len(self.asked)
        if not self.event.needs_every_date:
            return _("Which dates can you come to?")
        if number == 1:
            return _("Can you come to the date that is left?")
        words = _("Can you come to both?") if number == 2 else _("Can you come to all %(number)s?")
        return words % {"number": apnumber(number)}

    def _hint(self) -> str:
        if self.event.needs_every_date:
            return _("Tick each one. A place is for all of them, as they build on each other.")
        return _("Tick at least one. You can tell us later if it changes.")

    def _refusal(self) -> str:
        if self.event.needs_every_date:
            return _(
                "Tick every date. If one is not possible, open “One of them is not possible” below the dates"
            )
        return _("Tick at least one date")


class DatesForm(forms.Form):
    """The question by itself, beside a button."""

    def __init__(self, *args: Any, event: Event, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = DatesQuestion(self, event, person)

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(*self.dates.parts)

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        self.dates.clean()
        return self.cleaned_data
