"""For which series or event to make a form of its own."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from feedback.actions import feedback_forms as actions
from feedback.models import FeedbackForm, FeedbackRound
from kit.layouts import OneGroup
from kit.times import day_words
from people.models import Group


class OwnForm(OneGroup, forms.Form):
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
        self.events = {f"event-{one.pk}": one for one in _to_be_asked(group)}
        every = [
            (key, _("Every event of “%(series)s”") % {"series": one}) for key, one in self.series.items()
        ]
        choices = [*every, *((key, _event_words(one)) for key, one in self.events.items())]
        self.fields["whose"].choices = choices
        self.has_choices = bool(choices)

    def save(self) -> FeedbackForm:
        whose = self.cleaned_data["whose"]
        return actions.own_form(self.group, series=self.series.get(whose), event=self.events.get(whose))


def _to_be_asked(group: Group) -> list[Event]:
    not_over = Q(sessions=None) | Q(
        sessions__ends_at__gt=timezone.now() + FeedbackRound.ON_SCREEN_BEFORE_THE_END
    )
    rows = Event.objects.filter(not_over, group=group, feedback_form=None).exclude(
        state=Event.State.CANCELLED
    )
    events = rows.distinct().prefetch_related("sessions")
    return sorted(
        events, key=lambda event: (event.starts_at is None, event.starts_at or timezone.now(), event.pk)
    )


def _event_words(event: Event) -> str:
    if event.starts_at is None:
        return event.title
    return f"{event.title}, {day_words(event.starts_at, event.time_zone)}"
