"""What people say about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import line_field, zone_field
from people.models import Person


class ProfileForm(forms.ModelForm):
    name = line_field(
        _("Your name"),
        _("The name you would like us to use. It does not have to be your legal name."),
        max_length=100,
        enter=_("Enter the name you would like us to use"),
        autocomplete="name",
    )
    pronouns = line_field(
        _("Your pronouns"),
        _("For example: she/her, they/them, any."),
        required=False,
        max_length=60,
        autocomplete="off",
    )
    time_zone = zone_field(
        _("Your time zone"),
        _("Times are always told as they are where an event takes place. With a zone you also see your own."),
        empty=_("The same as the event"),
    )

    class Meta:
        model = Person
        fields = ["name", "pronouns", "time_zone"]
