"""Days and times of day that people type, made into instants of the event's zone.

A time that the clocks skip is refused; one that they show twice is asked about in a field `<name>_which`.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit import times
from kit.forms import DateInput, TimeInput

FIRST, SECOND = "0", "1"
SIDES = [
    (FIRST, gettext_lazy("The first, before the clocks go back")),
    (SECOND, gettext_lazy("The second, after the clocks have gone back")),
]


def day_field(label: Any, *, required: bool = False, **kwargs: Any) -> forms.DateField:
    wrong = gettext_lazy("Enter the date as day, month and year, for example 3/5/2030")
    messages = {"required": gettext_lazy("Enter the date"), "invalid": wrong}
    return forms.DateField(
        label=label, required=required, widget=DateInput, error_messages=messages, **kwargs
    )


def clock_field(label: Any, *, required: bool = False, words: Any = "", **kwargs: Any) -> forms.TimeField:
    wrong = gettext_lazy("Enter the time as hours and minutes, for example 15:30")
    messages = {"required": words, "invalid": wrong}
    return forms.TimeField(
        label=label, required=required, widget=TimeInput, error_messages=messages, **kwargs
    )


def which_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=SIDES, required=False, widget=forms.RadioSelect)


def typed(form: forms.BaseForm, name: str, zone: str) -> datetime | None:
    """The instant of the fields `<name>_on` and `name`, or None: both were left empty, or what is wrong is said there."""
    on, at = form.cleaned_data.get(f"{name}_on"), form.cleaned_data.get(name)
    if at and not on and f"{name}_on" not in form.errors:
        form.add_error(f"{name}_on", _("Enter the date as well, or leave both empty"))
    if on and not at and name not in form.errors:
        form.add_error(name, _("Enter the time as well, or leave both empty"))
    return instant(form, name, on, at, zone)


def end_day(last: date | None, start: time | None, end: time | None) -> date | None:
    """The day on which something ends whose last day is `last`. From midnight to midnight is all of that day."""
    return last + timedelta(days=1) if last and start == end == times.MIDNIGHT else last


def instant(form: forms.BaseForm, name: str, on: date | None, at: time | None, zone: str) -> datetime | None:
    """The instant, or None with the reason said at the field `name` (or `<name>_which`)."""
    if on is None or at is None:
        return None
    which = form.cleaned_data.get(f"{name}_which")
    try:
        return times.make_instant(on, at, zone, fold=int(which) if which else None)
    except times.DoubledTime as doubled:
        form.fields[f"{name}_which"].required = True
        form.add_error(f"{name}_which", str(doubled))
    except times.UnusableTime as unusable:
        form.add_error(name, str(unusable))
    return None


def initial(name: str, at: datetime | None, zone: str, *, day: str) -> dict[str, Any]:
    """What the fields `day`, `name` and `<name>_which` show for an instant."""
    if at is None:
        return {}
    shown = times.local(at, zone)
    return {
        day: shown.date(),
        name: shown.time(),
        f"{name}_which": str(shown.fold) if is_doubled(at, zone) else "",
    }


def is_doubled(at: datetime, zone: str) -> bool:
    shown = times.local(at, zone)
    first, second = (shown.replace(fold=side).astimezone(times.UTC) for side in (0, 1))
    return first < second
