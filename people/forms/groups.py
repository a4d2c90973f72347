"""Asking for a group, looking after one, and who is in it."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kit.forms import Choice, email_field, line_field, markdown_field, needed_at_times, text_field, zone_field
from kit.layouts import OneGroup
from people.actions import memberships, values
from people.forms.values import help_with_versions, values_field
from people.models import Group, Membership, Person

NAME_TAKEN = _("There is a group of this name. Choose another one")
ROLES = [
    (
        Membership.Role.ORGANISER,
        Choice(_("Organiser"), _("Looks after events and the people who register for them.")),
    ),
    (
        Membership.Role.ACCESS_LEAD,
        Choice(_("Access lead"), _("Reads and answers what people need to take part. Organisers cannot.")),
    ),
    (
        Membership.Role.NAMED_CONTACT,
        Choice(
            _("Named contact"),
            _(
                "Reads and answers what people tell in confidence when something is wrong. Organisers cannot. "
                "Their name stands on the page where people can tell someone."
            ),
        ),
    ),
]


def name_field() -> Any:
    field = line_field(
        _("Name of the group"), max_length=100, enter=_("Enter a name for the group"), autocomplete="off"
    )
    field.error_messages["unique"] = NAME_TAKEN
    return field


def contact_field() -> Any:
    return email_field(
        _("Contact address"), _("Shown on the group’s page. Answers to its emails go there."), required=True
    )


class GroupForm(OneGroup, forms.ModelForm):
    """Base of every form about a group."""

    name = name_field()
    contact_email = contact_field()

    class Meta:
        model = Group
        fields = ["name", "contact_email"]


class GroupRequestForm(GroupForm):
    about = text_field(
        _("About the group"),
        _("Two or three sentences for its page: who you are and what you do."),
        max_length=2000,
        enter=_("Write two or three sentences about the group"),
    )
    request_reason = text_field(
        _("What would you like to organise here?"),
        _("Only those who look after this hub read it."),
        max_length=2000,
        enter=_("Tell us what you would like to organise"),
    )

    class Meta(GroupForm.Meta):
        fields = ["name", "about", "contact_email", "request_reason"]


class GroupStartForm(GroupForm):
    organiser_email = email_field(
        _("Who will organise it?"), _("They get an invitation by email. Your own address is fine too.")
    )


class GroupSettingsForm(GroupForm):
    about = markdown_field(_("About the group"), required=False)
    guiding_values = values_field(rows=8)
    time_zone = zone_field(_("Time zone"), _("New events begin with it; each event can have its own."))
    names_event_in_subjects = forms.BooleanField(
        required=False,
        label=_("Say in the subject of emails which event they are about"),
        help_text=_(
            "Otherwise subjects have your group’s name. Somebody may read over a shoulder, or share an inbox: a title "
            "can say something about whoever comes."
        ),
    )

    takes_suggestions = forms.BooleanField(
        required=False,
        label=_("Visitors may suggest events to this group"),
        help_text=_("You look at each, and make a draft of it or say kindly why not."),
    )

    field_order = (
        *("name", "about", "guiding_values", "contact_email", "names_event_in_subjects"),
        *("takes_suggestions", "time_zone"),
    )

    class Meta(GroupForm.Meta):
        fields = [
            "name",
            "about",
            "contact_email",
            "names_event_in_subjects",
            "takes_suggestions",
            "time_zone",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["guiding_values"]
        field.initial = self.instance.guiding_values
        words = _(
            "What you ask of one another. People accept them when they register. Empty: those of the whole hub."
        )
        field.help_text = help_with_versions(str(words), self.instance, self.instance.time_zone)

    @transaction.atomic
    def save(self, commit: bool = True) -> Group:
        group = super().save(commit=False)
        group.save(update_fields=self.Meta.fields)
        if "guiding_values" in self.changed_data:
            values.publish(group, self.cleaned_data["guiding_values"])
        return group


class GroupDecisionForm(forms.Form):
    APPROVE, DECLINE = "approve", "decline"

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(APPROVE, _("Yes, make this group")), (DECLINE, _("Not now"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer"), "invalid_choice": _("Choose an answer")},
    )
    note = needed_at_times(
        text_field(
            _("Your words to whoever asked"),
            _(
                "They get them by email. When you say “not now”, tell them kindly why, or what could change it."
            ),
            required=False,
            max_length=2000,
        )
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == self.DECLINE and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Write a few kind words about why"))
        return cleaned


class InvitationForm(forms.Form):
    email = email_field(_("Their email address"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=ROLES,
        widget=forms.RadioSelect,
        initial=Membership.Role.ORGANISER,
        error_messages={"required": _("Choose a role"), "invalid_choice": _("Choose a role")},
    )
    both_roles = forms.BooleanField(
        required=False,
        label=_("One person may hold more than one role"),
        help_text=_(
            "Only for someone who has another role already. What people need, and what they tell in confidence, "
            "is safest with somebody who does not also decide about their places."
        ),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        email, role = cleaned.get("email"), cleaned.get("role")
        is_on_purpose = cleaned.get("both_roles")
        if email and role and not is_on_purpose and memberships.has_other_role(self.group, email, role):
            self.add_error(
                "both_roles", _("They have another role already. Tick this if they should hold both")
            )
        return cleaned


class InvitationAnswerForm(forms.Form):
    """Saying yes to a role. Whoever we know by name is not asked for it again."""

    name = line_field(
        _("Your name"),
        _("The name you would like us to use. It does not have to be your legal name."),
        max_length=100,
        enter=_("Enter the name you would like us to use"),
        autocomplete="name",
    )

    def __init__(self, *args: Any, invitation: Any, **kwargs: Any) -> None:
        """`invitation` has an `email`, and says whether it `is_open`."""
        super().__init__(*args, **kwargs)
        known = Person.objects.filter(email=invitation.email).exclude(name="").exists()
        if known or not invitation.is_open:
            del self.fields["name"]
