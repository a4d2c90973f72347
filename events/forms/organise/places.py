"""How many can come, and from when to when they can ask for a place."""

import copy
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.actions import event_times, events, places
from events.actions.events import CapacityTooLow
from events.actions.timetable import Dates
from events.forms.organise import moments
from events.forms.organise.page import EventPage
from events.models import Event
from kit.layouts import Asked, Group, Link, Note, Row, form_helper
from kit.times import moment_words, zone_words

MOST_PLACES = 100_000
WHAT_COUNTS = {"capacity", "volunteers_count"}


class EventPlacesForm(EventPage):
    capacity = forms.IntegerField(
        required=False,
        label=gettext_lazy("Places"),
        help_text=gettext_lazy("Leave this empty if there is no limit."),
        min_value=1,
        max_value=MOST_PLACES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": gettext_lazy("Enter the places as a whole number, for example 40"),
            "min_value": gettext_lazy("Enter at least %(limit_value)s place, or leave this empty"),
            "max_value": gettext_lazy("Enter at most %(limit_value)s places, or leave this empty"),
        },
    )
    opens_on = moments.day_field(gettext_lazy("Registration opens on"))
    opens = moments.clock_field(gettext_lazy("Time it opens"))
    opens_which = moments.which_field(gettext_lazy("Which of the two?"))
    closes_on = moments.day_field(gettext_lazy("Registration closes on"))
    closes = moments.clock_field(gettext_lazy("Time it closes"))
    closes_which = moments.which_field(gettext_lazy("Which of the two?"))
    offers_agreed = forms.BooleanField(required=False)
    end_agreed = forms.BooleanField(
        required=False,
        help_text=gettext_lazy(
            "The event's page will say that no booking is needed. If you only want to let nobody else register, "
            "leave registration as it is and enter when it closes."
        ),
    )
    list_agreed = forms.BooleanField(required=False)
    by_invitation = forms.BooleanField(
        required=False,
        label=gettext_lazy("Only people whom we invite can register"),
        help_text=gettext_lazy(
            "Everyone else reads on its page that it is by invitation. You invite from its list of people. Whoever "
            "is registered already stays so."
        ),
    )

    class Meta:
        model = Event
        fields = ["takes_registrations", "asks_first", "capacity", "volunteers_count", "has_waiting_list"]
        labels = {
            "takes_registrations": gettext_lazy("People register for this event here"),
            "asks_first": gettext_lazy("We look at each request before anybody has a place"),
            "volunteers_count": gettext_lazy("Hosts and helpers count for the room"),
            "has_waiting_list": gettext_lazy("Keep a waiting list when it is full"),
        }
        help_texts = {
            "takes_registrations": gettext_lazy(
                "Without it, the page tells when and where, and people just come."
            ),
            "asks_first": gettext_lazy(
                "Whoever asks is told that you decide, and holds no place until you agree. So is whoever offers to host "
                "or help. Whoever has a place already keeps it."
            ),
            "volunteers_count": gettext_lazy(
                "Whoever hosts or helps can always come, also when it is full. If they count, the next places that "
                "become free make up for it. Whoever had a place before always counts."
            ),
            "has_waiting_list": gettext_lazy(
                "A place that becomes free is offered to whoever waited longest."
            ),
        }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        zone = event.time_zone
        kwargs["initial"] = {
            "by_invitation": event.is_by_invitation,
            **moments.initial("opens", event.registration_opens_at, zone, day="opens_on"),
            **moments.initial("closes", event.registration_closes_at, zone, day="closes_on"),
        }
        super().__init__(*args, event=event, **kwargs)
        if not event.is_in_person:  # nobody sits in a room that could be too small
            del self.fields["volunteers_count"]

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(
            "takes_registrations",
            Note("people", Asked("end_agreed"), tone="gold"),
            "by_invitation",
            "asks_first",
            "capacity",
            Link(self._places_for(), reverse("organise:event_places_for", args=[self.event.slug])),
            "volunteers_count",
            Note("mail", Asked("offers_agreed"), tone="gold"),
            "has_waiting_list",
            Note("people", Asked("list_agreed"), tone="gold"),
            Group(
                _("From when to when"),
                Row("opens_on", "opens"),
                Asked("opens_which"),
                Row("closes_on", "closes"),
                Asked("closes_which"),
                hint=_(
                    "Leave these empty to open at once and to close when the event ends. Times are %(zone)s."
                )
                % {"zone": zone_words(self.event.time_zone)},
            ),
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        zone, event = self.event.time_zone, self.instance
        event.registration_opens_at = moments.typed(self, "opens", zone)
        event.registration_closes_at = moments.typed(self, "closes", zone)
        event.entry = Event.Entry.INVITED if self.cleaned_data["by_invitation"] else Event.Entry.OPEN
        self._refuse_senseless_times()
        self._refuse_too_few()
        self._ask_about_offers()
        self._ask_about_those_registered()
        self._ask_about_those_waiting()
        return self.cleaned_data

    def _places_for(self) -> str:
        if self.event.has_quotas:
            return _("Who these places are for")
        return _("Keep places for certain people, such as the staff of three universities")

    def saved_fields(self) -> list[str]:
        shown = [name for name in super().saved_fields() if name in self.fields]
        return [*shown, "entry", "registration_opens_at", "registration_closes_at"]

    def _refuse_senseless_times(self) -> None:
        wrong = event_times.misfits(self.instance, Dates.of(self.event))
        for name in ("opens", "closes"):
            if misfit := wrong.get(f"registration_{name}_at"):
                self.add_error(name, misfit.words)

    def _refuse_too_few(self) -> None:
        """Said here for the page; events.actions.events.save decides it once more under the lock."""
        try:
            events.refuse_too_few(self.event, self._typed())
        except CapacityTooLow as refusal:
            self.add_error("capacity", too_few_words(refusal.held, are_kept=refusal.are_kept))

    def _ask_about_offers(self) -> None:
        """More places send mails at once: how many, before it happens."""
        offers = self._offers()
        words = offers_words(self.event, offers)
        self["offers_agreed"].label = words
        if offers and not self.cleaned_data.get("offers_agreed"):
            self.add_error("offers_agreed", _("Tick the box if you want to send the offers now"))

    def _ask_about_those_registered(self) -> None:
        """Without registration the page tells everyone just to come; those who are registered were told otherwise."""
        now = self.event.places()
        held, waiting = now.taken + now.beside, now.waiting
        self["end_agreed"].label = end_words(held, waiting)
        is_ended = self.event.takes_registrations and not self.cleaned_data.get("takes_registrations")
        if is_ended and (held or waiting) and not self.cleaned_data.get("end_agreed"):
            self.add_error("end_agreed", _("Tick the box if nobody else shall have to register"))

    def _ask_about_those_waiting(self) -> None:
        waiting = self.event.places().waiting
        self["list_agreed"].label = list_words(waiting)
        is_ended = self.event.has_waiting_list and not self.cleaned_data.get("has_waiting_list")
        if is_ended and waiting and not self.cleaned_data.get("list_agreed"):
            self.add_error("list_agreed", _("Tick the box if nobody else shall join the waiting list"))

    def _offers(self) -> int:
        typed = self._typed()
        is_same = all(getattr(typed, name) == getattr(self.event, name) for name in WHAT_COUNTS)
        return 0 if "capacity" in self.errors or is_same else places.offers_at(typed)

    def _typed(self) -> Event:
        """The event as it would be with what was typed of its places."""
        typed = copy.copy(self.event)
        for name in WHAT_COUNTS & self.cleaned_data.keys():
            setattr(typed, name, self.cleaned_data[name])
        return typed


def end_words(held: int, waiting: int) -> str:
    """What happens to those who are registered when nobody has to register any more."""
    holding = ngettext(
        "%(number)s person holds a place and keeps it, with their own page, reminders and way in",
        "%(number)s people hold a place and keep it, with their own page, reminders and way in",
        held,
    )
    queue = ngettext(
        "%(number)s person waits, and is still offered a place when one becomes free",
        "%(number)s people wait, and are still offered a place when one becomes free",
        waiting,
    )
    return ". ".join(words % {"number": n} for words, n in ((holding, held), (queue, waiting)) if n)


def list_words(waiting: int) -> str:
    words = ngettext(
        "%(number)s person waits, and is still offered a place when one becomes free. Nobody else can join them",
        "%(number)s people wait, and are still offered a place when one becomes free. Nobody else can join them",
        waiting,
    )
    return words % {"number": waiting}


def too_few_words(held: int, *, are_kept: bool = False) -> str:
    if are_kept:
        kept = ngettext(
            "%(held)s place is kept for certain people. Enter %(held)s or more, or keep fewer first",
            "%(held)s places are kept for certain people. Enter %(held)s or more, or keep fewer first",
            held,
        )
        return kept % {"held": held}
    words = ngettext(
        "%(held)s person holds a place or has been offered one. Enter %(held)s or more",
        "%(held)s people hold a place or have been offered one. Enter %(held)s or more",
        held,
    )
    return words % {"held": held}


def offers_words(event: Event, number: int) -> str:
    words = ngettext(
        "Send %(number)s offer to whoever waited longest. It ends on %(moment)s",
        "Send %(number)s offers to those who waited longest. They end on %(moment)s",
        number,
    )
    ends_at = event.offer_ends_at(timezone.now())
    return words % {"number": number, "moment": moment_words(ends_at, event.time_zone, year=False)}
