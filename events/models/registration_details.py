"""What somebody says of themselves to come to an event."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.quota import Quota, Way
from kit import languages
from kit.links import WithAddress
from people.models import GuidingValues


class RegistrationDetails(WithAddress):
    """Base of `Registration`: who it is, how they take part, what they agreed to, and what they want to hear."""

    class TakingPart(models.TextChoices):
        CAMERA_OFF = "camera_off", _("With my camera off")
        CHAT_ONLY = "chat_only", _("By chat only")
        LISTENING = "listening", _("By listening")

    class BelongsBy(models.TextChoices):
        ADDRESS = "address", _("Their email address")
        CODE = "code", _("The code")
        ASKED = "asked", _("They asked the organisers")
        ORGANISER = "organiser", _("The organisers say so")

    class ListedTo(models.TextChoices):
        COMING = "coming", _("Everyone who takes part")
        GROUP = "group", _("Those of my group of places")

    class AccessWord(models.TextChoices):
        ASKED = "asked", _("The access leads are asked")
        CANNOT = "cannot", _("It cannot be arranged by then")

    class CalendarMails(models.TextChoices):
        EVERY_DATE = "every_date", _("Every date")
        NONE = "none", _("None")

    WORDS = {
        "calendar_mails": [*CalendarMails, ""],
        "way": [*Way, ""],
        "belongs_by": [*BelongsBy, ""],
        "access_word": [*AccessWord, ""],
        "listed_to": [*ListedTo, ""],
    }

    event: Any  # Registration has it

    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("email address"))
    pronouns = models.CharField(_("pronouns"), max_length=60, blank=True)
    language = models.CharField(_("language of emails"), max_length=12, blank=True, default=languages.current)
    taking_part = models.JSONField(_("how I take part"), default=list, blank=True)
    quota = models.ForeignKey(
        Quota, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    # How they come, where the event can be come to in two ways; with a quota for one way it is that one.
    way = models.CharField(_("how they come"), max_length=10, choices=Way, blank=True)
    # How it is known that they belong to the quota; empty where everybody does.
    belongs_by = models.CharField(max_length=10, choices=BelongsBy, blank=True)
    # They take the offered place only if what they need can be arranged (events.actions.offers). For them and the access
    # leads: it says that they need something.
    access_word = models.CharField(max_length=10, choices=AccessWord, blank=True, editable=False)
    values_accepted_at = models.DateTimeField(null=True, blank=True)
    values_version = models.ForeignKey(
        GuidingValues, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    news_wanted_at = models.DateTimeField(null=True, blank=True)
    news_weekly = models.BooleanField(default=False)
    # Which dates come as calendar entries in emails; unless they say so the one date of an event, and what changed.
    calendar_mails = models.CharField(max_length=10, choices=CalendarMails, blank=True)
    # Why the programme counts as completed although dates lack, in an organiser's words, which the person can read.
    complete_because = models.CharField(max_length=300, blank=True)

    # Who may see their name among those taking part; nobody, unless they say so (events.actions.participants).
    listed_to = models.CharField(_("who sees my name"), max_length=10, choices=ListedTo, blank=True)

    class Meta:
        abstract = True

    @property
    def takes_calendar_mails(self) -> bool:
        return self.calendar_mails != self.CalendarMails.NONE

    @property
    def chosen_way(self) -> str:
        """A Way; "" where there is no choice, or they have not said."""
        return self.way if self.event.has_two_ways else ""

    @property
    def has_to_say_how(self) -> bool:
        """Whether nobody knows yet how they come: until they say, it may be either."""
        return self.event.has_two_ways and not self.way

    @property
    def comes_online(self) -> bool:
        """Whether they may come online. Whatever speaks to one person asks this, and not the event."""
        return self.event.is_online and self.chosen_way != Way.IN_PERSON

    @property
    def comes_in_person(self) -> bool:
        """Whether they may come in person. Whatever speaks to one person asks this, and not the event."""
        return self.event.is_in_person and self.chosen_way != Way.ONLINE

    def is_as_it_was(self) -> bool:
        """Whether nobody has answered for this address since this was read."""
        same = type(self)._default_manager.filter(pk=self.pk, values_accepted_at=self.values_accepted_at)
        return same.exists()

    def taking_part_words(self) -> list[str]:
        labels = dict(self.TakingPart.choices)
        return [str(labels[code]) for code in self.taking_part if code in labels]
