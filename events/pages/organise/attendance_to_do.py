"""What waits for an organiser about dates that are over: those of which nobody knows who was there."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.attendance import NOTED_WITHIN, can_be_noted
from events.models import Event, Session
from events.models.attendance import counted_dates
from events.pages.organise.to_do import ToDo
from kit.times import day_words


def for_event(event: Event) -> list[ToDo]:
    """A line for each date of a programme of which nobody knows who was there, while that can be noted. One query, once a
    date is over."""
    now, dates = timezone.now(), event.sessions.all()
    over = [
        date for date in dates if date.is_over(now) and can_be_noted(date, now) and not date.ended_early_at
    ]
    if len(dates) < 2 or not over or not event.is_published:
        return []
    counted = counted_dates(event)
    return [_note_who_came(event, date) for date in over if date.pk not in counted]


def _note_who_came(event: Event, date: Session) -> ToDo:
    words = _("Note who was there on %(day)s") % {
        "day": day_words(date.starts_at, event.time_zone, year=False)
    }
    until = day_words(date.ends_at + NOTED_WITHIN, event.time_zone, year=False)
    url = reverse("organise:attendance_on", args=[event.slug, date.number])
    return ToDo(words, url, _("By %(day)s") % {"day": until}, "gold")
