"""What is over is forgotten, as docs/privacy.toml promises; see events.actions.retention, which does it for events."""

from datetime import datetime

from django.utils import timezone

from allyhub.privacy import period
from breakouts.models import Concern
from events.actions.retention import each


def forget_what_is_over() -> int:
    """Returns how many rows were deleted or overwritten."""
    now = timezone.now()
    jobs = (_concerns,)
    return sum(job(now) for job in jobs)


def _concerns(now: datetime) -> int:
    """Closed long ago. What nobody has closed stays: somebody may still wait for an answer."""
    day = timezone.localdate(now) - period("concern")
    return each(
        Concern.objects.filter(state=Concern.State.CLOSED, closed_on__lte=day),
        lambda concern: concern.delete(),
    )
