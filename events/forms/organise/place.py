"""Where an event takes place: online, at a venue, or both."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import events
from events.forms.access_needs import let_people_paste
from events.forms.organise.page import EventPage, plain_field
from events.forms.organise.public_words import LEAVE, PublicWords
from events.models import Event, Venue
from events.models.event import EventQuerySet
from events.models.venue import ACCESS_FACTS
from kit.layouts import Asked, Group, Link, form_helper

TEXT_LENGTH = 1000
TOO_LONG = gettext_lazy("Shorten this to %(limit_value)s characters or fewer")
LONG_TEXTS = ("address", "directions", *ACCESS_FACTS)


class EventPlaceForm(EventPage):
    needed = frozenset({"venue"})

    class Meta:
        model = Event
        fields = ["format", "venue"]
        widgets = {"format": forms.RadioSelect}
        labels = {"format": gettext_lazy("How can people take part?")}
        error_messages = {
            "format": {"required": gettext_lazy("Choose how people can take part")},
            "venue": {"invalid_choice": gettext_lazy("Choose a venue from the list")},
        }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        self.fields["venue"].queryset = Venue.objects.filter(group=event.group)
        self.fields["venue"].empty_label = _("Not known yet")

    @cached_property
    def helper(self) -> FormHelper:
        new = reverse("organise:venue_new", args=[self.event.group.slug])
        to_new = Link(_("Add a venue that is not in the list"), f"{new}?event={self.event.slug}")
        return form_helper("format", "venue", to_new)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("format") == Event.Format.ONLINE:
            self.cleaned_data["venue"] = None
        return self.cleaned_data

    def _write(self) -> Event:
        """What was in place for a format that no longer holds goes with it."""
        fitting = {option.code for group in self.instance.access_groups() for option in group.options}
        kept = {line.code: line.note for line in self.event.in_place.all() if line.code in fitting}
        return events.save(self.instance, fields=self.saved_fields(), in_place=kept)


def limited_field(field: models.Field, **kwargs: Any) -> forms.Field | None:
    if isinstance(field, models.TextField):
        kwargs |= {"max_length": TEXT_LENGTH}
    return plain_field(field, **kwargs)


class VenueForm(PublicWords, forms.ModelForm):
    public_fields = ("name", *LONG_TEXTS)

    class Meta:
        model = Venue
        fields = ["name", *LONG_TEXTS]
        formfield_callback = limited_field
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in LONG_TEXTS}
        help_texts = {
            "directions": gettext_lazy(
                "From the station or the bus stop, in words: not everyone can use a map."
            ),
            "step_free": gettext_lazy(
                "From the street to the seat: steps, ramps, lifts, how wide the doors are. "
                "Say so if there is none, so that nobody travels in vain."
            ),
            "toilets": gettext_lazy("An accessible toilet? A Changing Places toilet? All-gender ones?"),
            "hearing_loop": gettext_lazy(
                "Is there a loop, is it tested, are microphones used, is there an echo?"
            ),
            "quiet_room": gettext_lazy("Where it is, and whether it is kept free."),
            "parking": gettext_lazy("Blue Badge spaces, where a taxi can stop, how far it is from there."),
        }
        error_messages = {name: {"max_length": TOO_LONG} for name in LONG_TEXTS} | {
            "name": {"required": gettext_lazy("Enter the name of the venue"), "max_length": TOO_LONG},
            "address": {"required": gettext_lazy("Enter the address"), "max_length": TOO_LONG},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting_address"].choices = [
            (LEAVE, _("Leave it here: it is meant for everyone")),
            ("", _("I will take it out")),
        ]
        let_people_paste(self)

    def events_told_of(self) -> EventQuerySet:
        return self.instance.events_here() if self.instance.pk else Event.objects.none()

    @cached_property
    def helper(self) -> FormHelper:
        access = Group(_("Access"), *ACCESS_FACTS, hint=_("Leave empty what you do not know yet."))
        return form_helper("name", "address", "directions", access, Asked("meeting_address"))
