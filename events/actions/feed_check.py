"""One line of "Is everything working?": whether everything fits into the calendar of all events."""

from django.db.models import Sum
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.calendars.choosing import ROOM, entries_of
from events.calendars.published import dropped_in_feeds, sessions_in_feeds
from people.actions.hub_status import Check

# Characters of several bytes included, it fits: then nothing is read.
SURELY_FITS = ROOM // 4


def calendar_of_all_events() -> Check:
    name = _("Calendar of all events")
    left_out = _left_out()
    if not left_out:
        return Check(name, _("Everything fits into it."))
    words = ngettext(
        "It is too large: programs read a megabyte. One date is left out, long past or far away.",
        "It is too large: programs read a megabyte. %(number)s dates are left out, long past or far away.",
        left_out,
    )
    todo = _("Tell people to follow a group, a subject or a series instead: these calendars are smaller.")
    return Check(name, words % {"number": left_out}, todo=todo)


def _left_out() -> int:
    now = timezone.now()
    sessions, dropped = sessions_in_feeds(now).with_text(), dropped_in_feeds(now)
    size = Sum(Length("vevent"))
    if sum(dates.aggregate(size=size)["size"] or 0 for dates in (sessions, dropped)) < SURELY_FITS:
        return 0
    number = sessions.count()
    return number + dropped.count() - len(entries_of(sessions, dropped, now, number, name="feed.ics"))
