"""One date of an event."""

import re
import uuid
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.venue import Venue

AGENDA_LINE = re.compile(r"^(\d{1,2}[:.]\d{2})\s+(.+)$")
# Lists read the index of starts from here on, instead of every date there ever was.
LONGEST = timedelta(days=62)
# So long before a date people can go in.
OPENS_BEFORE = timedelta(minutes=15)


def new_uid() -> str:
    """A name for calendars (RFC 5545 §3.8.4.7): random, so that a changed host or a restored backup keeps it."""
    return str(uuid.uuid4())


class DateQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        """Of the events that everyone may open."""
        return self.filter(event__state__in=Event.PUBLIC)

    def on_the_calendar(self) -> Self:
        """Of those that everyone may find."""
        return self.public().filter(event__is_unlisted=False)

    def with_text(self) -> Self:
        """Those that calendars were ever told of. A stamp of them need not ask: the index has no texts."""
        return self.exclude(vevent="")

    def between(self, start: datetime, end: datetime | None = None) -> Self:
        """Those of which something lies in this span of time; without `end` also all that follow."""
        until = {"starts_at__lt": end} if end else {}
        return self.filter(starts_at__gt=start - LONGEST, ends_at__gt=start, **until)

    def at(self, venue: str) -> Self:
        """Those at the venue with this slug, as far as their event says where they are."""
        return self.filter(event__venue__slug=venue).exclude(event__format=Event.Format.ONLINE)


class SessionQuerySet(DateQuerySet):
    def upcoming(self, now: datetime | None = None) -> "SessionQuerySet":
        return self.between(now or timezone.now())

    def past(self, now: datetime | None = None) -> "SessionQuerySet":
        """Those that are over; a date that was postponed never is."""
        over = self.filter(ends_at__lte=now or timezone.now())
        return over.exclude(event__state=Event.State.POSTPONED, ends_at__gt=F("event__called_off_at"))

    def at(self, venue: str) -> "SessionQuerySet":
        here = Q(venue__slug=venue) | Q(venue=None, event__venue__slug=venue)
        return self.filter(here).exclude(event__format=Event.Format.ONLINE)

    def next_of_each_event(self, *, venue: str = "") -> "SessionQuerySet":
        """Those that are the next date of their event; with `venue` (a slug) the next one there."""
        now = timezone.now()
        to_come = _of_one_event().filter(ends_at__gt=now)
        next_one = (to_come.at(venue) if venue else to_come).values("pk")[:1]
        return self.upcoming(now).filter(pk=Subquery(next_one))

    def last_of_each_event(self) -> "SessionQuerySet":
        later = Session.objects.filter(event=OuterRef("event"), starts_at__gt=OuterRef("starts_at"))
        return self.filter(~Exists(later))

    def for_lists(self) -> "SessionQuerySet":
        """The rows with what a line of a list shows, and nothing else of session, event and place."""
        shown = [f"event__{name}" for name in Event.SHOWN_IN_LISTS]
        places = ["venue__name", "event__venue__name"]
        own = ["event", "venue", "title", "starts_at", "ends_at"]
        return self.select_related("event__venue", "venue").only(*own, *shown, *places)


class Session(models.Model):
    """`starts_at` and `ends_at` are instants; the event's zone gives their words. `number` is for addresses and never
    changes; "session 2 of 4" follows the order of the dates. `vevent` is this date as kept
    calendar text, written by events.actions.calendar_texts whenever the session or its event changes."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title of this date"), max_length=140, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    agenda = models.TextField(_("how it runs"), blank=True, max_length=2000)
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    uid = models.CharField(max_length=80, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    # When people with a place were last asked whether they can come, since it moved or was added.
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    vevent = models.TextField(blank=True, default="", editable=False)
    # It ended before its time, and so counts for everyone: those who come read why.
    ended_early_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_early_because = models.CharField(max_length=300, blank=True, editable=False)
    # From when on whoever is not noted as there has not been there.
    attendance_closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    PUBLIC_WORDS = ("title", "agenda", "ended_early_because")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="session_ends_after_it_starts",
                violation_error_message=_("The end must be after the start."),
            ),
            models.UniqueConstraint(fields=["event", "number"], name="one_number_a_session"),
        ]
        indexes = [
            # All that the stamp of a calendar reads: without the rows, of which each has its text with it.
            models.Index(
                fields=["event", "starts_at", "ends_at", "changed_at", "sequence"], name="session_of_event"
            ),
            models.Index(fields=["starts_at"], name="session_by_start"),
            models.Index(fields=["ends_at"], name="session_by_end"),
            models.Index(fields=["changed_at"], name="session_by_change"),
        ]

    def __str__(self) -> str:
        return self.title or self.event.title

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.event.slug])

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at - self.starts_at > LONGEST:
            raise ValidationError(_("One date lasts two months at most. Make it several dates."))

    @property
    def place(self) -> Venue | None:
        return self.venue or self.event.venue

    @property
    def opens_at(self) -> datetime:
        """From when on people can go in, and be noted as there."""
        return self.starts_at - OPENS_BEFORE

    @property
    def attendance_is_closed(self) -> bool:
        """Whether that was settled for the date as it is, and not before it moved to a later day."""
        return self.attendance_closed_at is not None and self.attendance_closed_at >= self.ends_at

    @property
    def is_off(self) -> bool:
        """Whether it does not take place because its event was called off before it was over."""
        off_since = self.event.called_off_at
        return self.event.is_called_off and (off_since is None or self.ends_at > off_since)

    def is_over(self, now: datetime) -> bool:
        """Whether it took place, and is over."""
        return self.ends_at <= now and not self.is_off

    def where_words(self) -> str:
        """ "Online", "Central Library" or "Online and at Central Library"."""
        event, place = self.event, self.place if self.event.is_in_person else None
        if place is None:
            return str(Event.Format(event.format).label)
        return gettext("Online and at %(place)s") % {"place": place.name} if event.is_online else place.name

    def agenda_moved_by(self, distance: timedelta) -> str:
        """The agenda with each of its times of day so much later; lines without one stay."""
        lines = self.agenda.splitlines()
        return "\n".join(AGENDA_LINE.sub(lambda line: _later(line, distance), line) for line in lines)

    def agenda_lines(self) -> list[tuple[str, str]]:
        """The agenda as (time, text) a line; the time is "" where a line has none. "15:20 Choose a room" is the form
        people type."""
        lines = (line.strip() for line in self.agenda.splitlines())
        matches = ((AGENDA_LINE.match(line), line) for line in lines if line)
        return [(m[1].replace(".", ":"), m[2]) if m else ("", line) for m, line in matches]


def _later(line: re.Match[str], distance: timedelta) -> str:
    hour, minute = (int(figures) for figures in re.split("[:.]", line[1]))
    minutes = (hour * 60 + minute + int(distance.total_seconds()) // 60) % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02} {line[2]}"


@cache
def _of_one_event() -> SessionQuerySet:
    """Written once: to write this query takes longer than to answer it."""
    return Session.objects.filter(event=OuterRef("event"))
