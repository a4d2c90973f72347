"""What is left of a date that was taken out of a published event."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.session import DateQuerySet


class DroppedDate(models.Model):
    """A published date that an organiser took out again. Calendars that once showed it are told that it is cancelled:
    what merely vanishes from a feed stays for ever in some of them."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="dropped_dates")
    title = models.CharField(max_length=140, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    uid = models.CharField(max_length=80, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    dropped_at = models.DateTimeField(default=timezone.now)
    vevent = models.TextField()

    objects = DateQuerySet.as_manager()

    class Meta:
        verbose_name = _("dropped date")
        verbose_name_plural = _("dropped dates")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="dropped_by_start")]

    def __str__(self) -> str:
        return f"{self.event}, {self.starts_at:%Y-%m-%d}"
