"""Who is kept out of an event, or of a group's events for a while, and what was done about it.

`held_by` of events.models.registration is asked by every way in. Nothing but concerns.actions.keeping_out,
events.actions.holding and .leaving writes these rows.
"""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.event import Event
from kit.sealing import Sealed, SealedTextField
from kit.states import known_values
from people.models import Group, Person


class KeptOut(Sealed):
    """Requests of one mailbox are held until somebody agrees: at one event, or at all of a group's that begin by
    `until`. Its address and the reason are sealed; it is found by its digests."""

    class Kind(models.TextChoices):
        NAMED = "named", _("A named contact decides")
        REMOVED = "removed", _("The organisers decide")

    # Each reader is noted anew after it.
    LASTS = timedelta(minutes=10)
    LONGEST = timedelta(days=365)

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="kept_out")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.CASCADE, related_name="kept_out")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.NAMED)
    address = SealedTextField(_("email address"), blank=True, default="")
    reason = SealedTextField(_("reason"), blank=True, default="")
    until = models.DateField(_("until"), null=True, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    # Events at which they may take part all the same.
    let_in_at = models.ManyToManyField(Event, blank=True, related_name="+")

    @known_values(kind=Kind)
    class Meta:
        verbose_name = _("keeping somebody out")
        verbose_name_plural = _("who is kept out")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False) | Q(until__isnull=False),
                name="keeping_out_has_an_end",
                violation_error_message=_("Say until when."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Kept out since %(day)s") % {"day": f"{self.begun_at:%Y-%m-%d}"})

    @property
    def is_lifted(self) -> bool:
        return self.lifted_at is not None

    def ends_on(self) -> date | None:
        """The last day on which it counts; None for an event without dates."""
        if self.event is None:
            return self.until
        return self.event.ends_at.date() if self.event.ends_at else None

    def is_over(self, today: date) -> bool:
        ends_on = self.ends_on()
        return self.is_lifted or (ends_on is not None and ends_on < today)

    def is_open_for(self, reader: Person, now: datetime) -> bool:
        """Whether a noted reading covers what this reader would be shown now."""
        since = now - self.LASTS
        opened = KeptOutStep.Kind.OPENED
        return any(s.kind == opened and s.by_id == reader.pk and s.at >= since for s in self.steps.all())


class KeptOutMailbox(models.Model):
    """A mailbox of whoever is kept out, as a keyed digest (kit.links.mailbox_digests)."""

    kept_out = models.ForeignKey(KeptOut, on_delete=models.CASCADE, related_name="mailboxes")
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = _("mailbox of whoever is kept out")
        verbose_name_plural = _("mailboxes of whoever is kept out")
        constraints = [
            models.UniqueConstraint(fields=["kept_out", "digest"], name="one_row_a_mailbox"),
        ]

    def __str__(self) -> str:
        return self.digest[:8]


class KeptOutStep(models.Model):
    """A line of what was done, by whom: read by those who decide."""

    class Kind(models.TextChoices):
        BEGUN = "begun", _("Decided it")
        OPENED = "opened", _("Opened it")
        RENEWED = "renewed", _("Set another end")
        AGREED = "agreed", _("Agreed to a request")
        REFUSED = "refused", _("Did not agree to a request")
        LIFTED = "lifted", pgettext_lazy("keeping out", "Ended it")

    kept_out = models.ForeignKey(KeptOut, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    @known_values(kind=Kind)
    class Meta:
        verbose_name = _("step of keeping out")
        verbose_name_plural = _("steps of keeping out")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"
