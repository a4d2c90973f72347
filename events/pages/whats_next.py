"""What happens next with somebody's registration, and what happened so far: lines with a time and plain words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from events.actions.reminders import REMINDERS
from events.actions.retention import counts_as_over_at
from events.models import Event, Registration, RegistrationStep, Session
from events.pages.registration_words import duration_words
from kit.privacy import register
from kit.times import day_words, local, moment_words


@dataclass(frozen=True)
class Moment:
    when: str
    words: str


def next_moments(
    registration: Registration, now: datetime, *, asked_for_access: bool = False
) -> list[Moment]:
    event = registration.event
    sessions = [session for session in event.sessions.all() if session.ends_at > now]
    if not sessions or not registration.is_live or not event.is_published:
        return []
    if registration.has_place:
        moments = [*_way_in(registration, sessions[0], now), *(_session(session) for session in sessions)]
    else:
        moments = [*_queue(registration, now), *(_session(session) for session in sessions)]
    return [*moments, *_deletion(registration)] if asked_for_access else moments


def history(registration: Registration) -> list[Moment]:
    """What happened so far, oldest first. An organiser's reason is shown to the person it is about."""
    zone, steps = registration.event.time_zone, list(registration.steps.all())
    lines = [(step.at, f"{step} {step.note}".strip()) for step in steps]
    if any(step.kind == RegistrationStep.Kind.QUEUED for step in steps):
        lines = sorted([*lines, *_shared(registration)], key=lambda line: line[0])
    return [Moment(moment_words(at, zone, year=False), words) for at, words in lines]


def _shared(registration: Registration) -> list[tuple[datetime, str]]:
    """That what groups of places left became one line, where they stood in one of their own."""
    at, ended_at = registration.event.pooled_at, registration.ended_at
    if at is None or at < registration.created_at or (ended_at and at > ended_at):
        return []
    return [(at, _("The places that were left became places for everyone who waits."))]


def access_kept_until(event: Event, ended_at: datetime | None = None) -> date | None:
    """The day on which what someone needs is deleted, if they do not do so before. As the privacy page says."""
    kept = register().periods["access"].length
    ends = [moment for moment in (counts_as_over_at(event), ended_at) if moment]
    return local(min(ends) + kept, event.time_zone).date() if kept and ends else None


def _way_in(registration: Registration, session: Session, now: datetime) -> list[Moment]:
    if not registration.comes_online:
        return []
    door = session.opens_at
    coming = [reminder for reminder in REMINDERS if reminder.whom(session.event) == Event.Reminds.COMING]
    leaves_at = [session.starts_at - reminder.before for reminder in coming]
    words = _("We send you a reminder with your way into the meeting.")
    moments = [Moment(_said(at, session), words) for at in leaves_at if at > now]
    if door > now:
        moments.append(Moment(_said(door, session), _("The meeting opens for you.")))
    return moments


def _session(session: Session) -> Moment:
    words = _("It starts: %(title)s") % {"title": session.title} if session.title else _("It starts.")
    return Moment(_said(session.starts_at, session), words)


def _queue(registration: Registration, now: datetime) -> list[Moment]:
    event = registration.event
    if registration.waited_in_vain(now):
        return []
    if registration.is_held:
        return [Moment(_("When the organisers have decided"), _("We write to you."))]
    if registration.is_offered and registration.offer_ends_at:
        by = moment_words(registration.offer_ends_at, event.time_zone, year=False)
        return [Moment(by, _("The offer ends. Without an answer the place goes to the next person."))]
    time = duration_words(event.offer_ends_at(now) - now)
    words = _("We ask you by email. You have %(time)s to answer, fewer when it is near.") % {"time": time}
    return [Moment(_("When a place becomes free"), words), *_sharing(event)]


def _sharing(event: Event) -> list[Moment]:
    """The day on which what groups of places leave is for everyone who waits."""
    if event.pool_at is None or event.pooled_at:
        return []
    words = _("Places that nobody has taken are for everyone who waits.")
    return [Moment(moment_words(event.pool_at, event.time_zone, year=False), words)]


def _deletion(registration: Registration) -> list[Moment]:
    day = access_kept_until(registration.event, registration.ended_at)
    return [Moment(day_words(day), _("What you told us about access is deleted."))] if day else []


def _said(moment: datetime, session: Session) -> str:
    return moment_words(moment, session.event.time_zone, year=False)
