"""Sets of events, as they are asked for."""

from typing import Any, Self

from django.db import models
from django.db.models import Max, Min

from people.models import Group, Person


class EventQuerySet(models.QuerySet[Any]):
    def on_the_calendar(self) -> Self:
        """The events that everyone may see: published, or called off after publishing."""
        return self.filter(state__in=self.model.PUBLIC)

    def run_by(self, person: Person) -> Self:
        return self.filter(group__in=Group.objects.run_by(person))

    def cared_for_by(self, person: Person) -> Self:
        return self.filter(group__in=Group.objects.cared_for_by(person))

    def with_dates(self) -> Self:
        return self.annotate(
            first_starts_at=Min("sessions__starts_at"), last_ends_at=Max("sessions__ends_at")
        )
