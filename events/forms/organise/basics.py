"""What an event is: its title, its kind, whom it is for, who leads it, under what it is found."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import events, listing
from events.forms.organise.page import EventPage, joined, plain_field
from events.forms.organise.public_words import PublicWords
from events.models import Event, Series, Tag
from kit.layouts import Asked, form_helper
from kit.text import PlainCharField

TAG_LENGTH = 40
MOST_NEW_TAGS = 5
SERIES_LENGTH = 120


class EventBasicsForm(PublicWords, EventPage):
    public_fields = ("title", "summary", "for_whom", "facilitators")
    needed = frozenset({"summary"})

    new_tags = PlainCharField(
        required=False,
        label=gettext_lazy("Other tags"),
        help_text=gettext_lazy(
            "New ones, with commas between them. For example: listening, faith and belief"
        ),
        max_length=200,
        error_messages={"max_length": gettext_lazy("Enter fewer tags: %(limit_value)s characters at most")},
    )
    new_series = PlainCharField(
        required=False,
        label=gettext_lazy("Or start a series"),
        help_text=gettext_lazy("The name of the new series."),
        max_length=SERIES_LENGTH,
        error_messages={
            "max_length": gettext_lazy("Shorten the name to %(limit_value)s characters or fewer")
        },
    )

    class Meta:
        model = Event
        fields = ["title", "kind", "summary", "for_whom", "facilitators", "tags", "series"]
        formfield_callback = plain_field
        widgets = {
            "kind": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 3}),
            "tags": forms.CheckboxSelectMultiple(attrs={"class": "choices--two"}),
        }
        help_texts = {
            "summary": gettext_lazy(
                "One or two sentences. They stand in the calendar and in the email about it."
            ),
            "for_whom": gettext_lazy("For example: everyone who wants to listen; staff of the university."),
            "facilitators": gettext_lazy("Names, with commas between them."),
            "series": gettext_lazy("Events that belong together, such as every social of your group."),
        }
        error_messages = {
            "title": {
                "required": gettext_lazy("Enter a title"),
                "blank": gettext_lazy("Enter a title"),  # nothing but the address that was moved away
                "max_length": gettext_lazy("Shorten the title to %(limit_value)s characters or fewer"),
            },
            "kind": {"required": gettext_lazy("Choose what kind of event it is")},
            "summary": {
                "max_length": gettext_lazy("Shorten the summary to %(limit_value)s characters or fewer")
            },
            "for_whom": {"max_length": gettext_lazy("Shorten this to %(limit_value)s characters or fewer")},
            "facilitators": {
                "max_length": gettext_lazy("Shorten this to %(limit_value)s characters or fewer")
            },
            "tags": {"invalid_choice": gettext_lazy("Choose tags from the list")},
            "series": {"invalid_choice": gettext_lazy("Choose a series from the list")},
        }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        self.fields["series"].queryset = Series.objects.filter(group=event.group)
        self.fields["series"].empty_label = _("None")
        if not self.fields["series"].queryset.exists():
            del self.fields["series"]
            self.fields["new_series"].label = _("Series")
        if not Tag.objects.exists():
            del self.fields["tags"]
            self.fields["new_tags"].label = _("Tags")

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(
            "title",
            "kind",
            "summary",
            "for_whom",
            "facilitators",
            "tags",
            "new_tags",
            "series",
            "new_series",
            Asked("meeting_address"),
        )

    def clean_new_tags(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["new_tags"].split(",")]
        names = [name for name in names if name]
        if any(len(name) > TAG_LENGTH for name in names):
            raise forms.ValidationError(
                _("Shorten each tag to %(number)s characters or fewer") % {"number": TAG_LENGTH}
            )
        if len(names) > MOST_NEW_TAGS:
            raise forms.ValidationError(_("Enter at most %(number)s new tags") % {"number": MOST_NEW_TAGS})
        return names

    def saved_fields(self) -> list[str]:
        columns = ["title", "kind", "summary", "for_whom", "facilitators", "series"]
        return [*columns, *(("join_address", "join_help") if self.has_moved_address else ())]

    def words_of(self, event: Event) -> dict[str, str]:
        words = super().words_of(event)
        is_mine = event is self.instance and "tags" in getattr(self, "cleaned_data", {})
        tags = self.cleaned_data["tags"] if is_mine else event.tags.all()
        return words | {"tags": joined(tags)}

    @transaction.atomic
    def _write(self) -> Event:
        given = self.cleaned_data
        if given["new_series"]:
            self.instance.series = listing.series_titled(self.event.group, given["new_series"])
        tags = [*given.get("tags", []), *listing.tags_named(given["new_tags"])]
        return events.save(self.instance, fields=self.saved_fields(), tags=tags)
