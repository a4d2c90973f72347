"""A new event on one page: what people need to know, filled in as at the group's last event."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import new_event, quotas
from events.actions.behind_the_door import is_web_address
from events.forms.access_needs import let_people_paste
from events.forms.organise import moments
from events.forms.organise.basics import EventBasicsForm
from events.forms.organise.in_place_ticks import InPlaceTicks
from events.forms.organise.join_door import ADDRESS_LENGTH
from events.forms.organise.places import EventPlacesForm, too_few_words
from events.forms.organise.public_words import PublicWords
from events.forms.organise.words import EventWordsForm
from events.models import Event, Venue
from kit.layouts import Asked, Drawn, Folded, Group, Row, ShownFor, form_helper
from kit.text import PlainCharField, PlainTextField
from kit.times import city_words, local, zone_words
from kit.ways_in import OwnWays
from people.models import Group as PeoplesGroup
from people.models import Person

WRITTEN = ("title", "kind", "summary", "description", "format", "capacity", "has_waiting_list")
NEEDED_TO_PUBLISH = ("summary", "date", "start", "end")
VENUE_LENGTH = 300
TOO_LONG = gettext_lazy("Shorten this to %(limit_value)s characters or fewer")


class EssentialsForm(InPlaceTicks, PublicWords):
    """`like` is the event it is filled in from; `copied`, whether its words come along too. `within` is the form of its
    topics, drawn in its place. A draft (`is_draft`) may lack whatever can wait."""

    public_fields = ("title", "summary", "description", "new_venue")

    title = PlainCharField(
        label=gettext_lazy("Title"),
        max_length=140,
        error_messages=EventBasicsForm.Meta.error_messages["title"],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Event.Kind.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--two choices--quiet"}),
        error_messages=EventBasicsForm.Meta.error_messages["kind"],
    )
    summary = PlainCharField(
        label=gettext_lazy("In one or two sentences"),
        help_text=gettext_lazy("They stand in the calendar and in emails about it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("Write one or two sentences about it"),
            "max_length": EventBasicsForm.Meta.error_messages["summary"]["max_length"],
        },
    )
    description = EventWordsForm.base_fields["description"]
    date = moments.day_field(gettext_lazy("Date"), required=True)
    start = moments.clock_field(gettext_lazy("Start"), required=True, words=gettext_lazy("Enter the start"))
    start_which = moments.which_field(gettext_lazy("Which start do you mean?"))
    end = moments.clock_field(gettext_lazy("End"), required=True, words=gettext_lazy("Enter the end"))
    end_which = moments.which_field(gettext_lazy("Which end do you mean?"))
    format = forms.ChoiceField(
        label=gettext_lazy("How can people take part?"),
        choices=Event.Format.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--quiet"}),
        error_messages={"required": gettext_lazy("Choose how people can take part")},
    )
    join_address = PlainCharField(
        required=False,
        label=gettext_lazy("Link to the meeting"),
        help_text=gettext_lazy("Only people with a place see it, from shortly before the start."),
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "max_length": gettext_lazy("Enter an address of %(limit_value)s characters or fewer")
        },
    )
    venue = forms.ModelChoiceField(
        Venue.objects.none(),
        required=False,
        label=gettext_lazy("Venue"),
        empty_label=gettext_lazy("Another one, or not known yet"),
        error_messages={"invalid_choice": gettext_lazy("Choose a venue from the list")},
    )
    new_venue = PlainTextField(
        required=False,
        label=gettext_lazy("Place and address"),
        help_text=gettext_lazy("Its name first, then a comma and the address: The Mill, 2 Mill Lane, Derby"),
        max_length=VENUE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    capacity = EventPlacesForm.base_fields["capacity"]
    has_waiting_list = forms.BooleanField(
        required=False, label=gettext_lazy("Keep a waiting list when it is full")
    )

    def __init__(
        self,
        *args: Any,
        group: PeoplesGroup,
        like: Event | None = None,
        copied: bool = False,
        within: forms.BaseForm | None = None,
        is_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        self.group, self.like, self.copied, self.within = group, like, copied, within
        self.is_draft = is_draft
        self.instance = Event(group=group, time_zone=like.time_zone if like else group.time_zone)
        self.instance.is_unlisted = bool(like and copied and like.is_unlisted)
        super().__init__(*args, initial=self._initial(), like=like, **kwargs)
        for name in ("description", "join_address", "new_venue"):
            self.fields[name].can_wait = True
        self.fields["description"].widget.attrs["rows"] = 5
        self.fields["venue"].queryset = Venue.objects.filter(group=group)
        if not self.fields["venue"].queryset.exists():
            del self.fields["venue"]
        let_people_paste(self)

    @cached_property
    def helper(self) -> FormHelper:
        times = _("All times are %(zone)s. More dates, or another zone, come after this page.")
        return form_helper(
            Group(_("What is it?"), "title", "kind", "summary", "description"),
            Group(
                _("When?"),
                Row("date", "start", "end"),
                Asked("start_which", "end_which"),
                hint=times % {"zone": self.zone_shown},
            ),
            Group(
                _("Online or where?"),
                "format",
                ShownFor("online", "join_address"),
                ShownFor("in_person", "venue", "new_venue"),
            ),
            Group(_("How many places?"), "capacity", "has_waiting_list"),
            *([Drawn(self.within)] if self.within else []),
            Group(
                _("What is in place for everyone?"),
                "in_place",
                Folded(_("More of what helps"), "more_in_place", is_open=self.has_more_in_place()),
                hint=self.promised(),
            ),
            Asked("meeting_address"),
        )

    @property
    def zone_shown(self) -> str:
        zone = self.instance.time_zone
        return f"{city_words(zone)} ({zone_words(zone)})" if zone != "UTC" else zone

    def show_only(self) -> None:
        """Show what was typed, whatever is wrong with it."""
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}

    def full_clean(self) -> None:
        for name in NEEDED_TO_PUBLISH:
            self.fields[name].required = not self.is_draft
        super().full_clean()
        for name in NEEDED_TO_PUBLISH:
            self.fields[name].required = True

    def clean_join_address(self) -> str:
        address: Any = self.cleaned_data["join_address"]
        if address and not is_web_address(address):
            raise ValidationError(
                _("Enter the whole address of the meeting, like https://meeting.example.org/123")
            )
        self.instance.join_address = address
        return address

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.cleaned_data["starts_at"], self.cleaned_data["ends_at"] = self._instants()
        self._refuse_nowhere()
        self._refuse_too_few()
        return self.cleaned_data

    def save(self, *, by: Person) -> Event:
        """The event as a draft, with its date. Pressed twice is one event; a draft that was looked at goes on."""
        given = self.cleaned_data
        for name in WRITTEN:
            setattr(self.instance, name, given[name])
        self.instance.venue = given.get("venue")
        return new_event.make(
            self.instance,
            span=(given["starts_at"], given["ends_at"]),
            new_venue=given["new_venue"],
            in_place={code: self.before.get(code, "") for code in self.ticked()},
            like=self.like,
            copied=self.copied,
            by=by,
        )

    @cached_property
    def _own(self) -> OwnWays:
        return OwnWays.of(str(self.cleaned_data.get("join_address") or ""))

    def _instants(self) -> tuple[Any, Any]:
        given, zone = self.cleaned_data, self.instance.time_zone
        starts_at = moments.instant(self, "start", given.get("date"), given.get("start"), zone)
        last = moments.end_day(given.get("date"), given.get("start"), given.get("end"))
        ends_at = moments.instant(self, "end", last, given.get("end"), zone)
        if starts_at and ends_at and ends_at <= starts_at:
            words = _(
                "The end must be after the start. An event of several days gets its dates after this page"
            )
            self.add_error("end", words)
        if ends_at and ends_at <= timezone.now():
            self.add_error("date", _("This date is in the past. Enter one that is to come"))
        return starts_at, ends_at

    def _refuse_nowhere(self) -> None:
        given = self.cleaned_data
        is_met = given.get("format") in (Event.Format.IN_PERSON, Event.Format.BOTH)
        is_somewhere = given.get("venue") or given.get("new_venue") or "new_venue" in self.errors
        if is_met and not is_somewhere and not self.is_draft:
            self.add_error("new_venue", _("Say where it takes place"))

    def _refuse_too_few(self) -> None:
        """The places that a copy takes along for groups of people are places of the event."""
        capacity = self.cleaned_data.get("capacity")
        kept = quotas.places_kept(self.like) if self.like and self.copied and capacity else 0
        if capacity and capacity < kept:
            self.add_error("capacity", too_few_words(kept, are_kept=True))

    def _initial(self) -> dict[str, Any]:
        like = self.like
        if like is None:
            return {"kind": Event.Kind.SOCIAL, "format": Event.Format.ONLINE, "has_waiting_list": True}
        names = ("kind", "format", "venue", "capacity", "has_waiting_list")
        words = ("title", "summary", "description") if self.copied else ()
        shown = {name: getattr(like, name) for name in (*names, *words)}
        return {**shown, **_hours_of(like)}


def _hours_of(event: Event) -> dict[str, Any]:
    """From when to when its first date is, as the clock shows it there."""
    session = event.sessions.order_by("starts_at").first()
    if session is None:
        return {}
    return {
        "start": local(session.starts_at, event.time_zone).time(),
        "end": local(session.ends_at, event.time_zone).time(),
    }
