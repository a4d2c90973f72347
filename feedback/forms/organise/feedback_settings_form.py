"""Whether and for how long people are asked after one event."""

from django import forms
from django.utils.translation import gettext_lazy

from feedback.models import FeedbackRound
from kit.layouts import OneGroup

MOST_DAYS = 60
DAYS = gettext_lazy("Enter a number of days from 1 to 60")


class RoundForm(OneGroup, forms.ModelForm):
    days_open = forms.IntegerField(
        label=gettext_lazy("Days to answer"),
        help_text=gettext_lazy("Counted from the end of the event. Most people answer within three days."),
        min_value=1,
        max_value=MOST_DAYS,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAYS),
    )

    class Meta:
        model = FeedbackRound
        fields = ["is_wanted", "days_open"]
        labels = {"is_wanted": gettext_lazy("Ask for feedback on this event")}
        help_texts = {"is_wanted": gettext_lazy("Everyone who had a place gets one email, and one reminder.")}
