"""What somebody changes or asks for on their own page, and on the way to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions import news
from events.forms.access_needs import let_people_paste
from events.forms.person_fields import (
    email_field,
    name_field,
    pronouns_field,
    taking_part_field,
    way_field,
)
from events.forms.registration import ways_to_take_part
from events.models import PersonalFeed, Registration
from events.models.quota import Way
from events.pages.way_words import what_it_means
from kit.forms import Choice

Mails = Registration.CalendarMails


class AnswersForm(forms.Form):
    """What can be changed later without anybody having to be asked."""

    name = name_field()
    pronouns = pronouns_field()
    taking_part = taking_part_field()
    wants_news = forms.BooleanField(required=False)
    news_weekly = forms.BooleanField(
        required=False,
        label=_("News in one email a week"),
        help_text=_("On Monday morning, when there is something new. Otherwise each event has its own."),
    )

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": registration.name,
            "pronouns": registration.pronouns,
            "taking_part": registration.taking_part,
            "wants_news": registration.news_wanted_at is not None,
            "news_weekly": news.is_weekly(registration),
        }
        super().__init__(*args, **kwargs)
        event = registration.event
        self.fields["taking_part"].choices = ways_to_take_part(online=registration.comes_online)
        self.fields["wants_news"].label = _("Send me news of %(group)s") % {"group": event.group}
        if not registration.has_email:
            del self.fields["wants_news"], self.fields["news_weekly"]
        let_people_paste(self)


class CalendarMailsForm(forms.Form):
    """Which dates come as calendar entries in emails."""

    calendar_mails = forms.ChoiceField(
        required=False,
        label=_("Calendar entries in emails"),
        help_text=_(
            "They follow changes by themselves. Answers that you press in your calendar change nothing here."
        ),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose which calendar entries come in emails")},
    )

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        kwargs["initial"] = {"calendar_mails": registration.calendar_mails}
        super().__init__(*args, **kwargs)
        of_one = [("", _("With the emails about this event"))]
        of_several = [
            ("", _("A date that changes, with the email that says so")),
            (Mails.EVERY_DATE, Choice(_("Every date"), _("One email a date"))),
        ]
        none = (Mails.NONE, Choice(_("None"), _("An email has links to add the date by hand instead")))
        has_several = len(registration.event.sessions.all()) > 1
        field = self.fields["calendar_mails"]
        field.choices = [*(of_several if has_several else of_one), none]
        field.is_needed = True  # one of them is always chosen


class ListedForm(forms.Form):
    """Who of those taking part may see somebody's name. Nobody, unless they say so."""

    listed_to = forms.ChoiceField(
        required=False,
        label=_("Who sees your name?"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose who sees your name")},
    )

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        kwargs["initial"] = {"listed_to": registration.listed_to}
        super().__init__(*args, **kwargs)
        choices = [("", _("Nobody")), *Registration.ListedTo.choices]
        if not registration.quota_id:
            choices.pop()
        self.fields["listed_to"].choices = choices


class AddressForm(forms.Form):
    """One address: the link once more, or another address for a mail that never came."""

    email = email_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_people_paste(self)


class NewAddressForm(AddressForm):
    """The address at which somebody wants to be written to from now on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New email address")


class RememberForm(forms.Form):
    """Whether a device stays open. Nobody who only wants to read something has to think about it."""

    remember = forms.BooleanField(
        required=False,
        label=_("Remember this device for 30 days"),
        help_text=_(
            "Only where nobody else uses it: until then it opens without another email. "
            "You can have it forgotten on your own page at any time."
        ),
    )


class WayForm(forms.Form):
    """How somebody comes. Under each choice stands what it would mean for their place."""

    way = way_field()

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        kwargs["initial"] = {"way": registration.way}
        super().__init__(*args, **kwargs)
        field = self.fields["way"]
        field.help_text = ""
        field.choices = [(way, Choice(words, what_it_means(registration, way))) for way, words in Way.choices]


class ReminderForm(forms.Form):
    """Whether somebody's own calendar reminds them of each date."""

    reminder = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label=_("Shall your calendar remind you?"),
        help_text=_(
            "Of each date for which you have a place. Google Calendar has reminders of its own instead."
        ),
        choices=[("", _("No")), *PersonalFeed.Reminder.choices],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, feed: PersonalFeed, **kwargs: Any) -> None:
        kwargs["initial"] = {"reminder": feed.reminds_minutes_before or ""}
        super().__init__(*args, **kwargs)
