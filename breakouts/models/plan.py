"""Whether and how an event has breakout rooms."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models import Closed, Event
from kit.ways_in import NO_WAYS


class Rooms(NamedTuple):
    """From when to when the rooms are."""

    starts_at: datetime
    ends_at: datetime


class BreakoutPlan(models.Model):
    """How an event does its breakout rooms, one row an event that has them. `on_the_page` is what its public page
    shows of topics, hosts, help and answered questions; breakouts.actions.rooms writes it whenever one of
    them changes, so that it comes with the event and costs no query."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="breakout_plan")
    takes_topics = models.BooleanField(_("people may propose topics"), default=True)
    topics_until = models.DateTimeField(_("topics may be proposed until"), null=True, blank=True)
    takes_questions = models.BooleanField(_("people may ask questions"), default=True)
    takes_choices = models.BooleanField(_("people choose a room beforehand"), default=True)
    choices_until = models.DateTimeField(_("rooms can be changed until"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("people in a room"), null=True, blank=True)
    rooms_start_at = models.DateTimeField(_("rooms begin"), null=True, blank=True)
    rooms_end_at = models.DateTimeField(_("rooms end"), null=True, blank=True)
    brief = models.TextField(_("for hosts: what matters to us"), blank=True)
    opening_words = models.TextField(_("for hosts: words to open with"), blank=True)
    call_name = models.CharField(_("whom to call on the day"), max_length=100, blank=True)
    call_phone = models.CharField(_("phone on the day"), max_length=40, blank=True)
    recap_intro = models.TextField(_("words before the recap"), blank=True)
    recap_published_at = models.DateTimeField(null=True, blank=True)
    recap_mailed_at = models.DateTimeField(null=True, blank=True)
    # Hosts and helpers, after the event: by an email of ours, or in the organisers' own way.
    thanked_at = models.DateTimeField(null=True, blank=True)
    on_the_page = models.JSONField(default=dict, blank=True, editable=False)

    PUBLIC_WORDS = ("recap_intro",)

    class Meta:
        verbose_name = _("breakout plan")
        verbose_name_plural = _("breakout plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(rooms_start_at=None)
                | Q(rooms_end_at=None)
                | Q(rooms_start_at__lt=F("rooms_end_at")),
                name="rooms_begin_before_they_end",
                violation_error_message=_("The rooms must begin before they end."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Breakouts of %(event)s") % {"event": self.event})

    @classmethod
    def of(cls, event: Event) -> "BreakoutPlan | None":
        """One query, unless the event was loaded with its plan. None when it has no rooms."""
        try:
            return event.breakout_plan
        except cls.DoesNotExist:
            return None

    @classmethod
    def is_known_to_be_none(cls, event: Event) -> bool:
        """Whether `of` looked for it before and there is none. No query."""
        field = Event._meta.get_field("breakout_plan")
        return field.is_cached(event) and field.get_cached_value(event) is None

    @property
    def shown(self) -> dict[str, Any]:
        """`on_the_page` as everyone may read it."""
        if self.event.own_ways is NO_WAYS:
            return self.on_the_page
        return {
            kind: [_for_everyone(row, self.event) for row in rows] for kind, rows in self.on_the_page.items()
        }

    @property
    def has_recap(self) -> bool:
        return self.recap_published_at is not None

    @property
    def rooms(self) -> Rooms | None:
        """None without times, and while they lie outside the event: organisers have a line about it, and nobody else is
        told what cannot be. One query, unless the event's sessions are prefetched."""
        starts_at, ends_at = self.rooms_start_at, self.rooms_end_at
        if starts_at is None or ends_at is None or not self._in_one_date(starts_at, ends_at):
            return None
        return Rooms(starts_at, ends_at)

    @property
    def rooms_over_at(self) -> datetime | None:
        """The moment at which the rooms end: with the event, where no other is said that lies within it."""
        ends_at = self.rooms_end_at
        return ends_at if ends_at and self._in_one_date(ends_at, ends_at) else self.event.ends_at

    @property
    def choices_close_at(self) -> datetime | None:
        return min(filter(None, (self.choices_until, self.rooms_over_at)), default=None)

    def topics_closed_because(self, now: datetime) -> Closed | None:
        """Why nobody can propose a topic now; None while they can."""
        starts_at = self.event.starts_at
        return self._none_because(self.takes_topics) or Closed.first(
            (Closed.BEGUN, starts_at is None or starts_at <= now),
            (Closed.TOO_LATE, self.topics_until is not None and self.topics_until <= now),
        )

    def questions_closed_because(self, now: datetime) -> Closed | None:
        """Why nobody can ask a question now; None while they can."""
        starts_at = self.event.starts_at
        return self._none_because(self.takes_questions) or Closed.first(
            (Closed.BEGUN, starts_at is None or starts_at <= now),
        )

    def choices_closed_because(self, now: datetime) -> Closed | None:
        """Why nobody can choose a room now; None while they can."""
        closes_at = self.choices_close_at
        return self._none_because(self.takes_choices) or Closed.first(
            (Closed.OVER, self.event.is_past(now)),
            (Closed.TOO_LATE, closes_at is None or closes_at <= now),
        )

    def _none_because(self, is_wanted: bool) -> Closed | None:
        """Why there is nothing to take part in, whatever the hour."""
        return self.event.off_because() if is_wanted else Closed.NOT_OFFERED

    def _in_one_date(self, starts_at: datetime, ends_at: datetime) -> bool:
        dates = self.event.sessions.all()
        return any(date.starts_at <= starts_at and ends_at <= date.ends_at for date in dates)


def _for_everyone(row: dict[str, Any], event: Event) -> dict[str, Any]:
    """The same row with its words, and those in its lists, as everyone may read them."""

    def words(told: Any) -> Any:
        return event.for_everyone(told) if isinstance(told, str) else told

    return {
        name: [words(one) for one in told] if isinstance(told, list) else words(told)
        for name, told in row.items()
    }
