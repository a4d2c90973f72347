"""What went wrong inside of the hub: where and how often, and nothing about whom it happened to."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FaultQuerySet(models.QuerySet["Fault"]):
    def since(self, moment: datetime) -> "FaultQuerySet":
        """Those of the hours that were not over at this moment."""
        return self.filter(hour__gt=moment - timedelta(hours=1))


class Fault(models.Model):
    """One kind of error in one place within one hour. `place` is the name of a view, of a kind of mail or of a job of
    the clock, never an address: addresses hold tokens."""

    kind = models.CharField(_("kind of error"), max_length=80)
    place = models.CharField(_("where"), max_length=100, blank=True)
    hour = models.DateTimeField(_("hour"))
    count = models.PositiveIntegerField(_("how often"), default=0)
    told_at = models.DateTimeField(_("administrators told at"), null=True, blank=True)

    objects = FaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("error")
        verbose_name_plural = _("errors")
        ordering = ["-hour", "kind", "place"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "place", "hour"], name="one_row_a_fault_and_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.place}: {self.count}"

    @classmethod
    def note(cls, error: BaseException, place: str) -> None:
        hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        row, _created = cls.objects.get_or_create(
            kind=type(error).__name__[:80], place=place[:100], hour=hour
        )
        # Counted by the database: two processes may meet the same error at once.
        cls.objects.filter(pk=row.pk).update(count=F("count") + 1)
