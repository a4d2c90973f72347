"""A partner's calendar that an organiser brings in: what was found in it, and which events came of it."""

import json
import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from kit.sealing import Sealed, SealedTextField
from people.models import Group, Person


class CalendarImport(Sealed):
    """One file, to be looked at and chosen from. `key` is that of the page on which it was given: pressed twice it is
    one. What was found is sealed, since the way into a meeting may stand in it."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="calendar_imports")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    found = SealedTextField(default="", blank=True)
    # The zones that were asked for: of the names that nobody knows, and under "" of times without one.
    zones = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("calendar that was brought in")
        verbose_name_plural = _("calendars that were brought in")

    def __str__(self) -> str:
        return f"{self.group}, {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def contents(self) -> dict[str, Any]:
        """As events.actions.calendar_imports.keep wrote it."""
        read: dict[str, Any] = json.loads(self.found)
        return read


class ImportedEvent(models.Model):
    """An event that came from a partner's calendar, by the name that it has there: brought in again it is the same one.
    `told` is what the calendar said last (title, description, where; by its key each date's start and end), and `dates`
    which date of ours each of them became."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="imported_events")
    uid = models.CharField(max_length=250)
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="imported")
    sequence = models.PositiveIntegerField(default=0)
    stamp = models.CharField(max_length=20, blank=True)
    told = models.JSONField(default=dict)
    dates = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event that was brought in")
        verbose_name_plural = _("events that were brought in")
        constraints = [
            models.UniqueConstraint(fields=["group", "uid"], name="one_event_a_uid_and_group"),
        ]

    def __str__(self) -> str:
        return f"{self.event} ({self.uid[:40]})"
