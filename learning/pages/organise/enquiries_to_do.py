"""What readers of learning pages wrote to their groups, for the organisers' overview."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.pages.organise.to_do import ToDo, ToDos
from kit.times import short_day
from learning.models import Enquiry
from people.models import Group

# Whoever wrote waits for an answer by then.
LATE_AFTER = timedelta(days=7)


def to_answer(groups: Sequence[Group]) -> ToDos:
    """Of groups to which readers wrote, by group. One query."""
    rows = Enquiry.objects.filter(page__group__in=groups).order_by().values_list("page__group")
    waiting = {group: (number, first) for group, number, first in rows.annotate(Count("pk"), Min("sent_at"))}
    return {group.pk: [_to_do(group, *waiting[group.pk])] for group in groups if group.pk in waiting}


def _to_do(group: Group, number: int, first: datetime) -> ToDo:
    words = ngettext("Answer a reader of your pages", "Answer %(number)d readers of your pages", number) % {
        "number": number
    }
    url = reverse("organise:enquiries", args=[group.slug])
    since = _("since %(day)s") % {"day": short_day(first, group.time_zone)}
    return ToDo(words, url, since, "clay" if timezone.now() > first + LATE_AFTER else "gold")
