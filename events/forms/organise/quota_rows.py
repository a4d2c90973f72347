"""The rows of the page that says who the places are for: one a group of places, with a tick to remove it."""

import copy
from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.actions import event_times
from events.actions.timetable import Dates
from events.forms.organise import moments
from events.forms.organise.places import MOST_PLACES
from events.models import Event, Quota
from events.models.places import Places
from events.models.quota import Way, plain_code
from kit.forms import let_people_paste
from kit.layouts import Asked, Errors, Folded, Group, Row, form_helper, is_asked
from kit.links import new_reference
from kit.text import PlainCharField
from kit.times import zone_words

MOST_ROWS = 20
SHORTEST_CODE = 6
TYPED = frozenset({"name", "places", "way", "domains", "code", "asks", "opens_at", "closes_at"})
TIMES = ("opens", "closes")
TOO_LONG = gettext_lazy("Shorten this to %(limit_value)s characters or fewer")
is_a_domain = DomainNameValidator()


class QuotaRow(forms.Form):
    """One group of places. `quota` is the one it changes; None for a new one. A row that was left blank is none."""

    place = 1  # among the rows of the page

    key = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    name = PlainCharField(
        label=gettext_lazy("Who they are for"),
        help_text=gettext_lazy("As people read it when they choose, for example: University of Kent"),
        max_length=80,
        error_messages={
            "required": gettext_lazy("Enter who these places are for, for example University of Kent"),
            "max_length": TOO_LONG,
        },
    )
    places = forms.IntegerField(
        required=False,
        label=gettext_lazy("Places"),
        help_text=gettext_lazy("Empty: what the others leave."),
        min_value=1,
        max_value=MOST_PLACES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": gettext_lazy("Enter the places as a whole number, for example 10"),
            "min_value": gettext_lazy("Enter at least %(limit_value)s place, or leave this empty"),
            "max_value": gettext_lazy("Enter at most %(limit_value)s places, or leave this empty"),
        },
    )
    way = forms.ChoiceField(
        required=False,
        label=gettext_lazy("How they come"),
        choices=[("", gettext_lazy("In person or online")), *Way.choices],
        error_messages={"invalid_choice": gettext_lazy("Choose one of these")},
    )
    domains = PlainCharField(
        required=False,
        label=gettext_lazy("Endings of their email addresses"),
        help_text=gettext_lazy(
            "With kent.ac.uk, an address at staff.kent.ac.uk belongs too. Put a space between several."
        ),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"max_length": TOO_LONG},
    )
    code = PlainCharField(
        required=False,
        label=gettext_lazy("Code"),
        help_text=gettext_lazy(
            "Whoever enters it belongs. Pass it on to these people only, and make a new one when it got about."
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"max_length": TOO_LONG},
    )
    new_code = forms.BooleanField(
        required=False,
        label=gettext_lazy("Make a new code"),
        help_text=gettext_lazy(
            "You are told it once this is saved. The one from before lets nobody in any more."
        ),
    )
    asks = forms.BooleanField(
        required=False,
        label=gettext_lazy("People can ask us"),
        help_text=gettext_lazy(
            "Who has neither address nor code asks, and has no place until one of you agrees."
        ),
    )

    opens_on = moments.day_field(gettext_lazy("Open from"))
    opens = moments.clock_field(gettext_lazy("Open from: time"))
    opens_which = moments.which_field(gettext_lazy("Which of the two?"))
    closes_on = moments.day_field(gettext_lazy("Open until"))
    closes = moments.clock_field(gettext_lazy("Open until: time"))
    closes_which = moments.which_field(gettext_lazy("Which of the two?"))

    def __init__(
        self,
        *args: Any,
        event: Event,
        quotas: Mapping[int, Quota],
        held: Mapping[int, Places],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.quotas, self._held = event, quotas, held
        if event.format != Event.Format.BOTH:
            del self.fields["way"]
        if self._is_history:
            del self.fields["places"]
        for field in self.fields.values():
            let_people_paste(field)

    @cached_property
    def helper(self) -> FormHelper:
        removed = ["DELETE"] if self.is_saved and not self.held.everyone else []
        parts = (
            *("name", "places", "way", "domains"),
            Folded(_("A code, and people who ask"), "code", "new_code", "asks", is_open=self.has_more),
            Folded(
                _("Open later, or close earlier"),
                *self._times(),
                hint=self._times_hint(),
                is_open=self.has_times,
            ),
            *removed,
            "key",
        )
        helper = form_helper(Group(self.legend, Errors(), *parts, hint=self._held_words()))
        helper.form_show_errors = False
        return helper

    @property
    def legend(self) -> str:
        return str(self.quota or _("Group of places %(number)s") % {"number": self.place})

    @property
    def quota(self) -> Quota | None:
        typed = str(self["key"].value())
        return next((quota for key, quota in self.quotas.items() if str(key) == typed), None)

    @property
    def is_saved(self) -> bool:
        """Whether the row stands for one that is in the database: only such a row can be removed."""
        return self.quota is not None

    @property
    def has_more(self) -> bool:
        """Whether something stands in the part of the row that is folded away."""
        return any(is_asked(self[name]) for name in ("code", "asks"))

    @property
    def has_times(self) -> bool:
        return any(is_asked(self[f"{name}{part}"]) for name in TIMES for part in ("_on", "", "_which"))

    @property
    def held(self) -> Places:
        return self._held.get(self.quota.pk, Places()) if self.quota else Places()

    @property
    def _is_history(self) -> bool:
        """Whether its number says how it was: it is shared by now."""
        return bool(self.event.pooled_at and self.quota and not self.quota.way)

    def clean_domains(self) -> str:
        """One a line, in small letters, without what stands before an @."""
        typed = self.cleaned_data["domains"].replace(",", " ").replace(";", " ").casefold().split()
        found = [word.rpartition("@")[2].removeprefix("*.").strip(".") for word in typed]
        for domain in found:
            try:
                is_a_domain(domain)
            except ValidationError:
                words = _("“%(ending)s” is no ending of email addresses. Enter it like kent.ac.uk")
                raise ValidationError(words % {"ending": domain}) from None
        return "\n".join(dict.fromkeys(found))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code and len(plain_code(code)) < SHORTEST_CODE:
            words = _("Make the code at least %(number)s letters or digits long, so that nobody guesses it")
            raise ValidationError(words % {"number": SHORTEST_CODE})
        return code

    def clean_new_code(self) -> bool:
        is_new: bool = self.cleaned_data["new_code"]
        if is_new:
            self.cleaned_data["code"] = new_reference()
        return is_new

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        for name in TIMES:
            given[f"{name}_at"] = moments.typed(self, name, self.event.time_zone)
        if given["opens_at"] or given["closes_at"]:
            times = Quota(opens_at=given["opens_at"], closes_at=given["closes_at"])
            wrong = event_times.misfits_of_quota(times, Dates.of(self.event))
            for name in TIMES:
                if misfit := wrong.get(f"{name}_at"):
                    self.add_error(f"{name}_on", misfit.words)
        return given

    def written(self) -> Quota:
        """The quota as typed, not saved yet."""
        quota = copy.copy(self.quota) or Quota(event=self.event)
        for name in TYPED & self.cleaned_data.keys():
            setattr(quota, name, self.cleaned_data[name])
        return quota

    def _times(self) -> list[Any]:
        return [part for name in TIMES for part in (Row(f"{name}_on", name), Asked(f"{name}_which"))]

    def _times_hint(self) -> str:
        words = _("Left empty, they are open as long as registration is. Times are %(zone)s.")
        return words % {"zone": zone_words(self.event.time_zone)}

    def _held_words(self) -> str:
        held = self.held
        if not self.is_saved or not held.everyone:
            return ""
        words = _(
            "Taken: %(taken)s. Waiting: %(waiting)s. Who belongs here has to belong elsewhere before this can be removed."
        )
        return words % {"taken": held.taken, "waiting": held.waiting}


def smaller_than_held_words(held: int) -> str:
    words = ngettext(
        "%(held)s of these places is held or offered. Enter %(held)s or more",
        "%(held)s of these places are held or offered. Enter %(held)s or more",
        held,
    )
    return words % {"held": held}


class QuotaRows(forms.BaseFormSet):
    default_error_messages = {
        "missing_management_form": gettext_lazy("The page did not arrive whole. Please send it again"),
        "too_many_forms": gettext_lazy("An event can have at most %(num)d groups of places"),
        "too_few_forms": gettext_lazy("Add at least %(num)d group of places"),
    }

    def filled(self) -> list[QuotaRow]:
        """Rows that stand for a group of places, without those to be removed."""
        return [row for row in self.forms if row.has_changed() and row not in self.deleted_forms]

    def left_alone(self) -> list[Quota]:
        """Those that no row stands for: somebody added them meanwhile."""
        shown = {row.quota.pk for row in self.forms if row.quota}
        return [quota for key, quota in self.form_kwargs["quotas"].items() if key not in shown]

    def clean(self) -> None:
        seen = {(quota.name.casefold(), quota.way) for quota in self.left_alone()}
        for row in self.filled():
            given = row.cleaned_data
            named = (given.get("name", "").casefold(), given.get("way", ""))
            if named in seen and named[0]:
                row.add_error("name", _("There are places for these people already. Enter another name"))
            seen.add(named)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this group of places")
        form.place = (index or 0) + 1


RowSet: Any = forms.formset_factory(
    QuotaRow,
    formset=QuotaRows,
    extra=0,
    can_delete=True,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS + 20,
    validate_max=True,
)
