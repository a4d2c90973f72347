"""The hub's settings, as short pages of their own."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit import languages
from kit.forms import MARKDOWN_HINT, DateInput, email_field, line_field, text_field, zone_field
from kit.layouts import OneGroup
from people.actions import values
from people.forms.values import help_with_versions, values_field
from people.models import Hub


def languages_to_choose() -> list[tuple[str, Any]]:
    """The languages that the hub speaks and that have a name."""
    known = dict(settings.LANGUAGES)
    return [(code, languages.name_of(code)) for code in languages.offered() if code in known]


class HubForm(OneGroup, forms.ModelForm):
    """Base of every page of the hub's settings."""

    def save(self, commit: bool = True) -> Hub:
        """Write only what stands on this page: somebody else may be saving another."""
        written = {**self.cleaned_data, "is_set_up": bool(self.instance.contact_email)}
        hub, _is_new = Hub.objects.update_or_create(pk=1, defaults=written)
        return hub


class CommunityForm(HubForm):
    name = line_field(
        _("Name of your community"),
        max_length=80,
        enter=_("Enter the name of your community"),
        autocomplete="off",
    )
    tagline = line_field(
        _("One line about it"), _("Shown at the foot of every page."), required=False, max_length=160
    )
    welcome_title = line_field(_("Heading of the home page"), required=False, max_length=120)
    welcome_text = text_field(_("Words under the heading"), required=False, max_length=600, rows=4)

    class Meta:
        model = Hub
        fields = ["name", "tagline", "welcome_title", "welcome_text"]


class WhereForm(HubForm):
    time_zone = zone_field(_("Time zone"), _("New groups and events begin with it."))
    language = forms.ChoiceField(
        label=_("Language of the site"),
        help_text=_("A language appears here once its translation is installed."),
        choices=languages_to_choose,
        error_messages={"invalid_choice": _("Choose a language from the list")},
    )
    contact_email = email_field(
        _("Contact address"), _("Shown at the foot of every page; answers to our emails go there.")
    )

    class Meta:
        model = Hub
        fields = ["contact_email", "time_zone", "language"]


class ValuesForm(OneGroup, forms.ModelForm):
    guiding_values = values_field(rows=12)

    class Meta:
        model = Hub
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["guiding_values"]
        field.initial = self.instance.guiding_values
        field.help_text = help_with_versions(str(MARKDOWN_HINT), None, self.instance.time_zone)

    def save(self, commit: bool = True) -> Hub:
        values.publish(None, self.cleaned_data["guiding_values"])
        return Hub.current()


class AccessForm(HubForm):
    access_contact_name = line_field(
        _("Whom can people ask about access?"), required=False, max_length=100, autocomplete="off"
    )
    access_contact_email = email_field(_("Their email address"), required=False)
    access_contact_phone = line_field(
        _("Their phone number"), required=False, max_length=40, type="tel", autocomplete="off"
    )
    always_in_place = text_field(
        _("Always in place, at every event"),
        _("One thing a line, for example: Automatic captions. A break every 50 minutes."),
        required=False,
        max_length=2000,
    )

    class Meta:
        model = Hub
        fields = ["access_contact_name", "access_contact_email", "access_contact_phone", "always_in_place"]


class StatementForm(HubForm):
    statement_reviewed_on = forms.DateField(
        required=False,
        label=_("When did somebody last check the accessibility of this site?"),
        help_text=_("Once a year is good. Shown in the accessibility statement."),
        widget=DateInput,
        error_messages={"invalid": _("Enter a date, like 27 3 2026")},
    )
    statement_known_problems = text_field(
        _("What is not accessible yet?"),
        _("In plain words, with what people can do instead."),
        required=False,
    )

    class Meta:
        model = Hub
        fields = ["statement_reviewed_on", "statement_known_problems"]

    def clean_statement_reviewed_on(self) -> Any:
        day = self.cleaned_data["statement_reviewed_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Enter a date that is not in the future"), code="future")
        return day
