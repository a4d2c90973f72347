"""Which situation is shown to the room, at which date, and how long people have."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from events.models import Event, Session
from kit.layouts import form_helper
from kit.times import span_words
from learning.actions.live_scenarios import MOST_MINUTES
from learning.models import LearningPage
from learning.pages.organise.scenario_cards import scenarios_of


class LiveForm(forms.Form):
    page = forms.ModelChoiceField(
        LearningPage.objects.none(),
        label=gettext_lazy("Which situation?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose a situation")},
    )
    date = forms.ChoiceField(
        label=gettext_lazy("At which date?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a date")},
    )
    length = forms.IntegerField(
        label=gettext_lazy("How many minutes do people have?"),
        help_text=gettext_lazy("You can give more while they answer, and what comes late counts."),
        min_value=1,
        max_value=MOST_MINUTES,
        initial=3,
        error_messages={"required": gettext_lazy("Enter a number of minutes")},
    )

    def __init__(self, data: Any = None, *, event: Event) -> None:
        super().__init__(data)
        self.sessions = {str(session.number): session for session in event.sessions.all()}
        pages: Any = self.fields["page"]
        pages.queryset = scenarios_of(event.group).exclude(choices="")
        dates: Any = self.fields["date"]
        dates.choices = [(number, _words(session, event)) for number, session in self.sessions.items()]
        self.initial["date"] = _nearest(self.sessions)

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("page", "date", "length")

    @property
    def has_any(self) -> bool:
        return bool(self.fields["page"].queryset) and bool(self.sessions)

    @property
    def session(self) -> Session:
        return self.sessions[self.cleaned_data["date"]]

    @property
    def minutes(self) -> int:
        return int(self.cleaned_data["length"])


def _words(session: Session, event: Event) -> str:
    when = span_words(session.starts_at, session.ends_at, event.time_zone, year=False)
    return f"{session.title}, {when}" if session.title else when


def _nearest(sessions: dict[str, Session]) -> str:
    """The date that is on or comes next; else the last."""
    now = timezone.now()
    to_come = (number for number, session in sessions.items() if session.ends_at > now)
    return next(to_come, next(reversed(sessions), ""))
