"""What someone types who would like to talk about something."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions.topics import Proposal
from breakouts.forms.open_words import OpenWords
from breakouts.forms.volunteer import VolunteerForm, name_field
from breakouts.models import Proposer, Topic
from kit.attempts import TypedByHand
from kit.forms import email_field, line_field, text_field
from kit.layouts import Asked, Parts, Section, form_helper
from kit.links import normalise_email
from kit.option_layouts import Options

Hosting = Topic.Hosting


class TopicWordsForm(OpenWords):
    """The words of a topic: typed with a proposal, and changed later by its link."""

    public_fields = ("title", "why", "content_note")

    title = line_field(
        gettext_lazy("What would you like us to talk about?"),
        gettext_lazy("A question works well. For example: How do we bring people together?"),
        max_length=120,
        enter=gettext_lazy("Enter what you would like us to talk about"),
    )
    why = text_field(
        gettext_lazy("Why does it matter?"),
        gettext_lazy(
            "Two lines are enough. They stand on the page of the topic, so leave out who it is about."
        ),
        max_length=1000,
        enter=gettext_lazy("Enter why it matters. Two lines are enough"),
        rows=4,
    )
    content_note = line_field(
        gettext_lazy("Content note"),
        gettext_lazy("What may be hard to hear, so that people can prepare or choose another room."),
        required=False,
        max_length=300,
    )
    support = text_field(
        gettext_lazy("What support would you like?"),
        gettext_lazy(
            "For example a co-host, a short guide, a practice call. Only the organisers read this. "
            "What would help you take part has its own place once you have a place at the event."
        ),
        required=False,
        max_length=1000,
        rows=3,
    )

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(*self.public_fields, Asked("address_is_meant"), "support")

    @classmethod
    def of(cls, proposer: Proposer, data: Any = None) -> "TopicWordsForm":
        topic = proposer.topic
        own = topic.event.own_ways.to_ask_strangers
        return cls(data, own=own, initial={name: getattr(topic, name) for name in cls.words()})

    @classmethod
    def words(cls) -> tuple[str, ...]:
        return (*cls.public_fields, "support")

    def typed(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.words()}


class ProposalForm(TopicWordsForm, VolunteerForm, TypedByHand):
    hosting = forms.ChoiceField(
        label=gettext_lazy("Who would hold the conversation?"),
        help_text=gettext_lazy("Whoever hosts welcomes people, asks the first question and keeps the time."),
        choices=Hosting.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who would hold the conversation")},
    )
    co_host_name = name_field(
        gettext_lazy("Their name"), gettext_lazy("Do you know who? You can also leave this empty.")
    )
    co_host_email = email_field(
        gettext_lazy("Their email address"),
        gettext_lazy(
            "We ask them only once the topic is accepted, and only whether they would host it with you."
        ),
        required=False,
    )

    # As on the page: the error summary follows it.
    field_order = (
        "title",
        "why",
        "content_note",
        "address_is_meant",
        "hosting",
        "co_host_name",
        "co_host_email",
        "support",
        "name",
        "email",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["co_host_name"].required = False
        self.fields["co_host_name"].widget.attrs["autocomplete"] = "off"
        self.fields["co_host_email"].widget.attrs["autocomplete"] = "off"
        self.fields["name"].help_text = gettext_lazy(
            "A first name or a chosen name is enough. It stands on the page only if you host."
        )

    @cached_property
    def helper(self) -> FormHelper:
        co_host = {Hosting.WITH_CO_HOST.value: Parts("co_host_name", "co_host_email")}
        return form_helper(
            "made",
            Section("topic-h", _("Your topic"), *self.public_fields, Asked("address_is_meant")),
            Section("host-h", _("Holding the conversation"), Options("hosting", co_host), "support"),
            Section("you-h", _("About you"), "name", "email"),
        )

    def clean(self) -> dict[str, Any]:
        """Who hosts with whom may stay open. A name without an address reaches nobody, and the other way round we would
        not know what to call them."""
        super().clean()
        given = self.cleaned_data
        if given.get("hosting") != Hosting.WITH_CO_HOST:
            given["co_host_name"] = given["co_host_email"] = ""
            return given
        self._complete_co_host(given)
        return given

    def _complete_co_host(self, given: dict[str, Any]) -> None:
        name, email = given.get("co_host_name"), given.get("co_host_email")
        if name and not email and "co_host_email" not in self.errors:
            self.add_error("co_host_email", _("Enter their email address, or leave out their name"))
        if email and not name and "co_host_name" not in self.errors:
            self.add_error("co_host_name", _("Enter what we may call them"))
        if email and normalise_email(email) == normalise_email(given.get("email") or ""):
            self.add_error("co_host_email", _("This is your own address. Enter theirs, or leave it empty"))

    def proposal(self) -> Proposal:
        names = ("hosting", "co_host_name", "co_host_email", "name", "email")
        return Proposal(**self.typed(), **{name: self.cleaned_data[name] for name in names})
