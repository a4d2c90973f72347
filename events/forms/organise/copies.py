"""The same event again on other days: the rule that gives them, the days, and what else each copy takes."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from itertools import islice
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import copying
from events.actions.copying import Taken
from events.forms.organise import moments
from events.models import Event
from kit.layouts import Choices, Group, Included, Row, form_helper
from kit.monthly import LAST, Monthly
from kit.text import PlainTextField
from kit.times import UnusableTime, day_words, local, zone_words

MOST = 36
# So far ahead the page looks at first.
HALF_A_YEAR = timedelta(days=183)
PLACES = [
    (1, gettext_lazy("First")),
    (2, gettext_lazy("Second")),
    (3, gettext_lazy("Third")),
    (4, gettext_lazy("Fourth")),
    (LAST, gettext_lazy("Last")),
]
NOT_ON_LIST = {
    "required": gettext_lazy("Choose one from the list"),
    "invalid_choice": gettext_lazy("Choose one from the list"),
}


class RuleForm(forms.Form):
    """Which day of each month, at which time, and until when."""

    place = forms.TypedChoiceField(
        label=gettext_lazy("Which one"), choices=PLACES, coerce=int, error_messages=NOT_ON_LIST
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the week"),
        choices=[*WEEKDAYS.items()],
        coerce=int,
        error_messages=NOT_ON_LIST,
    )
    start = moments.clock_field(gettext_lazy("Start"), required=True, words=gettext_lazy("Enter the start"))
    until = moments.day_field(gettext_lazy("Until"), required=True)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event, self.first = event, local(event.starts_at or timezone.now(), event.time_zone)
        kwargs["initial"] = self.as_before() | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def as_before(self) -> dict[str, Any]:
        """The rule by which the event itself would be found."""
        rule = Monthly.of(self.first.date())
        return {
            "place": rule.place,
            "weekday": rule.weekday,
            "start": self.first.time(),
            "until": self.last_day + HALF_A_YEAR,
        }

    @property
    def last_day(self) -> date:
        """The copies come after it: today, or the event itself."""
        return max(self.first.date(), local(timezone.now(), self.event.time_zone).date())

    def days_of(self, values: Mapping[str, Any]) -> list[date]:
        rule = Monthly(values["place"], values["weekday"])
        return [*islice(rule.days(self.last_day, values["until"]), MOST)]


class CopiesForm(RuleForm):
    """`days` are offered as ticks: those of the rule, and what was ticked before."""

    days = forms.TypedMultipleChoiceField(
        required=False,
        label=gettext_lazy("Dates"),
        help_text=gettext_lazy("Take the tick off where it does not take place."),
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--two"}),
    )
    more = PlainTextField(
        required=False,
        label=gettext_lazy("Other dates, one a line"),
        help_text=gettext_lazy("As day, month and year: 3/5/2030"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    picture = forms.BooleanField(required=False, initial=True, label=gettext_lazy("The picture"))
    window = forms.BooleanField(
        required=False,
        initial=True,
        label=gettext_lazy("When registration opens and closes, as long before the date"),
    )
    feedback = forms.BooleanField(
        required=False, initial=True, label=gettext_lazy("The questions afterwards")
    )
    way_in = forms.BooleanField(
        required=False,
        label=gettext_lazy("The way into the meeting"),
        help_text=gettext_lazy("Whoever has it from one event can go into the next with it."),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        for name, is_there in (("picture", event.picture), ("way_in", event.join_address)):
            if not is_there:
                del self.fields[name]
        rule = {name: self._shown(name) for name in RuleForm.base_fields}
        offered = {*self._typed_days(), *(self.days_of(rule) if None not in rule.values() else [])}
        there = copying.days_there_already(event, offered, rule["start"] or self.first.time())
        self.fields["days"].choices = [(day.isoformat(), self._words(day, there)) for day in sorted(offered)]
        self.initial.setdefault("days", [day.isoformat() for day in offered - there])

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(
                _("Which day of each month?"),
                Row("place", "weekday"),
                Row("start", "until"),
                Included("organise/_show_dates.html"),
                hint=_("Times are %(zone)s, also when the clocks change.")
                % {"zone": zone_words(self.event.time_zone)},
            ),
            "days",
            "more",
            Choices(_("What each copy takes too"), "picture", "window", "feedback", "way_in"),
        )

    @property
    def taken(self) -> Taken:
        ticks = ("picture", "window", "feedback", "way_in")
        return Taken(**{name: self.cleaned_data.get(name, False) for name in ticks})

    def clean_more(self) -> list[date]:
        lines = (line.strip() for line in self.cleaned_data["more"].splitlines())
        return [_day(line) for line in lines if line]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days = sorted({*cleaned.get("days", []), *cleaned.get("more", [])})
        if not self.errors and not days:
            self.add_error("days", _("Tick at least one date, or enter one"))
        if len(days) > MOST:
            self.add_error("days", _("Make at most %(most)s copies at once") % {"most": MOST})
        if start := cleaned.get("start"):
            self._refuse_unusable(days, start)
        return cleaned | {"all_days": days}

    def _refuse_unusable(self, days: list[date], start: time) -> None:
        for day in days:
            try:
                spans = copying.spans_on(self.event, day, start)
            except UnusableTime as unusable:
                self.add_error("days", f"{day_words(day)}: {unusable}")
            else:
                if spans[0][1] <= timezone.now():
                    self.add_error("days", _("%(day)s is over") % {"day": day_words(day)})

    def _shown(self, name: str) -> Any:
        """What a field of the rule holds, as far as it can be read."""
        field = self.fields[name]
        try:
            return field.clean(self[name].value())
        except ValidationError:
            return None

    def _typed_days(self) -> list[date]:
        typed = self.data.getlist("days") if self.is_bound else []
        return [day for text in typed[:MOST] if (day := _iso(text))]

    def _words(self, day: date, there: set[date]) -> str:
        if day in there:
            return _("%(day)s (there is one already)") % {"day": day_words(day)}
        return day_words(day)


def _day(line: str) -> date:
    try:
        found = forms.DateField().clean(line)
    except ValidationError:
        found = None
    if found is None:
        words = _("Enter each date as day, month and year, for example 3/5/2030. This is none: %(line)s")
        raise ValidationError(words % {"line": line[:40]})
    return found


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
