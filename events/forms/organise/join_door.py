"""The way into the meeting. It is sealed in the database and stands behind the join door only."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.behind_the_door import is_web_address
from events.forms.organise.page import EventPage
from events.models import Event
from kit.joins import joins
from kit.layouts import OneGroup
from kit.text import PlainCharField, PlainTextField
from kit.ways_in import OwnWays

PUBLIC_TEXTS = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "for_whom": gettext_lazy("Who it is for"),
    "facilitators": gettext_lazy("Led by"),
    "description": gettext_lazy("Description"),
    "content_note": gettext_lazy("Content note"),
    "access_note": gettext_lazy("More about access"),
}
ADDRESS_LENGTH = 1000
HELP_LENGTH = 2000


class EventJoinForm(OneGroup, EventPage):
    needed = frozenset({"join_address"})

    join_address = PlainCharField(
        required=False,
        label=gettext_lazy("Meeting address"),
        help_text=gettext_lazy("The whole address, beginning with https://"),
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "max_length": gettext_lazy("Enter an address of %(limit_value)s characters or fewer")
        },
    )
    join_help = PlainTextField(
        required=False,
        label=gettext_lazy("How to join"),
        help_text=gettext_lazy(
            "Whatever helps to get in: the passcode, phone numbers, how to turn captions on, whom to ask."
        ),
        max_length=HELP_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": gettext_lazy("Shorten this to %(limit_value)s characters or fewer")},
    )

    class Meta:
        model = Event
        fields = ["join_address", "join_help"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        own = OwnWays.of(*(str(self.cleaned_data.get(name) or "") for name in ("join_address", "join_help")))
        for where, text in public_texts(self.event):
            if own.addresses_in(text):
                words = _(
                    "Everyone can read this address on the event’s page, under “%(where)s”. Take it out there first."
                )
                self.add_error("join_address", words % {"where": where})
                break
        return self.cleaned_data

    def clean_join_address(self) -> str:
        address: Any = self.cleaned_data["join_address"]
        if address and not is_web_address(address):
            raise ValidationError(
                _("Enter the whole address of the meeting, like https://meeting.example.org/123")
            )
        return address


def public_texts(event: Event) -> Iterator[tuple[str, str]]:
    """Everything that everyone reads about an event, each with what the page calls it."""
    for name, where in PUBLIC_TEXTS.items():
        yield str(where), getattr(event, name)
    for session in event.sessions.all():
        yield _("Dates"), f"{session.title}\n{session.agenda}"
    for line in event.in_place.all():
        yield _("Access in place"), line.note
    for found in joins.SEARCHED:
        for text in found(event):
            yield _("Recap"), text
