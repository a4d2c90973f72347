"""The rules of an event with several dates: who can come, what follows a date without somebody, what completes it."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.organise.page import EventPage, plain_field
from events.models import Event
from events.pages.programme_rules import rules_of
from kit.forms import needed_at_times
from kit.layouts import Group, form_helper

RULES = ["needs_every_date", "missed_date", "catch_up_task", "dates_to_complete", "catching_up_counts"]


class SeveralDatesForm(EventPage):
    class Meta:
        model = Event
        formfield_callback = plain_field
        fields = RULES
        widgets = {"missed_date": forms.RadioSelect, "catch_up_task": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "needs_every_date": gettext_lazy("People must be able to come to every date"),
            "missed_date": gettext_lazy("What happens then"),
            "catch_up_task": gettext_lazy("How they catch up"),
            "dates_to_complete": gettext_lazy("How many dates complete it"),
            "catching_up_counts": gettext_lazy("A date that somebody caught up on counts"),
        }
        help_texts = {
            "needs_every_date": gettext_lazy(
                "They say so when they register. It stands on the page, in the form and in the email."
            ),
            "catch_up_task": gettext_lazy(
                "Needed if they can catch up. For example: read the summary, and write down one thing you would try."
            ),
            "dates_to_complete": gettext_lazy("Leave this empty if nothing has to be completed."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = len(self.event.sessions.all())
        needed_at_times(self.fields["catch_up_task"])
        self.fields["dates_to_complete"].error_messages |= {
            "invalid": _("Enter the dates as a whole number, for example %(dates)s") % {"dates": self.dates},
            "min_value": _("Enter at least one date, or leave this empty"),
        }

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(
            "needs_every_date",
            Group(_("When somebody was not there on a date"), "missed_date", "catch_up_task"),
            Group(_("What completes it"), "dates_to_complete", "catching_up_counts"),
        )

    def rules(self) -> list[str]:
        """As people will read them, with what was typed."""
        return rules_of(self.instance, self.dates)

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if given.get("missed_date") == Event.MissedDate.CATCH_UP and not given.get("catch_up_task"):
            self.add_error("catch_up_task", _("Write how somebody can catch up on a date"))
        needed = given.get("dates_to_complete")
        if needed and needed > max(self.dates, 1):
            words = _("There are %(dates)s dates. Enter %(dates)s or fewer")
            self.add_error("dates_to_complete", words % {"dates": self.dates})
        return given
