"""What everyone was told of an event, kept beside the mail that says what is different now.

A mail about a change knows what held before it. Its words are written when it leaves, from how things stand then
(events.what_changed): several changes within its ten minutes are one mail, oldest to newest; what was taken back
meanwhile is none.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Self

from django.db.models import Q
from django.utils import timezone

from events.actions import hearers
from events.models import Event, Session
from events.models.quota import Way
from kit.written_once import Asked, WrittenOnce
from mail.actions.outbox import queue
from mail.models import OutgoingMail
from mail.models.outgoing import OutgoingMailQuerySet

# For second thoughts, unless people may be about to set out.
HELD_FOR = timedelta(minutes=10)
NOT_HELD_WITHIN = timedelta(hours=3)
A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class ToldDate:
    """One date as people know it. `place` is where to go, in one line; "" where there is nowhere to go. `clock_was`: what
    clocks were to show when it begins, where their country has changed them since."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    clock_was: str = ""

    @classmethod
    def of(cls, session: Session) -> Self:
        place = session.place.one_line if session.place and session.event.is_in_person else ""
        return cls(session.pk, session.starts_at, session.ends_at, session.title, place)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        starts_at, ends_at = (datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at"))
        words = (kept["title"], kept["place"], kept.get("clock_was", ""))
        return cls(kept["pk"], starts_at, ends_at, *words)

    def as_json(self) -> dict[str, Any]:
        moments = {"starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat()}
        return asdict(self) | moments

    @property
    def when_and_where(self) -> tuple[int, datetime, datetime, str]:
        return self.pk, self.starts_at, self.ends_at, self.place


@dataclass(frozen=True)
class Told:
    """What people know of an event: whether it takes place, when and where."""

    state: str
    format: str
    zone: str
    dates: tuple[ToldDate, ...]

    @classmethod
    def of(cls, event: Event) -> Self:
        """As it stands in the database now. Two queries."""
        stands, dates_of = _as_they_stand()
        event = stands.first(event=event.pk) or Event.objects.get(pk=event.pk)  # which says that it is gone
        dates = dates_of.models(event=event.pk)
        for session in dates:
            session.event = event
        return cls(event.state, event.format, event.time_zone, tuple(map(ToldDate.of, dates)))

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(kept["state"], kept["format"], kept["zone"], tuple(map(ToldDate.from_json, kept["dates"])))

    def as_json(self) -> dict[str, Any]:
        dates = [date.as_json() for date in self.dates]
        return {"state": self.state, "format": self.format, "zone": self.zone, "dates": dates}

    def for_one_way(self, way: str) -> "Told":
        """The same for whoever comes this way, of two: who comes online has nowhere to go."""
        if self.format != Event.Format.BOTH or not way:
            return self
        dates = tuple(replace(date, place="") for date in self.dates) if way == Way.ONLINE else self.dates
        return replace(self, format=way, dates=dates)

    @property
    def is_public(self) -> bool:
        return self.state in Event.PUBLIC

    @property
    def takes_place(self) -> bool:
        return self.state == Event.State.PUBLISHED

    def to_come(self, now: datetime) -> list[ToldDate]:
        """The dates that are not over: nobody needs to hear of the others."""
        return [date for date in self.dates if date.ends_at > now]


@cache
def _as_they_stand() -> tuple[WrittenOnce, WrittenOnce]:
    events = Event.objects.select_related("venue").filter(pk=Asked("event"))
    return WrittenOnce(events), WrittenOnce(
        Session.objects.select_related("venue").filter(event=Asked("event"))
    )


def is_news(was: Told, stands: Told, now: datetime) -> bool:
    """Whether people have to hear of the difference."""
    if not (was.is_public and stands.is_public):
        return False
    if was.state != stands.state:
        return True
    # What does not take place has no date and no place: they are told when it does.
    return was.takes_place and _to_hear(was, now) != _to_hear(stands, now)


def tell(event: Event, was: Told, *, told_since: datetime | None = None) -> bool:
    """Owe everyone one mail that says what is no longer as it was, if they have to hear of it; with `told_since` only
    those to whom a mail about a change has left since then. Called in the transaction of the change, under the event's
    lock. Returns whether people are told."""
    now, stands = timezone.now(), Told.of(event)
    if not is_news(was, stands, now):
        return False
    is_held = not _is_near(was, stands, now)
    # One that has not been written yet knows what held before, and will say what holds when it leaves.
    know_already = _take_in_hand(event, now, hasten=not is_held)
    told = hearers_of(event, told_since=told_since)
    new = [parts for email, parts in told.items() if email not in know_already]
    for parts in new:
        _owe(event, was, parts, now, is_held=is_held, told_since=told_since)
    return True


def hearers_of(event: Event, *, told_since: datetime | None = None) -> dict[str, list[hearers.Part]]:
    """Who has to hear, by address: everyone, or those to whom a mail has left since then."""
    everyone = hearers.everyone(event)
    if told_since is None:
        return everyone
    left = _left_since(event, told_since)
    return {email: parts for email, parts in everyone.items() if email in left}


def has_left(event: Event, email: str, since: datetime) -> bool:
    """Whether a mail about a change has left to this address since then."""
    return _about(event).said().filter(to_email=email, settled_at__gte=since).exists()


def waiting(event: Event) -> set[str]:
    """The addresses to which a mail about a change is owed that nobody has written yet."""
    return {*_about(event).filter(_not_written_yet(timezone.now())).values_list("to_email", flat=True)}


def is_near(event: Event, now: datetime) -> bool:
    """Whether a mail about it cannot wait: somebody may be about to set out."""
    stands = Told.of(event)
    return _is_near(stands, stands, now)


def _to_hear(told: Told, now: datetime) -> tuple[object, ...]:
    return told.format, told.zone, {date.when_and_where for date in told.to_come(now)}


def _is_near(was: Told, stands: Told, now: datetime) -> bool:
    dates = [*was.to_come(now), *stands.to_come(now)]
    return any(date.starts_at < now + NOT_HELD_WITHIN for date in dates)


def _take_in_hand(event: Event, now: datetime, *, hasten: bool) -> set[str]:
    """The addresses whose mail about a change waits still; none of them is written before this transaction ends."""
    # Locked: a worker that comes now takes them when this transaction has ended, and writes what it left behind.
    waiting = list(_about(event).filter(_not_written_yet(now)).select_for_update())
    for mail in waiting if hasten else ():
        mail.next_attempt_at, mail.context["is_held"] = now, False
        mail.save(update_fields=["next_attempt_at", "context"])
    return {mail.to_email for mail in waiting}


def _left_since(event: Event, moment: datetime) -> set[str]:
    """The addresses to which a mail about a change has left since then, or may be leaving at this instant."""
    state, now = OutgoingMail.State, timezone.now()
    left = _about(event).said().filter(settled_at__gte=moment)
    leaving = _about(event).filter(state=state.QUEUED).exclude(_not_written_yet(now))
    return {*left.values_list("to_email", flat=True), *leaving.values_list("to_email", flat=True)}


def _not_written_yet(now: datetime) -> Q:
    """Held, or due and not taken by a worker: one that is taken is due again only later (mail.actions.outbox)."""
    is_held = Q(context__is_held=True, created_at__gt=now - HELD_FOR + A_MOMENT)
    return Q(state=OutgoingMail.State.QUEUED, attempts=0) & (is_held | Q(next_attempt_at__lte=now))


def _about(event: Event) -> OutgoingMailQuerySet:
    return OutgoingMail.objects.of_kind("event-changed").filter(about=event.pk)


def _owe(
    event: Event,
    was: Told,
    parts: list[hearers.Part],
    now: datetime,
    *,
    is_held: bool,
    told_since: datetime | None,
) -> None:
    rows, limit = [part.row for part in parts], hearers.limit_of(parts)
    first = rows[0]
    queue(
        kind="event-changed",
        # Of a row that has the address, so that the key need not hold it.
        key=f"event-changed/{event.pk}/{first._meta.model_name}/{first.pk}/{now.timestamp()}",
        to_email=first.email,
        language=next((row.language for row in rows if row.language), ""),
        person=next((row.person for row in rows if getattr(row, "person", None)), None),
        group=event.group,
        about=event.pk,
        context={
            "was": was.as_json(),
            "is_held": is_held,
            "told_since": told_since.isoformat() if told_since else "",
            "limit": limit.isoformat() if limit else "",
        },
        not_before=now + HELD_FOR if is_held else None,
    )
