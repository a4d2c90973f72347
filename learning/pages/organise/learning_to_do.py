"""What is left to do about pledges and surgeries, for the organisers' overview."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from events.pages.organise.to_do import ToDo, ToDos
from learning.models import PledgeUse, Surgery
from people.models import Group

TO_TAKE_OUT = Exists(PledgeUse.objects.filter(event=OuterRef("pk"), taken_back_at__isnull=False))
TO_READ = Surgery.objects.filter(event=OuterRef("pk"), has_to_read=True).order_by("pk")


def at_events(groups: Sequence[Group]) -> ToDos:
    """Of events at which a pledge was taken back that organisers had used elsewhere, or where questions of a surgery wait
    for those who read, however long ago they were. One query."""
    rows = Event.objects.filter(Q(TO_TAKE_OUT) | Q(Exists(TO_READ)), group__in=groups).order_by()
    found = rows.annotate(takes_out=TO_TAKE_OUT, surgery=Subquery(TO_READ.values("code")[:1]))
    lines = found.values_list("pk", "slug", "takes_out", "surgery")
    return {event: _to_do(slug, surgery, takes_out=takes_out) for event, slug, takes_out, surgery in lines}


def _to_do(slug: str, surgery: str | None, *, takes_out: bool) -> list[ToDo]:
    """`surgery`: the code of the first that waits."""
    found = []
    if takes_out:
        pledges = reverse("organise:pledges", args=[slug])
        found.append(ToDo(_("Take out a pledge that was taken back"), pledges))
    if surgery:
        questions = reverse("organise:surgery", args=[slug, surgery])
        found.append(ToDo(_("Read questions of the surgery"), questions))
    return found
