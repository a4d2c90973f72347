"""The papers of an event: what people with a place are given beforehand, or promised by a day."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.handout import Handout
from kit.meanwhile import Edited
from kit.states import known_values
from kit.times import local


class PaperQuerySet(models.QuerySet["Paper"]):
    def there(self) -> "PaperQuerySet":
        return self.exclude(file="", address="")

    def missing(self) -> "PaperQuerySet":
        """Promised, and not there."""
        return self.filter(file="", address="")


class Paper(Handout, Edited):
    """A file, a link or both, or the promise of it. The promise hangs on the first date: it is kept as days before, so it
    moves along and is good for a copy of the event too. `given_at` is when it was there first, `told_at` when whoever was
    coming was told."""

    class Kind(models.TextChoices):
        SLIDES = "slides", _("Slides")
        SCRIPT = "script", _("Script")
        READING = "reading", _("Something to read")

    class Promised(models.IntegerChoices):
        A_DAY = 1, _("The day before")
        TWO_DAYS = 2, _("Two days before")
        THREE_DAYS = 3, _("Three days before")
        A_WEEK = 7, _("A week before")
        TWO_WEEKS = 14, _("Two weeks before")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("what it is"), max_length=20, choices=Kind)
    # One of Promised, which is asked in the form.
    promised_days = models.PositiveSmallIntegerField(_("promised"), null=True, blank=True)
    address = models.URLField(_("link"), blank=True, max_length=500)
    given_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    PUBLIC_WORDS = ("title", "description", "address")

    objects = PaperQuerySet.as_manager()

    @known_values(kind=Kind)
    class Meta(Handout.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="", address="") | Q(promised_days__isnull=False),
                name="a_paper_is_there_or_promised",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @property
    def is_there(self) -> bool:
        return bool(self.file or self.address)

    def promised_on(self) -> date | None:
        """The day it is promised for; None without a promise, or while the event has no date."""
        starts_at = self.event.starts_at
        if self.promised_days is None or starts_at is None:
            return None
        return local(starts_at, self.event.time_zone).date() - timedelta(days=self.promised_days)

    def is_due(self, now: datetime | None = None) -> bool:
        """Whether its day has come, and it is not there."""
        day = self.promised_on()
        return (
            not self.is_there
            and day is not None
            and day <= local(now or timezone.now(), self.event.time_zone).date()
        )
