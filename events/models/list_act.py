"""Something that an organiser does to several people of an event at once, and until when it can be undone."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.registration import Registration
from kit.states import known_values
from people.models import Person


class ListAct(models.Model):
    """One press, by the key of the page on which it was made: pressed twice it is one. Its mails wait as long as it can
    be undone."""

    class Kind(models.TextChoices):
        LINK = "link", _("Send the link to their page again")
        PLACE = "place", _("Give a place")
        HOLD = "hold", _("Wait for our yes or no")
        OFF = "off", _("Take off the list")
        ROOM = "room", _("Seat in a room")

    UNDO_WITHIN = timedelta(minutes=10)

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="list_acts")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    @known_values(kind=Kind)
    class Meta:
        verbose_name = _("thing done to several people")
        verbose_name_plural = _("things done to several people")

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def undo_until(self) -> datetime:
        return self.at + self.UNDO_WITHIN

    def can_be_undone(self, now: datetime | None = None) -> bool:
        return self.undone_at is None and (now or timezone.now()) < self.undo_until


class ListActLine(models.Model):
    """One of these people. `before` is what they had: a state, or a room's key; it is what undoing goes back to."""

    act = models.ForeignKey(ListAct, on_delete=models.CASCADE, related_name="lines")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="list_acts")
    before = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("person something was done to")
        verbose_name_plural = _("people something was done to")
        constraints = [
            models.UniqueConstraint(fields=["act", "registration"], name="once_a_person_in_one_press"),
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.registration}"
