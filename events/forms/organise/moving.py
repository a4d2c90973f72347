"""What hangs on the dates of an event, asked on the page where they change: where each time moves to."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from events.actions import timetable
from events.actions.timetable import Dates, Following, Time
from events.forms.organise import moments
from events.models import Event
from kit.layouts import Asked, Group, Row, form_helper
from kit.times import day_words, local, moment_words

PREFIX = "moves"
# The hidden input that says for which times the page asked, and what it had filled in.
FILLED = f"{PREFIX}-filled"


class MovingTimes(forms.Form):
    """A day and a time for each that follows, filled in. It is answered (bound) when it was sent with what would be
    filled in now; else it asks, and keeps what somebody had typed instead."""

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        event: Event,
        followers: Sequence[Following],
        before: Dates,
        after: Dates,
    ) -> None:
        self.event, self.followers, self.before, self.after = event, followers, before, after
        filled = _filled(data)
        is_answered = filled == self._to_fill_in()
        super().__init__(data if is_answered else None, prefix=PREFIX)
        for one in followers:
            self._add(one)
            self.initial.update(self._shown(one) | ({} if is_answered else _typed(one, data, filled)))

    @cached_property
    def helper(self) -> FormHelper:
        along = [one for one in self.followers if not one.misfit]
        not_any_more = [one for one in self.followers if one.misfit]
        return form_helper(
            *self._group(_("These move along"), along),
            *self._group(_("These do not fit any more"), not_any_more),
        )

    @property
    def filled(self) -> str:
        """The content of the hidden input FILLED."""
        return json.dumps(self._to_fill_in())

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = {one: self._value(one) for one in self.followers}
        for times, row in {
            (id(one.times), one.row.pk): (one.times, one.row) for one in self.followers
        }.values():
            theirs = {one.field: one for one in self.followers if one.is_of(times, row)}
            typed = {field: values[one] for field, one in theirs.items()}
            self._refuse(theirs, timetable.misfits(times, row, self.after, typed))
        self.cleaned_data["times"] = {one.key: at for one, at in values.items()}
        return self.cleaned_data

    def _refuse(self, theirs: Mapping[str, Following], wrong: Mapping[str, timetable.Misfit]) -> None:
        """Each sentence once, at its time, or at one beside it when its own stays as it is."""
        beside = next(iter(theirs.values()))
        for words, field in {misfit.words: field for field, misfit in wrong.items()}.items():
            name = f"{theirs.get(field, beside).key}_on"
            if name not in self.errors:
                self.add_error(name, words)

    def _value(self, one: Following) -> Time | None:
        if _is_day(one):
            return self.cleaned_data.get(f"{one.key}_on")
        return moments.typed(self, one.key, self.after.zone)

    def _add(self, one: Following) -> None:
        self.fields[f"{one.key}_on"] = moments.day_field(one.label, help_text=self._hint(one))
        if not _is_day(one):
            self.fields[one.key] = moments.clock_field(_("%(what)s: time") % {"what": one.label})
            self.fields[f"{one.key}_which"] = moments.which_field(_("Which of the two?"))

    def _hint(self, one: Following) -> str:
        at = one.was
        was = moment_words(at, self.before.zone) if isinstance(at, datetime) else day_words(at)
        return " ".join(filter(None, (_("Until now: %(time)s.") % {"time": was}, one.misfit)))

    def _group(self, legend: str, followers: Sequence[Following]) -> list[Group]:
        hint = _("Change what is filled in, or leave it empty for no such time.")
        rows = (self._row(one) for one in followers)
        return [Group(legend, *(part for row in rows for part in row), hint=hint)] if followers else []

    def _row(self, one: Following) -> list[Any]:
        if _is_day(one):
            return [f"{one.key}_on"]
        return [Row(f"{one.key}_on", one.key), Asked(f"{one.key}_which")]

    def _shown(self, one: Following) -> dict[str, Any]:
        if isinstance(one.at, datetime):
            return moments.initial(one.key, one.at, self.after.zone, day=f"{one.key}_on")
        return {f"{one.key}_on": one.at}

    def _to_fill_in(self) -> dict[str, str]:
        return {one.key: _written(one.at, self.after.zone) for one in self.followers}


def carried(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was typed for times that follow, for a page that does not show them now and must not lose it."""
    return [(name, data[name]) for name in data if name.startswith(f"{PREFIX}-")]


def _typed(one: Following, data: Mapping[str, Any], filled: Mapping[str, str]) -> dict[str, Any]:
    """What somebody typed instead of what had been filled in; {} when they left it."""
    names = [f"{one.key}_on"] if _is_day(one) else [f"{one.key}_on", one.key]
    given = {name: data.get(f"{PREFIX}-{name}", "") for name in names}
    is_their_own = one.key in filled and "T".join(filter(None, given.values())) != filled[one.key]
    return given if is_their_own else {}


def _filled(data: Mapping[str, Any]) -> dict[str, str]:
    """What the page had filled in when it was sent; {} for what no page of ours has written."""
    try:
        filled = json.loads(data.get(FILLED, ""))
    except (ValueError, RecursionError):
        return {}
    return filled if isinstance(filled, dict) else {}


def _written(at: Time | None, zone: str) -> str:
    """As browsers send it: the day, and the time to the minute."""
    if at is None:
        return ""
    return f"{local(at, zone):%Y-%m-%dT%H:%M}" if isinstance(at, datetime) else at.isoformat()


def _is_day(one: Following) -> bool:
    return not isinstance(one.was, datetime)
