"""The words of a room, its seats and its own way in."""

from typing import Any

from crispy_forms.helper import FormHelper
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions import review
from breakouts.actions.review import SeatsTooFew
from breakouts.forms.organise.opened import OpenedForm
from breakouts.forms.organise.seats import seats_field, too_few_words
from breakouts.models import Topic
from events.actions.behind_the_door import is_web_address
from events.forms.organise.public_words import LEAVE, PublicWords
from events.models import Event
from kit.forms import line_field, text_field
from kit.layouts import Asked, Note, form_helper
from kit.ways_in import OwnWays
from people.models import Person

ADDRESS_LENGTH = 1000
TO_LEAVE = (LEAVE, gettext_lazy("Leave it here: it is meant for everyone"))


def title_field() -> Any:
    return line_field(
        gettext_lazy("Topic"),
        gettext_lazy("A question works well: “How do we speak up for one another?”"),
        max_length=120,
        enter=gettext_lazy("Enter the topic"),
    )


def why_field() -> Any:
    return text_field(
        gettext_lazy("What it is about, and why"),
        gettext_lazy("Two or three sentences."),
        required=False,
        max_length=1000,
        rows=4,
    )


def note_field() -> Any:
    return line_field(
        gettext_lazy("Content note"),
        gettext_lazy("What may be hard to hear, so that people can prepare or choose."),
        required=False,
        max_length=300,
    )


class NewTopicForm(PublicWords):
    """An organiser's own topic."""

    public_fields = ("title", "why", "content_note")

    title = title_field()
    why = why_field()
    content_note = note_field()

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["meeting_address"].choices = [TO_LEAVE]

    def events_told_of(self) -> list[Event]:
        return [self.event]

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(*self.public_fields, Asked("meeting_address"))

    def save(self, *, by: Person) -> Topic:
        return review.add(self.event, by=by, **{name: self.cleaned_data[name] for name in self.public_fields})


class RoomForm(PublicWords, OpenedForm):
    """A room as its organisers set it right. Its meeting address is sealed, and shown inside only."""

    public_fields = ("title", "why", "content_note")

    title = title_field()
    why = why_field()
    content_note = note_field()
    seats = seats_field(
        gettext_lazy("People in this room"), gettext_lazy("Leave this empty for the number of all rooms.")
    )
    join_address = line_field(
        gettext_lazy("Meeting address of this room"),
        gettext_lazy("Only if it has one of its own. The whole address, beginning with https://"),
        required=False,
        max_length=ADDRESS_LENGTH,
        inputmode="url",
        autocomplete="off",
        spellcheck="false",
    )

    class Meta:
        model = Topic
        fields = ["title", "why", "content_note", "seats", "join_address"]

    def __init__(self, *args: Any, row: Topic, **kwargs: Any) -> None:
        self.can_read_address = row.is_readable
        if not self.can_read_address:
            row.join_address = ""  # of the page alone: what is sealed stays as it is
        super().__init__(*args, row=row, **kwargs)
        self.fields["meeting_address"].choices = [TO_LEAVE]
        if not self.can_read_address:
            del self.fields["join_address"]

    @cached_property
    def _own(self) -> OwnWays:
        """The event's, and that of this room as it would be from now on."""
        return super()._own + OwnWays.of(str(self.cleaned_data.get("join_address") or ""))

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(
            *self.public_fields, "seats", "join_address", self._about_address(), Asked("meeting_address")
        )

    def saved_fields(self) -> list[str]:
        return [name for name in super().saved_fields() if name in self.fields]

    def clean_join_address(self) -> str:
        address: Any = self.cleaned_data["join_address"]
        if address and not is_web_address(address):
            raise ValidationError(
                _("Enter the whole address of the meeting, like https://meeting.example.org/123")
            )
        return address

    def _about_address(self) -> Note:
        if not self.can_read_address:
            missing = _(
                "The room's own meeting address cannot be read at the moment: its key is missing. It stays as it is."
            )
            return Note("warning", tone="gold", words=missing)
        words = _(
            "Leave the address empty if everybody meets in one place and is sent into rooms from there. It is shown "
            "inside only, to people who have a place and sit in this room: on no public page, in no email, no calendar "
            "and no list. It is kept encrypted."
        )
        return Note("key", words=words)

    def write(self, by: Person) -> None:
        """Raises SeatsTooFew, having said so at the field."""
        try:
            review.edit(self.row, by=by, **{name: self.cleaned_data[name] for name in self.saved_fields()})
        except SeatsTooFew as refusal:
            self.add_error("seats", too_few_words(refusal.taken))
            raise
