"""What was told is forgotten, as docs/privacy.toml promises; see events.actions.retention, which does it for events."""

from django.utils import timezone

from concerns.models import Concern
from events.actions.retention import each
from kit.privacy import period


def forget_what_is_over() -> int:
    """Delete concerns that were closed long ago. What nobody has closed stays: somebody may still wait for an answer."""
    day = timezone.localdate() - period("concern")
    return each(
        Concern.objects.filter(state=Concern.State.CLOSED, closed_on__lte=day),
        lambda concern: concern.delete(),
    )
