"""What is left to do about pledges, for the organisers' overview."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from events.pages.organise.to_do import ToDo, ToDos
from learning.models import PledgeUse
from people.models import Group


def to_take_out(groups: Sequence[Group]) -> ToDos:
    """Of events at which a pledge was taken back that organisers had used elsewhere, however long ago they were. One
    query."""
    rows = PledgeUse.objects.filter(event__group__in=groups, taken_back_at__isnull=False).order_by()
    return {
        event: [ToDo(_("Take out a pledge that was taken back"), reverse("organise:pledges", args=[slug]))]
        for event, slug in rows.values_list("event", "event__slug").distinct()
    }
