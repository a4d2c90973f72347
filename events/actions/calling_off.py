"""Calling an event off: for good, or until there is a new date. And calling it back.

Nobody's place, room or task is touched: an event that is called off offers, reminds of and opens nothing, and when it is
called back everything is as it was. The steps stand in everyone's history, and everyone is told.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions import calendar_texts, changes, leaving, notices, readiness
from events.actions.readiness import Missing, NotReady
from events.models import Closed, Event, Registration, RegistrationStep, Session
from kit.joins import joins
from kit.meanwhile import NotOpen
from people.models import Person

Step = RegistrationStep.Kind
STATE_FIELDS = ["state", "called_off_because", "called_off_at", "changed_at"]


@transaction.atomic
def cancel(event: Event, *, reason: str, by: Person) -> Event:
    """Call an event off for good, also one that was postponed. The page stays and says why; everyone is told. Twice is
    harmless. Raises NotOpen once it is over."""
    event = event.locked()
    if event.is_published or event.is_postponed:
        _call_off(event, Event.State.CANCELLED, Step.EVENT_CANCELLED, reason=reason, by=by)
    return event


@transaction.atomic
def postpone(event: Event, *, reason: str, by: Person) -> Event:
    """Take an event off its dates while nobody knows the new ones. Everyone keeps what they have, and is told. Twice is
    harmless. Raises NotOpen once it is over."""
    event = event.locked()
    if event.is_published:
        _call_off(event, Event.State.POSTPONED, Step.EVENT_POSTPONED, reason=reason, by=by)
    return event


@transaction.atomic
def call_back(event: Event, *, by: Person) -> Event:
    """Let an event that was called off take place after all, on the dates it has. Whoever was told that it would not is
    told again. Twice is harmless. Raises NotReady when one of its dates has begun, or something is missing that people
    need to know."""
    event = event.locked()
    if not event.is_called_off:
        return event
    if reasons := what_is_in_the_way(event):
        raise NotReady(reasons)
    was = changes.Told.of(event)
    # A cancellation that has not left yet is no news any more, and neither is that it is taken back.
    told_since = event.called_off_at if event.is_cancelled else None
    off = dates_off(event)
    bring_back(event, by=by)
    calendar_texts.rewrite(event, moved={session.pk for session in off})
    changes.tell(event, was, told_since=told_since)
    return event


def bring_back(event: Event, *, by: Person | None) -> None:
    """Write that an event takes place. Everyone has what they had, and those who were asked something get the time to
    answer that they would get now. Called under the event's lock, by whatever tells people and calendars."""
    now = timezone.now()
    off_since = event.called_off_at or now
    event.state, event.called_off_because, event.called_off_at = Event.State.PUBLISHED, "", None
    _save(event, now)
    rows = event.registrations.live()
    rows.filter(state=Registration.State.OFFERED).update(
        offer_ends_at=event.offer_ends_at(now), changed_at=now
    )
    rows.with_unconfirmed_address().update(confirm_by=event.confirm_by(now))
    _note(event, Step.EVENT_BACK, by=by)
    notices.owe_again(event, since=off_since)
    # Somebody may have left meanwhile.
    leaving.offer_free_places(event)
    for settle in joins.BROUGHT_BACK:
        settle(event, off_since)


def what_is_in_the_way(event: Event) -> list[Missing]:
    """What must be done before an event that was called off can take place after all."""
    now = timezone.now()
    has_begun = any(session.starts_at <= now for session in dates_off(event))
    begun = Missing(
        _("A date on which it did not take place is in the past. Set the new dates first."), "dates"
    )
    return [*readiness.missing(event), *([begun] if has_begun else [])]


def dates_off(event: Event) -> list[Session]:
    """The dates of an event that was called off on which it does not take place: those that were over stay as they
    were."""
    sessions = list(event.sessions.all())
    for session in sessions:
        session.event = event
    return [session for session in sessions if session.is_off]


def _call_off(event: Event, state: str, step: str, *, reason: str, by: Person) -> None:
    if event.is_past():
        raise NotOpen(Closed.OVER)
    was, now = changes.Told.of(event), timezone.now()
    event.state, event.called_off_because = state, reason
    # What was postponed and is cancelled then has been off since the first.
    event.called_off_at = event.called_off_at or now
    _save(event, now)
    _note(event, step, by=by)
    calendar_texts.rewrite(event, moved={session.pk for session in dates_off(event)})
    changes.tell(event, was)


def _note(event: Event, step: str, *, by: Person | None) -> None:
    """A line in the history of everyone who is registered."""
    rows = event.registrations.live().values_list("pk", flat=True)
    RegistrationStep.objects.bulk_create(
        RegistrationStep(registration_id=pk, kind=step, by=by) for pk in rows
    )


def _save(event: Event, now: datetime) -> None:
    event.changed_at = now
    event.save(update_fields=STATE_FIELDS)
