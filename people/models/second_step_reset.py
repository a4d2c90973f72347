"""A lost second step is reset a day after somebody else asked for it: until then its owner can stop it."""

from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.links import LinkQuerySet, OpenedByLink
from people.models.person import Person


class SecondStepResetQuerySet(LinkQuerySet["SecondStepReset"]):
    def waiting(self) -> "SecondStepResetQuerySet":
        """Neither done nor stopped."""
        return self.filter(ended_at=None)

    def due(self, now: datetime) -> "SecondStepResetQuerySet":
        return self.waiting().filter(asked_at__lte=now - SecondStepReset.NOTICE)


class SecondStepReset(OpenedByLink):
    """Somebody asked that a person's second step be reset. Its link, in the mail to that person, stops it."""

    LINK = "second-step-reset"
    NOTICE = timedelta(hours=24)

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="second_step_resets")
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    was_stopped = models.BooleanField(default=False)

    objects = SecondStepResetQuerySet.as_manager()

    class Meta:
        verbose_name = _("reset of a second step")
        verbose_name_plural = _("resets of second steps")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at=None),
                name="one_waiting_reset_a_person",
                violation_error_message=_("It is being reset already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.asked_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("people:second_step_reset_stop", args=[self.token])

    @property
    def due_at(self) -> datetime:
        return self.asked_at + self.NOTICE

    @property
    def asker(self) -> str:
        return str(self.asked_by or _("Someone who has left"))

    @property
    def is_waiting(self) -> bool:
        return self.ended_at is None
