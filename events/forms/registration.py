"""What someone types to save a place, and later changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions import news
from events.actions.registrations import Answers
from events.forms.access_needs import AccessNeedsForm, let_people_paste
from events.models import Event, Registration
from kit.attempts import TypedByHand
from kit.text import PlainCharField, PlainEmailField
from people.actions import values

NAME_LENGTH = 100
PRONOUNS_LENGTH = 60
EMAIL_LENGTH = 254


def name_field() -> PlainCharField:
    return PlainCharField(
        label=_("Your name"),
        help_text=_("The name you would like us to use. It does not have to be your legal name."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Enter the name you would like us to use"),
            "max_length": _("Shorten your name to %(limit_value)s characters or fewer"),
        },
    )


def pronouns_field() -> PlainCharField:
    return PlainCharField(
        required=False,
        label=_("Your pronouns"),
        help_text=_("The organisers see them beside your name. For example: she/her, they/them, any."),
        max_length=PRONOUNS_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input--m"}),
        error_messages={"max_length": _("Shorten your pronouns to %(limit_value)s characters or fewer")},
    )


def email_field(help_text: Any = "") -> PlainEmailField:
    wrong_form = _("Enter an email address in the right form, like name@example.org")
    return PlainEmailField(
        label=_("Email address"),
        help_text=help_text,
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your email address"),
            "invalid": wrong_form,
            "max_length": _("Enter an email address of %(limit_value)s characters or fewer"),
        },
    )


def taking_part_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False,
        label=_("How would you like to take part?"),
        help_text=_(
            "Tick nothing if you do not know yet; you can always change it. The organisers see this. "
            "What only the access leads should know belongs in the next part."
        ),
        widget=forms.CheckboxSelectMultiple,
    )


def ways_to_take_part(event: Event) -> list[tuple[str, Any]]:
    """A camera and a chat are there only online."""
    if event.is_online:
        return Registration.TakingPart.choices
    return [(way.value, way.label) for way in [Registration.TakingPart.LISTENING]]


class RegistrationForm(AccessNeedsForm, TypedByHand):
    name = name_field()
    pronouns = pronouns_field()
    email = email_field(_("We send the link to your place here, and nothing else unless you ask."))
    taking_part = taking_part_field()
    accepts_values = forms.BooleanField(
        label=_("I will keep to the guiding values"),
        error_messages={"required": _("Tick the box to say you will keep to our guiding values")},
    )
    wants_news = forms.BooleanField(required=False)
    # A trap for robots: people do not see it, and hear that it stays empty.
    website = forms.CharField(
        required=False,
        label=_("Leave this box empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        self.values = values.current(event.group)
        self.fields["taking_part"].choices = ways_to_take_part(event)
        self.fields["wants_news"].label = _("Send me news of %(group)s: new events, now and then") % {
            "group": event.group.name
        }
        self.fields["wants_news"].help_text = _(
            "Every such email has a link that stops them, or makes them one a week."
        )
        self.order_fields(self._as_on_the_page())

    def clean_accepts_values(self) -> bool:
        """The page says which version it showed."""
        shown, version_id = self.data.get("values_version"), self._values_version_id()
        if shown and shown != str(version_id):
            raise forms.ValidationError(
                _("Our guiding values have changed while you were writing. Read the new ones and send again")
            )
        return True

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("Leave this box empty. It is there to catch robots; please send again")
            )
        return ""

    def answers(self, network: str) -> Answers:
        given = self.cleaned_data
        return Answers(
            network=network,
            name=given["name"],
            email=given["email"],
            pronouns=given["pronouns"],
            taking_part=given["taking_part"],
            wants_news=given["wants_news"],
            values_version_id=self._values_version_id(),
            access=self.access_answers(),
        )

    def _values_version_id(self) -> int | None:
        return self.values.pk if self.values else None

    def _as_on_the_page(self) -> list[str]:
        """The error summary follows the page."""
        about = ["name", "pronouns", "email", "taking_part"]
        access = ["needs", *self.detail_names(), "own_words", "write_first", "may_be_read"]
        return [*about, *access, "accepts_values", "wants_news", "website", "made"]


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
        self.fields["taking_part"].choices = ways_to_take_part(event)
        self.fields["taking_part"].help_text = _("The organisers see this.")
        self.fields["wants_news"].label = _("Send me news of %(group)s") % {"group": event.group}
        let_people_paste(self)


class AddressForm(forms.Form):
    """One address: the link once more, or another address for a mail that never came."""

    email = email_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_people_paste(self)


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
