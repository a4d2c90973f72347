"""What has a page on the calendar, and what it consists of."""

from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.access_list import GROUPS, AccessGroup
from events.models.event_details import EventDetails, EventQuerySet, ways_into
from events.models.places import NO_QUOTA, Pair, Places, Pot, pots_of
from events.models.programme import Programme
from kit.states import known_values
from kit.ways_in import NO_WAYS, OwnWays, withheld, withhold
from kit.written_once import Asked, WrittenOnce, written
from people.models import Person

CONFIRM_WITHIN, CONFIRM_AT_LEAST = timedelta(hours=24), timedelta(minutes=20)
ANSWER_WITHIN, ANSWER_AT_LEAST = timedelta(hours=48), timedelta(minutes=30)
Spans = list[tuple[datetime, datetime]]


class Closed(StrEnum):
    """Why people cannot register, propose, ask, choose, help, host, answer or be mailed now. Whatever asks for the reason
    gets None while it is open. Pages say it in words: see events.pages.closed."""

    # Of the event.
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    NOT_PUBLISHED = "not_published"  # a draft, or no longer to take place; of a mail: what it would tell
    BEGUN = "begun"
    OVER = "over"
    # Of what is asked for.
    NOT_OFFERED = "not_offered"  # the organisers want none of it at this event
    NOT_YET = "not_yet"
    TOO_LATE = "too_late"
    FULL = "full"
    NO_ROOMS = "no_rooms"
    INVITED = "invited"  # only people whom its organisers invite can register
    # Of whoever asks.
    WAITING = "waiting"  # they are on the waiting list
    OFFERED = "offered"  # they have not taken the place that is held for them
    NO_PLACE = "no_place"
    LOOKS_AFTER_IT = "looks_after_it"  # hosts and note-takers sit in their room

    @classmethod
    def first(cls, *reasons: tuple["Closed", bool]) -> "Closed | None":
        """The first reason that holds; None when none does."""
        return next((reason for reason, holds in reasons if holds), None)

    # Templates cannot name a member, so they ask it: `reason.is_not_yet`. Python names it, and mypy, which does not see
    # this, refuses anything else.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> bool:
            asked = name.removeprefix("is_").upper()
            if not name.startswith("is_"):
                raise AttributeError(name)
            if asked not in type(self).__members__:
                # Templates take an AttributeError for "no": a reason that is none would never be noticed.
                raise NameError(f"{name}: there is no such reason")
            return self is type(self)[asked]


NOTHING_TO_COME_TO = frozenset({Closed.CANCELLED, Closed.POSTPONED, Closed.NOT_PUBLISHED, Closed.OVER})


def take_a_newcomer(places: Places, capacity: int | None) -> bool:
    """Whether whoever comes and confirms their address gets a place. While anyone with a confirmed address waits a
    newcomer queues, even if a place is free this minute."""
    return capacity is None or (places.taken < capacity and not places.in_line)


def hold_one_more(places: Places, capacity: int | None) -> bool:
    """Whether a place is held for a newcomer until they confirm: never for more than half of the places that no confirmed
    address has, and for nobody while others wait who asked before."""
    if capacity is None:
        return True
    not_confirmed = capacity - places.taken + places.unconfirmed
    return not places.waiting and 2 * (places.unconfirmed + 1) <= not_confirmed


class Event(EventDetails, Programme):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")
        POSTPONED = "postponed", _("Postponed")

    CALLED_OFF = (State.CANCELLED, State.POSTPONED)
    PUBLIC = (State.PUBLISHED, *CALLED_OFF)

    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    called_off_because = models.TextField(_("why it is called off"), blank=True, max_length=600)
    published_at = models.DateTimeField(null=True, blank=True)
    # When the clock publishes a draft, and when it last could not.
    publish_at = models.DateTimeField(null=True, blank=True)
    not_published_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="events_created"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    # The public words by which people find it, as kit.text.searchable writes them (events.actions.calendar_texts).
    search_text = models.TextField(blank=True, default="", editable=False)

    objects = EventQuerySet.as_manager()

    @known_values(state=State, **EventDetails.WORDS, **Programme.WORDS)
    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *EventDetails.Meta.constraints,
            *Programme.Meta.constraints,
            models.CheckConstraint(
                condition=Q(publish_at=None, not_published_at=None) | Q(state="draft"),
                name="only_a_draft_is_published_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def own_ways(self) -> OwnWays:
        """What leads into its meeting, to be kept out of whatever everyone reads. Nothing where its key is missing."""
        address, words = (vars(self).get(name) or "" for name in ("join_address", "join_help"))  # sealed
        return ways_into(Event, self.seal_id, address, words) if address else NO_WAYS

    def for_everyone(self, text: str) -> str:
        """A text as everyone may read it: whoever typed the way in may have done so before it was the event's own."""
        return withheld(text, self.own_ways)

    def withhold(self, *more: Any) -> None:
        """The same for this row, what was loaded with it, and `more` rows, as kit.ways_in.withhold."""
        if self.own_ways is not NO_WAYS:
            withhold(self.own_ways, self, *self.loaded_with_it(), *more)

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_postponed(self) -> bool:
        return self.state == self.State.POSTPONED

    @property
    def is_called_off(self) -> bool:
        return self.state in self.CALLED_OFF

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_online(self) -> bool:
        return self.format in (self.Format.ONLINE, self.Format.BOTH)

    @property
    def is_in_person(self) -> bool:
        return self.format in (self.Format.IN_PERSON, self.Format.BOTH)

    @property
    def counts_volunteers(self) -> bool:
        """Whether a place that came by hosting or helping is one of `capacity`: only a room can be too small for them."""
        return self.is_in_person and self.volunteers_count

    @property
    def starts_at(self) -> datetime | None:
        """The start of the first session. One query, unless `with_dates()` or prefetched sessions are there."""
        if hasattr(self, "first_starts_at"):
            return self.first_starts_at
        return min((starts_at for starts_at, _ends_at in self._spans()), default=None)

    @property
    def ends_at(self) -> datetime | None:
        """The end of the last session. One query, unless `with_dates()` or prefetched sessions are there."""
        if hasattr(self, "last_ends_at"):
            return self.last_ends_at
        return max((ends_at for _starts_at, ends_at in self._spans()), default=None)

    def is_past(self, now: datetime | None = None) -> bool:
        """Whether it is over. A postponed event never is: its dates are those on which it did not take place."""
        ends_at = None if self.is_postponed else self.ends_at
        return ends_at is not None and ends_at <= (now or timezone.now())

    def off_because(self) -> Closed | None:
        """Why it does not take place now; None when it does, or did."""
        off = {self.State.CANCELLED: Closed.CANCELLED, self.State.POSTPONED: Closed.POSTPONED}
        return None if self.is_published else off.get(self.State(self.state), Closed.NOT_PUBLISHED)

    def has_begun(self, now: datetime | None = None) -> bool:
        """Whether its first date has begun: from then on no place is offered to anybody."""
        now, starts_at = now or timezone.now(), self.starts_at
        return not self.is_postponed and starts_at is not None and starts_at <= now

    def takes_people_who_wait(self, now: datetime | None = None) -> bool:
        """Whether somebody who gets no place may still wait for one: not once no place is offered any more."""
        return self.has_waiting_list and not self.has_begun(now)

    def registration_closed_because(self, now: datetime | None = None) -> Closed | None:
        """The reason why nobody can register now; None while they can. Whether a place is free is another question."""
        if off := self.off_because():
            return off
        now, ends_at = now or timezone.now(), self.ends_at
        opens_at, closes_at = self.registration_opens_at, self.registration_closes_at
        return Closed.first(
            (Closed.NOT_OFFERED, not self.takes_registrations),
            (Closed.OVER, ends_at is None or ends_at <= now),
            (Closed.NOT_YET, opens_at is not None and now < opens_at),
            (Closed.TOO_LATE, closes_at is not None and now >= closes_at),
        )

    def access_groups(self, way: str = "") -> list[AccessGroup]:
        """The access list with only what fits its format, and how somebody comes; groups without a line are left out."""
        online, in_person = self.is_online and way != "in_person", self.is_in_person and way != "online"
        fits = [[o for o in g.options if online and o.online or in_person and o.in_person] for g in GROUPS]
        return [AccessGroup(g.title, tuple(found)) for g, found in zip(GROUPS, fits, strict=True) if found]

    def places(self) -> Places:
        """How many are held and how many people wait, as it counts them. One query, unless `with_places()` is there."""
        return self.registrations.places_at(self)

    def pot(self, pair: Pair = NO_QUOTA) -> Pot:
        """Where somebody of this pair gets a place from. One query; two with quotas."""
        return pots_of(self).of(pair) if self.has_quotas else Pot(self.places(), self.capacity)

    def has_place_for_newcomer(self, pair: Pair = NO_QUOTA) -> bool:
        """Whether the next to come with a confirmed address gets a place. One query, where there is a limit."""
        return (self.capacity is None and not self.has_quotas) or take_a_newcomer(*self.pot(pair))

    def holds_place_for_newcomer(self, pair: Pair = NO_QUOTA) -> bool:
        """Whether the next to come has a place before their address is confirmed. One query, where there is a limit."""
        return (self.capacity is None and not self.has_quotas) or hold_one_more(*self.pot(pair))

    def confirm_by(self, now: datetime) -> datetime:
        """When an unconfirmed address loses its place: 24 hours, less when the event is near, never after its end."""
        return _limit(self._spans(), now, CONFIRM_WITHIN, CONFIRM_AT_LEAST)

    def offer_ends_at(self, now: datetime) -> datetime:
        """48 hours to answer, half of what is left when the event is near, never after the last date has begun."""
        spans = self._spans()
        ends_at = _limit(spans, now, ANSWER_WITHIN, ANSWER_AT_LEAST)
        to_come = (starts_at for starts_at, _ends_at in spans if starts_at > now)
        return min(ends_at, max(to_come, default=ends_at))

    def locked(self) -> "Event":
        """The event, read again under its lock: two people racing for the last place take turns. On SQLite the
        transaction itself holds the lock (transaction_mode IMMEDIATE)."""
        sql, fixed = _locking()
        rows = Event.objects.raw(sql, fixed | {"event": self.pk})
        event = next(iter(rows), None) or Event.objects.get(pk=self.pk)  # which tells that it is gone
        if "group" in self._state.fields_cache and self.group_id == event.group_id:
            event.group = self.group
        return event

    def _spans(self) -> Spans:
        """From when to when each date is, without its calendar's text. One query, unless the sessions are prefetched."""
        if "sessions" in getattr(self, "_prefetched_objects_cache", ()):
            return [(session.starts_at, session.ends_at) for session in self.sessions.all()]
        return _spans_of(self.sessions.model).values(event=self.pk)


@cache
def _locking() -> tuple[str, dict[str, Any]]:
    return written(Event.objects.select_for_update().filter(pk=Asked("event")).order_by())


@cache
def _spans_of(dates: Any) -> WrittenOnce:
    rows = dates.objects.filter(event=Asked("event")).order_by()
    return WrittenOnce(rows.values_list("starts_at", "ends_at"))


def _limit(spans: Spans, now: datetime, usual: timedelta, least: timedelta) -> datetime:
    """As long as usual, half of what is left before the first date when that is near, and never after the end."""
    if not spans:
        return now + usual
    left = min(starts_at for starts_at, _ends_at in spans) - now
    over = max(ends_at for _starts_at, ends_at in spans)
    return min(over, now + max(least, min(usual, left / 2)))
