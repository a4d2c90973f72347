"""What the hub can offer as standard, and how early it must be asked for."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.access_list import GROUPS
from events.models import AccessOffer
from kit.layouts import row_helper

EMPTY_ROWS = 3
MOST_DAYS = 90
MOST_ROWS = 60


def offered_choices() -> list[tuple[Any, Any]]:
    """The list people choose from when they register, in its groups."""
    groups = [(group.title, [(option.code, option.label) for option in group.options]) for group in GROUPS]
    return [("", _("Choose")), *groups]


class AccessOfferForm(forms.ModelForm):
    code = forms.ChoiceField(
        label=_("What you can offer"),
        choices=offered_choices,
        error_messages={
            "required": _("Choose what you can offer"),
            "invalid_choice": _("Choose what you can offer from the list"),
        },
    )
    lead_working_days = forms.IntegerField(
        label=_("Working days needed"),
        min_value=0,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input--s"}),
        error_messages={
            "required": _("Enter how many working days you need, or 0"),
            "invalid": _("Enter a whole number, like 10"),
            "min_value": _("Enter 0 or more"),
            "max_value": _("Enter %(limit_value)s or fewer"),
        },
    )

    class Meta:
        model = AccessOffer
        fields = ["code", "lead_working_days"]

    @cached_property
    def helper(self) -> FormHelper:
        legend = self.instance.label if self.instance.pk else _("One more")
        of_the_formset = [name for name in ("DELETE", "id") if name in self.fields]
        return row_helper(legend, "code", "lead_working_days", *of_the_formset)


class AccessOfferRows(forms.BaseModelFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if forms.formsets.DELETION_FIELD_NAME in form.fields:
            form.fields[forms.formsets.DELETION_FIELD_NAME].label = _("We no longer offer this")

    def get_unique_error_message(self, unique_check: Any) -> Any:
        return _("You chose the same thing twice. Keep one row for each")

    def get_form_error(self) -> Any:
        return _("You chose this in another row already")


AccessOfferFormSet: Any = forms.modelformset_factory(
    AccessOffer,
    form=AccessOfferForm,
    formset=AccessOfferRows,
    extra=EMPTY_ROWS,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,
    can_delete=True,
    can_delete_extra=False,
)
