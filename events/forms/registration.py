"""What someone types to save a place."""

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.actions.entering import Answers
from events.forms.access_needs import AccessListForm
from events.forms.dates import DatesQuestion
from events.forms.groups import GroupQuestion, Try
from events.forms.invited import InvitedAlready
from events.forms.person_fields import (
    email_field,
    name_field,
    pronouns_field,
    taking_part_field,
    way_field,
)
from events.models import Event, PersonalInvitation, Registration
from events.models.places import Pair
from kit.attempts import Trapped
from kit.forms import Choice
from kit.joins import joins
from kit.layouts import Included, Parts, Section, form_helper
from kit.option_layouts import AsksMore, Ticks, Trap
from people.actions import values
from people.models import GuidingValues, Person

TakingPart = Registration.TakingPart
# Whether somebody needs anything.
NO, YES, WRITE_FIRST = "no", "yes", "write"
CHOSEN_ALL_THE_SAME = _(
    "You chose “No, or not yet”, and something is ticked or written below. Choose “Yes” to ask for it, or take it out"
)
NOTHING_CHOSEN = _(
    "You chose “Yes”. Choose from the list or use your own words, or let us write to you first"
)
ON_THE_DAY = "later"


def ways_to_take_part(*, online: bool) -> list[tuple[str, Any]]:
    """A camera and a chat are there only online."""
    ways = {
        TakingPart.CAMERA_OFF: _("keep your camera off"),
        TakingPart.CHAT_ONLY: _("write in the chat instead of speaking"),
        TakingPart.LISTENING: _("listen, and not be called on"),
    }
    fitting = ways if online else [TakingPart.LISTENING]
    return [(way.value, ways[way]) for way in fitting]


class RoomSelect(forms.Select):
    """What is full can be read and not be chosen; whoever had chosen it before sees what they chose."""

    template_name = "events/_room_select.html"
    full: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["disabled"] = value in self.full and not option["selected"]
        return option


class RoomField(forms.ChoiceField):
    """A wish for a room. Left alone it is answered: "" for deciding on the day."""

    def clean(self, value: Any) -> str:
        return "" if not value or value == ON_THE_DAY else super().clean(value)


class RegistrationForm(AccessListForm, Trapped):
    name = name_field()
    pronouns = pronouns_field()
    email = email_field(_("We send one email with a button: your place is yours once you press it."))
    anything = forms.ChoiceField(
        required=False,
        label=_("Is there anything you need?"),
        help_text=_("You never have to say why."),
        choices=[
            (NO, Choice(_("No, or not yet"), _("You can tell us later, on your own page"))),
            (YES, Choice(_("Yes"), _("Choose from a list, or use your own words"))),
            (WRITE_FIRST, Choice(_("Please write to me first"), _("I would rather talk about it"))),
        ],
        widget=forms.RadioSelect(attrs={"class": "choices--cards"}),
    )
    way = way_field()
    taking_part = taking_part_field()
    room = RoomField(
        label=_("Which room would you like?"),
        widget=RoomSelect,
        error_messages={
            "invalid_choice": _("That room is no longer there. Choose another room, or decide on the day")
        },
    )
    accepts_values = forms.BooleanField(
        label=_("I will keep to the guiding values"),
        error_messages={"required": _("Tick the box to say you will keep to our guiding values")},
    )
    wants_news = forms.BooleanField(required=False)
    every_date_by_mail = forms.BooleanField(
        required=False,
        label=_("Email me each date for my calendar"),
        help_text=_("One email a date. You can also follow all your places in your calendar, later on."),
    )

    def __init__(
        self,
        *args: Any,
        event: Event,
        try_code: Try,
        person: Person | None = None,
        invitation: PersonalInvitation | None = None,
        **kwargs: Any,
    ) -> None:
        """`person`: whoever is known to be the one who types; `try_code` counts the codes that are typed."""
        super().__init__(*args, event=event, **kwargs)
        self.fields["email"].label = _("Your email address")
        self.fields["taking_part"].choices = ways_to_take_part(online=event.is_online)
        if event.format != Event.Format.BOTH:
            del self.fields["way"]
        # Read only where a room was chosen, or the form is drawn: with none there is nothing to ask.
        self.rooms = cache(partial(_rooms, event))
        self.fields["room"].choices = self._room_choices
        self.fields["wants_news"].label = _("Send me news of %(group)s") % {"group": event.group.name}
        self.fields["wants_news"].help_text = _(
            "New events, now and then. Every email has a link that stops them, or makes them one a week."
        )
        asks_group = event.has_quotas and not (invitation and invitation.quota)
        self.which_group = GroupQuestion(self, event, try_code) if asks_group else None
        has_several = _number_of_dates(event) > 1
        which_dates = DatesQuestion(self, event, person) if has_several else None
        if not has_several:  # the one date comes with the email that says that the place is saved
            del self.fields["every_date_by_mail"]
        invited = InvitedAlready(self, invitation) if invitation else None
        self.questions = [question for question in (invited, self.which_group, which_dates) if question]
        self.order_fields(self._as_on_the_page())

    @cached_property
    def values(self) -> GuidingValues | None:
        """Those in force. One query."""
        return values.current(self.event.group)

    @cached_property
    def helper(self) -> FormHelper:
        needs = AsksMore(
            "anything",
            within=Parts(Included("events/_open_what_fits.html"), self.folds(), "own_words"),
            say=Parts("may_be_read", self.who_reads_it()),
        )
        values = Included("events/_values_to_read.html", values=self.values, form=self)
        helper = form_helper(
            "made",
            *(part for question in self.questions for part in question.parts),
            Section("about-you", _("About you"), "name", "pronouns", "email"),
            Section("in-person-or-online", _("In person or online"), "way"),
            Section("needs", _("Would anything help you take part?"), needs),
            Section("taking-part", _("How you take part"), "taking_part", *self._room_if_any()),
            Section(
                "before-you-send",
                _("Before you send"),
                Ticks("accepts_values", "wants_news", *self._every_date_if_several()),
                *([values] if self.values else []),
                Trap("website"),
            ),
        )
        # What is wrong with it as a whole is said once, in the summary.
        helper.form_show_errors = False
        return helper

    def clean_accepts_values(self) -> bool:
        """The page says which version it showed."""
        shown, version_id = self.data.get("values_version"), self._values_version_id()
        if shown and shown != str(version_id):
            raise forms.ValidationError(
                _("Our guiding values have changed while you were writing. Read the new ones and send again")
            )
        return True

    def clean_room(self) -> str:
        wish: str = self.cleaned_data["room"]
        if wish and any(room.is_full and room.value == wish for room in self.rooms()):
            raise forms.ValidationError(
                _("That room filled up while you were choosing. Choose another room, or decide on the day")
            )
        return wish

    def clean(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        asks = bool(given.get("needs") or given.get("own_words"))
        if given.get("anything") == NO and asks:
            self.add_error("anything", CHOSEN_ALL_THE_SAME)
        if given.get("anything") == YES and not asks and not self.errors:
            self.add_error("anything", NOTHING_CHOSEN)
        for question in self.questions:
            question.clean()
        return super().clean()

    def wants_a_word(self) -> bool:
        return self.cleaned_data.get("anything") == WRITE_FIRST

    def answers(self, network: str) -> Answers:
        given = self.cleaned_data
        asked: dict[str, Any] = {"pair": Pair(way=given.get("way", ""))}
        for question in self.questions:
            asked |= question.answers()
        return Answers(
            network=network,
            name=given["name"],
            email=given["email"],
            pronouns=given["pronouns"],
            taking_part=given["taking_part"],
            room=given["room"],
            wants_news=given["wants_news"],
            calendar_mails=Registration.CalendarMails.EVERY_DATE if given.get("every_date_by_mail") else "",
            values_version_id=self._values_version_id(),
            access=self.access_answers(),
            **asked,
        )

    def _values_version_id(self) -> int | None:
        """No query where the event came with it."""
        known = vars(self.event)
        if "values_in_force" in known:
            return known["values_in_force"]
        return self.values.pk if self.values else None

    def _as_on_the_page(self) -> list[str]:
        """The error summary follows the page."""
        access = ["anything", "needs", *self.detail_names(), "own_words", "may_be_read"]
        last = ["accepts_values", "wants_news", "every_date_by_mail", "website", "made"]
        first = ["group", "proof", "code", "dates", "name", "pronouns"]
        return [*first, "email", "way", *access, "taking_part", "room", *last]

    def _room_choices(self) -> Iterator[tuple[str, Any]]:
        yield ON_THE_DAY, _("I will decide on the day")
        for room in self.rooms():
            yield room.value, _("%(room)s (full)") % {"room": room.title} if room.is_full else room.title

    def _every_date_if_several(self) -> list[str]:
        return ["every_date_by_mail"] if "every_date_by_mail" in self.fields else []

    def _room_if_any(self) -> list[str]:
        """Where there is no room to choose, nobody is asked."""
        field, rooms = self.fields["room"], self.rooms()
        if not rooms and "room" not in self.errors:
            del self.fields["room"]
            return []
        field.widget.full = frozenset(room.value for room in rooms if room.is_full)
        field.help_text = format_html(
            '{} <a href="{}#rooms-h">{}</a>',
            _("You can move whenever you like, also on the day."),
            self.event.get_absolute_url(),
            _("About the rooms and their hosts"),
        )
        return ["room"]


def _number_of_dates(event: Event) -> int:
    """No query where the event came with it."""
    known: int | None = vars(event).get("number_of_dates")
    return len(event.sessions.all()) if known is None else known


def _rooms(event: Event) -> list[Any]:
    """The rooms that can be chosen; see breakouts.pages.room_pages.RoomToChoose."""
    rooms: list[Any] = joins.rooms_to_choose(event, timezone.now())
    return rooms
