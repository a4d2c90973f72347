"""How organisers are asked for a second step on their pages: with a day by which it is needed, or kindly."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from people.actions import second_step_asks
from people.models import Person
from people.requests import Standing


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


def ask_of(person: Person, standing: Standing) -> Ask | None:
    """What somebody who organises is asked. None of whoever has a second step, and for a while of whoever put it off
    and may."""
    if settings.DEMO or standing.has_second_step:
        return None
    if standing.reads_in_confidence:
        return Ask(second_step_asks.due_at(person))
    return None if second_step_asks.is_put_off(person) else Ask(None)
