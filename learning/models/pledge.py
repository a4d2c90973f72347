"""What somebody will do for twelve months, in their own words; whom they show it to; how it goes."""

from datetime import date

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models import Event, Registration
from kit.links import ERASED_HOST, NEW_KEY
from kit.meanwhile import Edited
from kit.sealing import CannotUnseal, Sealed, SealedTextField
from kit.states import known_values


class PledgeQuerySet(QuerySet["Pledge"]):
    def without_picture(self) -> "PledgeQuerySet":
        """For whatever only says that there is one: a picture has a hundred kilobytes."""
        return self.defer("picture")

    def of_people_there(self) -> "PledgeQuerySet":
        """Those of people who have a place still."""
        there = Q(registration__state=Registration.State.CONFIRMED)
        return self.filter(there).exclude(registration__email__endswith=f"@{ERASED_HOST}")

    def shown(self, where: str, day: date | None = None) -> "PledgeQuerySet":
        """Those that are shared there now. An event that is no longer on the pages takes them with it."""
        shared = PledgeShare.objects.filter(where=where, until__gte=day or timezone.localdate())
        return self.of_people_there().filter(pk__in=shared.values("pledge"))


class Pledge(Sealed, Edited):
    """One of each registration. `code` is its address where it is shared. Nobody sees it unless a PledgeShare says so."""

    class ShownName(models.TextChoices):
        NONE = "none", _("No name")
        NAME = "name", _("Your name")
        GROUP = "group", _("Your name and your group of places")

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="pledge")
    code = models.CharField(max_length=32, default=NEW_KEY, unique=True, editable=False)
    words = SealedTextField()
    # Its file, written anew, as base64 of WebP: there is none on the disk. Never without words for who cannot see it.
    picture = SealedTextField(blank=True, default="")
    alt = SealedTextField(blank=True, default="")
    shown_name = models.CharField(max_length=10, choices=ShownName, default=ShownName.NONE)
    made_on = models.DateField()
    ends_on = models.DateField()
    # From then on nobody is asked how it goes.
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = PledgeQuerySet.as_manager()

    @known_values(shown_name=ShownName)
    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("made_on")), name="a_pledge_lasts"),
        ]

    def __str__(self) -> str:
        return str(_("Pledge %(number)s") % {"number": self.pk})

    @property
    def has_picture(self) -> bool:
        return bool(self.__dict__.get("alt"))

    def has_ended(self, day: date | None = None) -> bool:
        return (day or timezone.localdate()) > self.ends_on

    @cached_property
    def readable_words(self) -> str:
        """The words; "" while their key is missing."""
        try:
            return str(self.words)
        except CannotUnseal:
            return ""

    @property
    def sentence(self) -> str:
        """The words as a sentence: whoever went on where the page began has "I will" put before them."""
        words = self.readable_words
        return gettext("I will %(words)s") % {"words": words} if words[:1].islower() else words

    @cached_property
    def readable_alt(self) -> str:
        try:
            return str(self.alt)
        except CannotUnseal:
            return ""

    def name_shown(self) -> str:
        """As they chose to stand there; "" without a name."""
        if self.shown_name == self.ShownName.NONE:
            return ""
        quota = self.registration.quota
        if self.shown_name == self.ShownName.GROUP and quota:
            return f"{self.registration.name}, {quota.name}"
        return str(self.registration.name)


class PledgeShare(models.Model):
    """That a pledge is shown somewhere, until the end of a day. Taken back it is gone, and the pledge from there."""

    class Where(models.TextChoices):
        PROGRAMME = "programme", _("The people in this programme")
        EVERYBODY = "everybody", _("Everybody")
        NEWS = "news", _("The news of the organisers")

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="shares")
    where = models.CharField(max_length=10, choices=Where)
    until = models.DateField()

    @known_values(where=Where)
    class Meta:
        verbose_name = _("sharing of a pledge")
        verbose_name_plural = _("sharing of pledges")
        constraints = [
            models.UniqueConstraint(fields=["pledge", "where"], name="a_pledge_is_shared_once_at_each_place"),
        ]

    def __str__(self) -> str:
        return f"{self.get_where_display()}, {self.until}"

    def is_on(self, day: date | None = None) -> bool:
        return (day or timezone.localdate()) <= self.until


class PledgeUse(models.Model):
    """That organisers used a shared pledge elsewhere: a newsletter, a poster. It holds no word of it, and outlives it:
    once it is taken back they have it removed there, and then say so."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    pledge = models.ForeignKey(Pledge, null=True, blank=True, on_delete=models.SET_NULL, related_name="uses")
    where = models.CharField(_("where it was used"), max_length=200)
    used_on = models.DateField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("use of a pledge elsewhere")
        verbose_name_plural = _("uses of pledges elsewhere")

    def __str__(self) -> str:
        return self.where


class CheckIn(Sealed):
    """Asking once how it goes, so many months after a pledge was made. There is one for each that somebody wants."""

    class Answer(models.TextChoices):
        KEPT = "kept", _("Kept")
        ON_THE_WAY = "on_the_way", _("On the way")
        STUCK = "stuck", _("Stuck")

    MONTHS = (3, 6, 12)

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="check_ins")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True, default="")
    # A day, no time: it stands beside no other trace.
    answered_on = models.DateField(null=True, blank=True)
    help = SealedTextField(blank=True, default="")
    wants_reply = models.BooleanField(default=False)
    # What the organisers wrote back.
    reply = SealedTextField(blank=True, default="")
    replied_on = models.DateField(null=True, blank=True)

    @known_values(answer=[*Answer, ""])
    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["months"]
        indexes = [
            models.Index(
                fields=["pledge"],
                condition=Q(wants_reply=True, replied_on=None),
                name="pledges_to_write_back_about",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "months"], name="a_pledge_is_asked_about_once"),
            models.CheckConstraint(
                condition=Q(months=3) | Q(months=6) | Q(months=12), name="a_check_in_has_its_months"
            ),
        ]

    def __str__(self) -> str:
        return str(_("After %(months)s months") % {"months": self.months})

    @property
    def readable_help(self) -> str:
        try:
            return str(self.help)
        except CannotUnseal:
            return ""

    @property
    def readable_reply(self) -> str:
        try:
            return str(self.reply)
        except CannotUnseal:
            return ""
