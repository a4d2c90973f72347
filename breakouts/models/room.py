"""Who would like to sit where, and who does. What someone wishes and where they are put stand apart, so that wishes with
ranks and a fair allocation can come to the same tables."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from breakouts.models.topic import Topic
from events.models import Registration
from kit.links import address_confirmed


class RoomChoiceQuerySet(models.QuerySet["RoomChoice"]):
    def that_count(self) -> "RoomChoiceQuerySet":
        """Made since they hold the place they hold now; see Placement."""
        return self.filter(
            address_confirmed("registration"),
            registration__state=Registration.State.CONFIRMED,
            chosen_at__gte=F("registration__queued_at"),
        )


class RoomChoice(models.Model):
    """What someone wishes: a room, or (without a topic) to decide on the day. `rank` 1 is the first wish."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="room_choices")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="choices")
    rank = models.PositiveSmallIntegerField(default=1)
    chosen_at = models.DateTimeField(default=timezone.now)

    objects = RoomChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of a room")
        verbose_name_plural = _("choices of rooms")
        constraints = [
            models.UniqueConstraint(fields=["registration", "rank"], name="one_choice_a_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.topic or _('on the day')}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def that_count(self) -> "PlacementQuerySet":
        """Of people who hold a place at the event now. A seat taken before somebody left and came back is no seat:
        whoever comes back chooses anew, so a room can never be fuller than it is."""
        return self.filter(
            address_confirmed("registration"),
            registration__state=Registration.State.CONFIRMED,
            placed_at__gte=F("registration__queued_at"),
        )


class Placement(models.Model):
    """The room someone sits in. Written by breakouts.actions.rooms under the lock of the event."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="placement")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="placements")
    placed_at = models.DateTimeField(default=timezone.now)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat in a room")
        verbose_name_plural = _("seats in rooms")

    def __str__(self) -> str:
        return f"{self.registration}: {self.topic}"

    @property
    def counts(self) -> bool:
        return self.registration.has_place and self.placed_at >= self.registration.queued_at


def counted() -> Q:
    """The placements that count, seen from a topic: for Count("placements", filter=…)."""
    return Q(
        address_confirmed("placements__registration"),
        placements__registration__state=Registration.State.CONFIRMED,
        placements__placed_at__gte=F("placements__registration__queued_at"),
    )
