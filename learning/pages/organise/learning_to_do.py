"""What is left to do about pledges and surgeries, for the organisers' overview."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from events.pages.organise.to_do import ToDo, ToDos
from learning.actions import check_ins
from learning.models import PledgeUse, Surgery
from people.models import Group

TO_TAKE_OUT = Exists(PledgeUse.objects.filter(event=OuterRef("pk"), taken_back_at__isnull=False))
TO_ANSWER = Exists(check_ins.TO_ANSWER.filter(pledge__registration__event=OuterRef("pk")))
TO_READ = Surgery.objects.filter(event=OuterRef("pk"), has_to_read=True).order_by("pk")


def at_events(groups: Sequence[Group]) -> ToDos:
    """Of events at which a pledge was taken back that organisers had used elsewhere, where somebody who made one wants
    them to write back, or where questions of a surgery wait for those who read, however long ago they were. One query."""
    # By those who wait, who are few: to look for them among the people of each event would be long.
    waits = Q(pk__in=check_ins.TO_ANSWER.values("pledge__registration__event"))
    waits |= Q(TO_TAKE_OUT) | Q(Exists(TO_READ))
    found = Event.objects.filter(waits, group__in=groups).order_by()
    found = found.annotate(
        takes_out=TO_TAKE_OUT, answers=TO_ANSWER, surgery=Subquery(TO_READ.values("code")[:1])
    )
    lines = found.values_list("pk", "slug", "takes_out", "answers", "surgery")
    return {event: _to_do(*waiting) for event, *waiting in lines}


def _to_do(slug: str, takes_out: bool, answers: bool, surgery: str | None) -> list[ToDo]:
    """`surgery`: the code of the first that waits."""
    found, pledges = [], reverse("organise:pledges", args=[slug])
    if takes_out:
        found.append(ToDo(_("Take out a pledge that was taken back"), pledges))
    if answers:
        found.append(ToDo(_("Write back about a pledge"), pledges))
    if surgery:
        questions = reverse("organise:surgery", args=[slug, surgery])
        found.append(ToDo(_("Read questions of the surgery"), questions))
    return found
