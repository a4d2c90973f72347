"""What completes an event beside its dates, and what its certificate says."""

from crispy_forms.helper import FormHelper
from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.organise.page import plain_field
from events.models import Event
from kit.layouts import Group, form_helper
from kit.meanwhile import RowForm
from learning.models import LearningPlan


class PlanForm(RowForm):
    class Meta:
        model = LearningPlan
        formfield_callback = plain_field
        fields = ["asks_pledge", "about", "with_whom", "signed_by"]
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("about", "with_whom")}
        labels = {
            "asks_pledge": gettext_lazy("A pledge belongs to it"),
            "about": gettext_lazy("What it was about"),
            "with_whom": gettext_lazy("With whom"),
            "signed_by": gettext_lazy("Who signs"),
        }
        help_texts = {
            "asks_pledge": gettext_lazy(
                "Whoever completes it has then made a pledge too. You see that there is one, never what it says."
            ),
            "about": gettext_lazy("Left empty, the certificate has the short text of the event."),
            "with_whom": gettext_lazy("Left empty, it has the name of your group."),
            "signed_by": gettext_lazy(
                "The name of a person, for the organisers. Left empty, the group signs."
            ),
        }

    def __init__(self, data: object = None, *, event: Event) -> None:
        self.event = event
        super().__init__(data, row=LearningPlan.of(event))

    @property
    def zone(self) -> str:
        return self.event.time_zone

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(_("What completes it"), "asks_pledge"),
            Group(_("What its certificate says"), "about", "with_whom", "signed_by"),
        )

    @transaction.atomic
    def save(self, commit: bool = True) -> LearningPlan:
        """Raises ChangedMeanwhile."""
        self.event.locked()
        self.row = LearningPlan.of(self.event)
        self.refuse_if_changed()
        plan = LearningPlan.known_to(self.event)
        for name in self.saved_fields():
            setattr(plan, name, self.cleaned_data[name])
        plan.changed_at = timezone.now()
        plan.save()
        return plan
