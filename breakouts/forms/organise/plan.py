"""How an event runs its rooms: what people may do beforehand, how large rooms are, from when to when they meet."""

from datetime import date, datetime, time, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions import plan_times, plans
from breakouts.forms.organise.opened import OpenedForm
from breakouts.forms.organise.seats import seats_field
from breakouts.models import BreakoutPlan
from events.actions.timetable import Dates
from events.forms.organise import moments
from kit.forms import line_field, text_field
from kit.layouts import Asked, Group, Row, form_helper
from kit.times import zone_words
from people.models import Person

WHICH = gettext_lazy("Which of the two?")
# Where this page says what makes no sense.
FIELDS = {
    "topics_until": "topics",
    "choices_until": "choices",
    "rooms_start_at": "begin",
    "rooms_end_at": "end",
}


class BreakoutPlanForm(OpenedForm):
    topics_on = moments.day_field(gettext_lazy("Topics until"))
    topics = moments.clock_field(gettext_lazy("Time"))
    topics_which = moments.which_field(WHICH)
    choices_on = moments.day_field(gettext_lazy("Changes until"))
    choices = moments.clock_field(gettext_lazy("Time"))
    choices_which = moments.which_field(WHICH)
    rooms_on = moments.day_field(gettext_lazy("Day of the rooms"))
    begin = moments.clock_field(gettext_lazy("Rooms begin"))
    begin_which = moments.which_field(WHICH)
    end = moments.clock_field(gettext_lazy("Rooms end"))
    end_which = moments.which_field(WHICH)
    seats = seats_field(
        gettext_lazy("People in a room"),
        gettext_lazy("Leave this empty if there is no limit. A room can have its own number."),
    )
    brief = text_field(
        gettext_lazy("What matters to us"),
        gettext_lazy("Hosts read this on their own page."),
        required=False,
    )
    opening_words = text_field(
        gettext_lazy("Words to open with"),
        gettext_lazy("For hosts who would like to read something out at the start."),
        required=False,
    )
    call_name = line_field(
        gettext_lazy("Whom to call on the day"),
        gettext_lazy("Hosts and helpers see this on their own pages."),
        required=False,
        max_length=100,
        autocomplete="off",
    )
    call_phone = line_field(
        gettext_lazy("Phone on the day"), required=False, max_length=40, autocomplete="off", inputmode="tel"
    )

    class Meta:
        model = BreakoutPlan
        fields = [
            "takes_topics",
            "takes_questions",
            "takes_choices",
            "seats",
            "brief",
            "opening_words",
            "call_name",
            "call_phone",
        ]
        labels = {
            "takes_topics": gettext_lazy("People may propose topics"),
            "takes_questions": gettext_lazy("People may ask questions before they register"),
            "takes_choices": gettext_lazy("People choose a room beforehand"),
        }
        help_texts = {
            "takes_topics": gettext_lazy("You decide about each before anybody else sees it."),
            "takes_questions": gettext_lazy("You answer them for everybody, on the event's page."),
            "takes_choices": gettext_lazy("Without this, they decide on the day."),
        }

    def __init__(self, *args: Any, row: BreakoutPlan, **kwargs: Any) -> None:
        zone, begins = row.event.time_zone, row.rooms_start_at or row.event.starts_at
        kwargs["initial"] = {
            **moments.initial("topics", row.topics_until, zone, day="topics_on"),
            **moments.initial("choices", row.choices_until, zone, day="choices_on"),
            **moments.initial("end", row.rooms_end_at, zone, day="rooms_on"),
            **moments.initial("begin", begins, zone, day="rooms_on"),
        }
        if not row.rooms_start_at:
            kwargs["initial"].pop("begin", None)
        super().__init__(*args, row=row, **kwargs)

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(self._beforehand(), self._rooms_group(), self._for_hosts())

    def clean(self) -> dict[str, Any]:
        super().clean()
        zone = self.event.time_zone
        self.instance.topics_until = moments.typed(self, "topics", zone)
        self.instance.choices_until = moments.typed(self, "choices", zone)
        self.instance.rooms_start_at, self.instance.rooms_end_at = self._rooms()
        self._refuse_senseless_times()
        return self.cleaned_data

    def saved_fields(self) -> list[str]:
        moments_too = ["topics_until", "choices_until", "rooms_start_at", "rooms_end_at"]
        return [*super().saved_fields(), *moments_too]

    def write(self, by: Person) -> None:
        self.instance.event = self.row.event
        plans.save(self.instance, fields=self.saved_fields())

    def _beforehand(self) -> Group:
        words = _("All times are %(zone)s. Leave a time empty for none.")
        return Group(
            _("Beforehand"),
            "takes_topics",
            Row("topics_on", "topics"),
            Asked("topics_which"),
            "takes_questions",
            "takes_choices",
            Row("choices_on", "choices"),
            Asked("choices_which"),
            hint=words % {"zone": zone_words(self.event.time_zone)},
        )

    def _rooms_group(self) -> Group:
        return Group(
            _("The rooms"),
            "rooms_on",
            Row("begin", "end"),
            Asked("begin_which", "end_which"),
            "seats",
            hint=_("Hosts see when the rooms end, so that nobody is cut off."),
        )

    def _for_hosts(self) -> Group:
        return Group(
            _("For hosts and helpers"),
            "brief",
            "opening_words",
            "call_name",
            "call_phone",
            hint=_("Only they see this, on their own pages."),
        )

    def _refuse_senseless_times(self) -> None:
        """Each sentence once: the start and the end of the rooms are wrong together."""
        said: set[str] = set()
        dates = Dates.of(self.event)
        for field, misfit in plan_times.misfits(self.instance, dates).items():
            if misfit.words not in said:
                self.add_error(FIELDS[field] if dates.spans else "rooms_on", misfit.words)
            said.add(misfit.words)

    def _rooms(self) -> tuple[datetime | None, datetime | None]:
        """Both or neither. An end that is not after the start is one after midnight, where the event goes on so long."""
        on, begin, end = (self.cleaned_data.get(name) for name in ("rooms_on", "begin", "end"))
        if {"rooms_on", "begin", "end"} & set(self.errors) or not (begin or end):
            return None, None
        if not (on and begin and end):
            self._say_what_is_missing(on, begin, end)
            return None, None
        last = on + timedelta(days=1) if end <= begin and self._goes_on_after_midnight(on) else on
        starts_at = moments.instant(self, "begin", on, begin, self.event.time_zone)
        ends_at = moments.instant(self, "end", last, end, self.event.time_zone)
        return (starts_at, ends_at) if starts_at and ends_at else (None, None)

    def _say_what_is_missing(self, on: date | None, begin: time | None, end: time | None) -> None:
        for name, given, words in (
            ("rooms_on", on, _("Enter the day as well")),
            ("begin", begin, _("Enter when the rooms begin")),
            ("end", end, _("Enter when the rooms end")),
        ):
            if not given:
                self.add_error(name, words)

    def _goes_on_after_midnight(self, on: date) -> bool:
        zone = self.event.time_zone
        spans = (
            (moments.times.local(session.starts_at, zone), moments.times.local(session.ends_at, zone))
            for session in self.event.sessions.all()
        )
        return any(start.date() == on < end.date() for start, end in spans)
