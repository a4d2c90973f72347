"""What needs doing on the day, and who does it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from breakouts.models.topic import Topic
from breakouts.models.volunteer import OnTheDay
from events.models import Event
from kit.links import AddressQuerySet
from kit.states import known_values


class HelperRole(models.Model):
    """How many people an event wants for one thing. A role nobody is wanted for has no row."""

    class Kind(models.TextChoices):
        NOTES = "notes", _("Take notes")
        WELCOME = "welcome", _("Welcome people")
        TECH = "tech", _("Look after the technology")
        CAPTIONS = "captions", _("Keep an eye on the captions")
        TIMEKEEPER = "timekeeper", _("Keep the time")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="helper_roles")
    kind = models.CharField(max_length=20, choices=Kind)
    wanted = models.PositiveSmallIntegerField(_("how many"), default=1)

    @known_values(kind=Kind)
    class Meta:
        verbose_name = _("role for helpers")
        verbose_name_plural = _("roles for helpers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "kind"], name="one_row_a_kind_of_help"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class HelperQuerySet(AddressQuerySet[Any]):
    def helping(self) -> Self:
        return self.filter(state=Helper.State.HELPING).order_by("queued_at", "pk")

    def in_reserve(self) -> Self:
        """Those in reserve, in the order in which they came."""
        return self.filter(state=Helper.State.RESERVE).order_by("queued_at", "pk")

    def live(self) -> Self:
        return self.exclude(state=Helper.State.ENDED)


class Helper(OnTheDay):
    """Somebody who does something on the day. Written by breakouts.actions.helpers. Like a host's, an offer counts
    once its address is confirmed: who comes after the last free slot is in reserve. Note-takers have a room
    (`topic`)."""

    LINK = "helper"

    class State(models.TextChoices):
        OFFERED = "offered", _("Address not confirmed yet")
        HELPING = "helping", _("Helps")
        RESERVE = "reserve", _("In reserve")
        ENDED = "ended", _("No longer")

    class Ended(models.TextChoices):
        STEPPED_DOWN = "stepped_down", _("Stepped down")
        REMOVED = "removed", _("No longer needed")
        NOT_ME = "not_me", _("Was named by someone else")

    role = models.ForeignKey(HelperRole, on_delete=models.CASCADE, related_name="helpers")
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="note_takers"
    )
    state = models.CharField(max_length=20, choices=State, default=State.OFFERED)
    ended_because = models.CharField(max_length=20, choices=Ended, blank=True)

    objects = HelperQuerySet.as_manager()

    @known_values(state=State, ended_because=[*Ended, ""])
    class Meta:
        verbose_name = _("helper")
        verbose_name_plural = _("helpers")
        constraints = [
            models.UniqueConstraint(
                fields=["role", "email"], condition=~Q(state="ended"), name="one_live_helper_an_address"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("breakouts:helper", args=[self.token])

    @property
    def event(self) -> Event:
        return self.role.event

    @property
    def is_helping(self) -> bool:
        return self.state == self.State.HELPING

    @property
    def is_in_reserve(self) -> bool:
        return self.state == self.State.RESERVE

    @property
    def is_live(self) -> bool:
        return self.state != self.State.ENDED
