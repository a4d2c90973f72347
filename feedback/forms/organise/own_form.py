"""For which series or event to make a form of its own."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.organise.event_to_choose import EventToChoose, words_of
from events.models import Event
from events.models.event import EventQuerySet
from feedback.actions import feedback_forms as actions
from feedback.models import FeedbackForm, FeedbackRound
from kit.layouts import OneGroup
from people.models import Group


class OwnForm(OneGroup, EventToChoose):
    """For which series or event of the group. Only those without a form of their own that are still to be asked."""

    whose = forms.ChoiceField(
        label=gettext_lazy("For which series or event?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a series or an event"),
            "invalid_choice": gettext_lazy(
                "Choose from this list. Somebody may have made those questions a moment ago."
            ),
        },
    )

    def __init__(self, data: Any = None, *, group: Group) -> None:
        super().__init__(data)
        self.group = group
        self.series = {f"series-{one.pk}": one for one in group.series.filter(feedback_form=None)}
        chosen = str(self["whose"].value() or "").removeprefix("event-")
        self.events = {f"event-{one.pk}": one for one in self.events_to_choose(_to_be_asked(group), chosen)}
        every = [
            (key, _("Every event of “%(series)s”") % {"series": one}) for key, one in self.series.items()
        ]
        choices = [*every, *((key, words_of(one)) for key, one in self.events.items())]
        self.fields["whose"].choices = choices
        # What was looked for may be nowhere.
        self.has_choices = bool(choices) or self.has_more_events

    def save(self) -> FeedbackForm:
        whose = self.cleaned_data["whose"]
        return actions.own_form(self.group, series=self.series.get(whose), event=self.events.get(whose))


def _to_be_asked(group: Group) -> EventQuerySet:
    until = timezone.now() + FeedbackRound.ON_SCREEN_BEFORE_THE_END
    not_over = Q(last_ends_at=None) | Q(last_ends_at__gt=until)
    rows = group.events.with_dates().filter(not_over, feedback_form=None)
    return rows.exclude(state=Event.State.CANCELLED)
