"""What was told is forgotten, as docs/privacy.toml promises; see events.actions.retention, which does it for events."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from concerns.models import Concern
from events.actions.retention import each
from events.models import Event, KeptOut, Session
from kit.privacy import period


def forget_what_is_over() -> int:
    """Delete concerns that were closed long ago, and who was kept out until then. What nobody has closed stays: somebody
    may still wait for an answer."""
    day = timezone.localdate() - period("concern")
    concerns = each(
        Concern.objects.filter(state=Concern.State.CLOSED, closed_on__lte=day),
        lambda concern: concern.delete(),
    )
    return concerns + each(_kept_out_till(timezone.now() - period("kept_out")), lambda kept: kept.delete())


def _kept_out_till(moment: datetime) -> QuerySet[KeptOut]:
    """What had ended by then."""
    latest = Session.objects.filter(event=OuterRef("event"), ends_at__gt=moment)
    dated = Session.objects.filter(event=OuterRef("event"))
    by_event = Q(Exists(dated), ~Exists(latest), event__isnull=False) & ~Q(event__state=Event.State.POSTPONED)
    by_day = Q(lifted_at__lte=moment) | Q(until__lte=timezone.localdate(moment))
    return KeptOut.objects.filter(by_day | by_event)
