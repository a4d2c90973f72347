"""What is left to do about pledges and surgeries, for the organisers' overview."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from events.pages.organise.to_do import ToDo, ToDos
from learning.models import PledgeUse, Surgery
from people.models import Group

TO_TAKE_OUT = Exists(PledgeUse.objects.filter(event=OuterRef("pk"), taken_back_at__isnull=False))
TO_READ = Exists(Surgery.objects.filter(event=OuterRef("pk"), has_to_read=True))


def at_events(groups: Sequence[Group]) -> ToDos:
    """Of events at which a pledge was taken back that organisers had used elsewhere, or where questions of a surgery wait
    for those who read, however long ago they were. One query."""
    rows = Event.objects.filter(Q(TO_TAKE_OUT) | Q(TO_READ), group__in=groups).order_by()
    found = rows.annotate(takes_out=TO_TAKE_OUT, reads=TO_READ).values_list(
        "pk", "slug", "takes_out", "reads"
    )
    return {event: _to_do(slug, takes_out=takes_out, reads=reads) for event, slug, takes_out, reads in found}


def _to_do(slug: str, *, takes_out: bool, reads: bool) -> list[ToDo]:
    pledges, surgeries = (reverse(f"organise:{page}", args=[slug]) for page in ("pledges", "surgeries"))
    found = [ToDo(_("Take out a pledge that was taken back"), pledges)] if takes_out else []
    return [*found, ToDo(_("Read questions of the surgery"), surgeries)] if reads else found
