"""Something is wrong: told to a group's named contacts, by name or by nobody, and followed by a private code."""

import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from kit.sealing import Sealed, SealedTextField
from kit.states import known_values
from people.models import Group, Person


def today() -> date:
    return timezone.localdate()


class Concern(Sealed):
    """What somebody told, read by the group's named contacts only; by its access leads where it has no named contact.
    A random key and no time finer than the day: neither tells who wrote, or in which order. The code itself is not
    kept, only its digest."""

    class Kind(models.TextChoices):
        CONCERN = "concern", _("Somebody told us")
        PROPOSAL = "proposal", _("The text of a proposal that was set aside")

    class State(models.TextChoices):
        NEW = "new", _("Not opened yet")
        OPEN = "open", _("Being looked after")
        CLOSED = "closed", _("Closed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="concerns")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CONCERN)
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    text = SealedTextField(_("what happened"))
    who = SealedTextField(_("who you are and how to reach you"), blank=True, default="")
    code_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    received_on = models.DateField(default=today)
    closed_on = models.DateField(null=True, blank=True)

    @known_values(kind=Kind, state=State)
    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["-received_on", "pk"]

    def __str__(self) -> str:
        return str(_("Concern of %(day)s") % {"day": self.received_on})

    @property
    def mark(self) -> str:
        """A few letters for those who read, to tell two of one day apart. The code cannot be made from it."""
        return str(self.pk)[:4].upper()

    @property
    def is_new(self) -> bool:
        """Whether nobody has opened what was written last."""
        return self.state == self.State.NEW

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def can_be_answered(self) -> bool:
        """Whether an answer would reach somebody: not when it is closed, and not when whoever wrote it has no code."""
        return self.kind == self.Kind.CONCERN and not self.is_closed

    def lines_of_teller(self) -> int:
        """How many lines whoever told has added. No query when messages are prefetched."""
        return sum(not message.is_from_contact for message in self.messages.all())

    def is_open_for(self, reader: Person, now: datetime) -> bool:
        """Whether a noted reading covers what this reader would be shown now."""
        since, lines = now - ConcernReading.LASTS, self.lines_of_teller()
        return any(
            reading.reader_id == reader.pk and reading.at >= since and reading.lines >= lines
            for reading in self.readings.all()
        )


class ConcernMessage(Sealed):
    """A line of the conversation between whoever told us and the named contacts."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="messages")
    by_contact = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_from_contact = models.BooleanField(default=False)
    text = SealedTextField()
    on = models.DateField(default=today)

    class Meta:
        verbose_name = _("message about a concern")
        verbose_name_plural = _("messages about concerns")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(_("Message %(number)s") % {"number": self.pk})


class ConcernReading(models.Model):
    """A named contact opened a concern: shown to whoever holds its code. One reading stands for the ten minutes after
    it, and for the `lines` written until then: what is added later has no time, so lines are counted."""

    # Time to read, think and answer; who comes back later reads once more, and that is told.
    LASTS = timedelta(minutes=10)

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    lines = models.PositiveIntegerField(_("lines that whoever told us had written"), default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reading of a concern")
        verbose_name_plural = _("readings of concerns")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.reader} {self.at:%Y-%m-%d %H:%M}"
