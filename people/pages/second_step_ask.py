"""How organisers are asked for a second step on their pages: with a day by which it is needed, or kindly."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from people.actions import second_step_asks
from people.actions.second_steps import HAS_SECOND_STEP
from people.models import Person
from people.permissions import IS_CONFIDANT


@dataclass(frozen=True)
class Ask:
    """`due_at`: by when they need it; None of whoever is only asked."""

    due_at: datetime | None

    @property
    def days_left(self) -> int:
        """Days that have begun count; 0 when the time is over."""
        if self.due_at is None:
            return 0
        return max(0, math.ceil((self.due_at - timezone.now()) / timedelta(days=1)))


def ask_of(person: Person) -> Ask | None:
    """What somebody who organises is asked. None of whoever has a second step, and for a while of whoever put it off
    and may. One query at most."""
    if settings.DEMO or (person.second_step_asked_at is None and second_step_asks.is_put_off(person)):
        return None
    without = Person.objects.filter(pk=person.pk).exclude(HAS_SECOND_STEP).annotate(reads=IS_CONFIDANT)
    row = without.values_list("reads").first()
    if row is None or (not row[0] and second_step_asks.is_put_off(person)):
        return None
    return Ask(second_step_asks.due_at(person) if row[0] else None)
