"""What clocks were known to show."""

from bisect import bisect_right
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# So long programs may still have the old rules, each in a database of its own.
RULES_ARE_NEW_FOR = timedelta(days=730)


class ZoneRulesQuerySet(models.QuerySet[Any]):
    def new(self, since: Any = None) -> "ZoneRulesQuerySet":
        """Those that not every program can be expected to know: which changed `since` then (`are_new_since`)."""
        return self.filter(changed_at__gte=since or are_new_since())


def are_new_since() -> datetime:
    return timezone.now() - RULES_ARE_NEW_FOR


class ZoneRules(models.Model):
    """What clocks of one zone were known to show when the times of its events were typed. A newer version of the package
    tzdata may say otherwise: from these one still knows which time of day somebody meant (events.actions.zone_rules).

    `offsets` are pairs of an instant (Unix seconds) and how many seconds clocks are ahead of UTC from then on. What was
    said otherwise last lies between `changed_from` and `changed_until`; None is without an end."""

    zone = models.CharField(max_length=64, unique=True)
    edition = models.CharField(max_length=20)
    offsets = models.JSONField()
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_from = models.DateTimeField(null=True, blank=True)
    changed_until = models.DateTimeField(null=True, blank=True)

    objects = ZoneRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of a time zone")
        verbose_name_plural = _("rules of time zones")
        constraints = [
            models.CheckConstraint(
                condition=Q(changed_at=None, changed_from=None, changed_until=None)
                | Q(changed_at__isnull=False, changed_from__isnull=False),
                name="rules_changed_from_some_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone} {self.edition}"

    def offset_at(self, instant: datetime) -> timedelta:
        """How far clocks were thought to be ahead of UTC."""
        place = bisect_right(self.offsets, [int(instant.timestamp()), 10**9]) - 1
        return timedelta(seconds=self.offsets[max(place, 0)][1])


def with_new_rules(events: "models.QuerySet[Any]", since: Any = None) -> "models.QuerySet[Any]":
    """The same events, each with the span in which clocks of its zone show something else since not long ago, as
    `new_rules_from` and `new_rules_until`."""
    rules = ZoneRules.objects.new(since).filter(zone=OuterRef("time_zone"))
    return events.annotate(
        new_rules_from=Subquery(rules.values("changed_from")[:1]),
        new_rules_until=Subquery(rules.values("changed_until")[:1]),
    )
