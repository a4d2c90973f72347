"""The long texts of an event's page."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from events.forms.organise.page import EventPage, plain_field
from events.forms.organise.public_words import PublicWords
from events.models import Event
from kit.layouts import Asked, Included, form_helper
from kit.text import MarkdownField

DESCRIPTION_LENGTH = 20_000


class EventWordsForm(PublicWords, EventPage):
    public_fields = ("description", "content_note")

    description = MarkdownField(
        required=False,
        label=gettext_lazy("Description"),
        max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={
            "max_length": gettext_lazy("Shorten the description to %(limit_value)s characters or fewer")
        },
    )

    class Meta:
        model = Event
        fields = ["description", "content_note"]
        formfield_callback = plain_field
        widgets = {"content_note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "content_note": gettext_lazy(
                "What may be hard to hear, so that people can prepare or choose. "
                "For example: we speak about racism at work."
            )
        }
        error_messages = {
            "content_note": {
                "max_length": gettext_lazy("Shorten the content note to %(limit_value)s characters or fewer")
            }
        }

    @cached_property
    def helper(self) -> FormHelper:
        how_to_write = Included("organise/_how_to_write.html")
        return form_helper("description", how_to_write, "content_note", Asked("meeting_address"))

    def saved_fields(self) -> list[str]:
        return [*super().saved_fields(), *(("join_address", "join_help") if self.has_moved_address else ())]
