"""A new event: from scratch, or with the settings of an earlier one."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import events
from events.forms.access_needs import let_people_paste
from events.forms.organise.public_words import LEAVE, PublicWords
from events.models import Event
from kit.text import PlainCharField
from kit.times import day_words
from people.models import Group, Person

TITLE_LENGTH = 140
# The same title from the same person so soon is one event, not two.
PRESSED_TWICE_WITHIN = timedelta(minutes=1)
MOST_EARLIER = 100


class EarlierEventField(forms.ModelChoiceField):
    """Socials often share a title: the date tells them apart."""

    def label_from_instance(self, event: Any) -> str:
        return (
            f"{event.title}, {day_words(event.starts_at, event.time_zone)}"
            if event.starts_at
            else event.title
        )


class NewEventForm(PublicWords):
    public_fields = ("title",)

    title = PlainCharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("You can change it later."),
        max_length=TITLE_LENGTH,
        error_messages={
            "required": gettext_lazy("Enter a title"),
            "max_length": gettext_lazy("Shorten the title to %(limit_value)s characters or fewer"),
        },
    )
    copy_of = EarlierEventField(
        Event.objects.none(),
        required=False,
        label=gettext_lazy("Copy the settings of an earlier event"),
        help_text=gettext_lazy(
            "Its words, place, number of places and what is in place for access. Never its people, dates, "
            "picture or meeting address."
        ),
        empty_label=gettext_lazy("Start from scratch"),
        to_field_name="slug",
        error_messages={"invalid_choice": gettext_lazy("Choose an event from the list")},
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        self.group = group
        super().__init__(*args, **kwargs)
        self.fields["meeting_address"].choices = [(LEAVE, _("Leave it here: it is meant for everyone"))]
        newest = group.events.order_by("-created_at").values("pk")[:MOST_EARLIER]
        earlier: Any = Event.objects.filter(pk__in=newest).with_dates()
        self.fields["copy_of"].queryset = earlier.order_by("-first_starts_at", "-created_at")
        let_people_paste(self)

    def save(self, *, by: Person) -> Event:
        """Pressed twice is one event."""
        since = timezone.now() - PRESSED_TWICE_WITHIN
        title, untouched = self.cleaned_data["title"], {"state": Event.State.DRAFT}
        same = self.group.events.filter(title=title, created_by=by, created_at__gte=since, **untouched)
        return same.first() or events.create(
            self.group, title=title, by=by, copy_of=self.cleaned_data["copy_of"]
        )
