"""A list of people that an organiser brings in from a file, line by line, and how far that has come."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.places import Pair
from events.models.quota import Quota, Way
from events.models.registration import Registration
from kit.states import known_values
from people.models import Person


class PeopleImport(models.Model):
    """Looked at first; carried out once `begun_at` is set, in portions, until `done_at`. `key` is that of the page on
    which it was given: pressed twice it is one."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("list that was brought in")
        verbose_name_plural = _("lists that were brought in")

    def __str__(self) -> str:
        return f"{self.event}, {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_running(self) -> bool:
        return self.begun_at is not None and self.done_at is None

    def can_begin(self, now: datetime | None = None) -> bool:
        return self.begun_at is None and not self.event.is_past(now)


class ImportLine(models.Model):
    """One line of it. `registration` is what became of it: one line never makes two."""

    class State(models.TextChoices):
        READY = "ready", _("To be added")
        WRONG = "wrong", _("Left out")
        DONE = "done", _("Added")

    class Why(models.TextChoices):
        NAME = "name", _("has no name, or one that is too long")
        EMAIL = "email", _("has no email address in the right form")
        PRONOUNS = "pronouns", _("has pronouns that are too long")
        TWICE = "twice", _("has an address that stands further up in this list")
        REGISTERED = "registered", _("is registered already")
        GROUP = "group", _("names no group of places of this event")
        WAY = "way", _("does not say in person or online")
        NOTE = "note", _("has a note that is too long")
        NEEDS = "needs", _("may tell of somebody’s needs: that is for the access leads")
        FULL = "full", _("found no place, and there is no waiting list")
        CLOSED = "closed", _("came when nobody could be added any more")

    of = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=320, blank=True)
    pronouns = models.CharField(max_length=60, blank=True)
    quota = models.ForeignKey(Quota, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    way = models.CharField(max_length=10, choices=Way, blank=True)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    why = models.CharField(max_length=12, choices=Why, blank=True)
    registration = models.OneToOneField(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_line"
    )

    @known_values(state=State, why=[*Why, ""], way=[*Way, ""])
    class Meta:
        verbose_name = _("line of a list")
        verbose_name_plural = _("lines of a list")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="one_line_a_number"),
            models.CheckConstraint(
                condition=Q(state="wrong") & ~Q(why="") | ~Q(state="wrong") & Q(why=""),
                name="what_is_left_out_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of}: {self.number}"

    @property
    def pair(self) -> Pair:
        return Pair(self.quota_id, self.way)
