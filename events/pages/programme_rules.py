"""The rules of an event with several dates, one after the other as people read them on its pages."""

from django.utils.translation import gettext as _

from events.models import Event
from events.pages.dates import missed_date_words, must_be_free_words


def rules_of(event: Event, dates: int) -> list[str]:
    """A sentence or two each, for an event with so many dates; none for one with a single date."""
    if dates < 2:
        return []
    free = [f"{must_be_free_words(dates)}."] if event.needs_every_date else []
    return [*free, *_missed(event), *_completes(event, dates)]


def _missed(event: Event) -> list[str]:
    words = _("If you were not there on a date: %(what)s") % {"what": missed_date_words(event)}
    if event.missed_date != Event.MissedDate.CATCH_UP or not event.catch_up_task:
        return [words]
    return [words, _("How you can catch up: %(task)s") % {"task": event.catch_up_task}]


def _completes(event: Event, dates: int) -> list[str]:
    needed = event.dates_to_complete
    if needed is None:
        return []
    if needed >= dates:
        words = _("You complete it with all %(number)s dates.") % {"number": dates}
    else:
        words = _("You complete it with %(needed)s of %(number)s dates.") % {
            "needed": needed,
            "number": dates,
        }
    counts = _("A date that you catch up on counts like one that you came to.")
    return [f"{words} {counts}" if event.catching_up_counts else words]
