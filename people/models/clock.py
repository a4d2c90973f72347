"""When each job of the clock last ran, so that people see it when it stops."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Fifteen rounds: longer than any restart, and short beside the half hour that an offer lasts at least.
LATE_AFTER = timedelta(minutes=15)


class ClockBeat(models.Model):
    WHOLE_ROUND = "round"
    BACKUP = "backup"
    TEST_MAIL = "test-mail"

    job = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("clock beat")
        verbose_name_plural = _("clock beats")

    def __str__(self) -> str:
        return f"{self.job} {self.beat_at:%Y-%m-%d %H:%M}"

    @classmethod
    def record(cls, job: str, *, problem: str = "") -> None:
        values = {"beat_at": timezone.now(), "problem": problem[:300]}
        cls.objects.update_or_create(job=job, defaults=values)

    @classmethod
    def is_late(cls) -> bool:
        """Whether the clock has not run for 15 minutes: offers and reminders wait."""
        beats = cls.objects.filter(job=cls.WHOLE_ROUND).values_list("beat_at", flat=True)
        return cls.was_long_ago(beats.first())

    @staticmethod
    def was_long_ago(beat_at: datetime | None) -> bool:
        """Whether a round that ended then is the last there should have been."""
        return beat_at is None or beat_at < timezone.now() - LATE_AFTER
