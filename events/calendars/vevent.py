"""One date of an event as a VEVENT (RFC 5545 §3.6.1). A programme of four dates is four of them, each with a UID of
its own, and they name each other: that survives a moved or cancelled date in every program.

icalendar writes the text: it knows how to fold and escape. Public texts are written once, when the session changes,
and kept in Session.vevent (events.actions.calendar_texts); feeds only join them.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
from django.urls import reverse
from django.utils.translation import gettext as _

from events.calendars import words
from events.models import Attendance, DroppedDate, Registration, Session
from kit.text import clean_text
from kit.times import are_whole_days, whole_days, zone_of
from mail.compose import absolute

_KEPT_IN_UTC = "\r\nDTSTART:"
COLOURS = {"social": "plum", "training": "steelblue", "programme": "seagreen", "learning": "sienna"}


def session_vevent(session: Session) -> str:
    """One date as everyone sees it: no people, no way into the meeting.

    The event's group, venue, tags, access in place and sessions should be loaded already. Of an event that was taken
    back only a cancelled shell is left, since a program that has it must be told.
    """
    if not session.event.is_public:
        return _text(_shell(session, changed_at=session.changed_at, sequence=session.sequence))
    vevent = _told(session, changed_at=session.changed_at)
    vevent.add("status", "CANCELLED" if session.is_off else "CONFIRMED")
    vevent.add("transp", "TRANSPARENT")
    vevent.add("summary", _summary(session))
    vevent.add("description", words.description(session))
    return _text(vevent)


def personal_vevent(
    session: Session,
    registration: Registration,
    join_url: str,
    *,
    said: Attendance | None = None,
    stamped_at: datetime | None = None,
    remind_minutes: int | None = None,
) -> str:
    """One date as the one who is registered sees it: the same UID, their own state, and, once they have a place, the
    way to our door for this event (never the meeting's own address). `said`: of this date, if anything. `stamped_at`:
    when a mail told their calendar of it last, after which nothing is older."""
    changed_at = max(filter(None, [session.changed_at, registration.changed_at, stamped_at]))
    is_gone = not registration.is_live or (said is not None and said.is_out)
    vevent = own_entry(session, registration, join_url, changed_at=changed_at, is_gone=is_gone, said=said)
    is_on = session.event.is_public and not session.is_off and not is_gone
    if remind_minutes and registration.has_place and is_on:
        vevent.add_component(_alarm(session, remind_minutes))
    return _text(vevent)


def own_entry(
    session: Session,
    registration: Registration,
    join_url: str,
    *,
    changed_at: datetime,
    is_gone: bool,
    said: Attendance | None = None,
) -> icalendar.Event:
    """One date for the calendar of one person, in their feed as in a mail. `is_gone`: it is taken out of it. `said`: of
    this date, if anything."""
    sequence = number_of(session, registration, said)
    if not session.event.is_public:
        return _shell(session, changed_at=changed_at, sequence=sequence)
    is_off = session.is_off or is_gone
    vevent = _told(session, changed_at=changed_at, registration=registration, sequence=sequence)
    vevent.add("status", "CANCELLED" if is_off else "CONFIRMED" if registration.has_place else "TENTATIVE")
    vevent.add("transp", "TRANSPARENT" if is_off else "OPAQUE")
    vevent.add("class", "PRIVATE")
    is_out = is_gone and registration.is_live and said is not None and said.is_out
    vevent.add("summary", _summary(session, registration=registration, is_gone=is_gone, is_out=is_out))
    way_in = join_url if registration.has_place and registration.comes_online and not is_off else ""
    vevent.add("description", words.description(session, way_in=_way_in_words(way_in)))
    if way_in:
        vevent.add("conference", way_in, parameters={"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": _("Join")})
    return vevent


def number_of(date: Session | DroppedDate, registration: Registration, said: Attendance | None = None) -> int:
    """The SEQUENCE of a date in the calendar of one person: it rises with the date, with their place, and with what they
    `said` of it."""
    return date.sequence + registration.calendar_changes + (said.calendar_changes if said else 0)


def dropped_vevent(session: Session) -> str:
    """A published date that is taken out of its event: the last thing calendars hear of it. Call it before the
    session is deleted, with its sequence raised."""
    vevent = _told(session, changed_at=session.changed_at)
    vevent.add("status", "CANCELLED")
    vevent.add("transp", "TRANSPARENT")
    vevent.add("summary", _summary(session, is_gone=True))
    vevent.add("description", words.page_of(session.event))
    return _text(vevent)


def gone_vevent(dropped: DroppedDate, registration: Registration, *, stamped_at: datetime | None) -> str:
    """A date that was taken out of its event, in the feed of one person."""
    changed_at = max(filter(None, [dropped.dropped_at, registration.changed_at, stamped_at]))
    return _text(gone_entry(dropped, registration, changed_at=changed_at))


def gone_entry(dropped: DroppedDate, registration: Registration, *, changed_at: datetime) -> Any:
    """The last words about a date that was taken out of its event, for the calendar of one person that had it."""
    vevent = icalendar.Event.from_ical(dropped.vevent.encode())
    moment = changed_at.astimezone(UTC)
    for name in ("sequence", "dtstamp", "last-modified"):
        del vevent[name]
    vevent.add("sequence", number_of(dropped, registration))
    vevent.add("dtstamp", moment)
    vevent.add("last-modified", moment)
    return vevent


def _told(
    session: Session,
    *,
    changed_at: datetime,
    registration: Registration | None = None,
    sequence: int | None = None,
) -> icalendar.Event:
    """What the public and the personal entry both say."""
    event = session.event
    number = session.sequence if sequence is None else sequence
    vevent = _begun(session, changed_at, number, as_kept=registration is not None)
    if place := words.location(session, registration):
        vevent.add("location", place)
    vevent.add("url", words.page_of(event))
    if names := [clean_text(tag.name) for tag in event.tags.all()]:
        vevent.add("categories", names)
    if event.group.contact_email:
        vevent.add("contact", clean_text(f"{event.group.name}, {event.group.contact_email}"))
    if event.kind in COLOURS:
        vevent.add("color", COLOURS[event.kind])
    if event.picture:
        picture = reverse("events:picture", args=[str(event.picture).rpartition("/")[2]])
        vevent.add("image", absolute(picture), parameters={"VALUE": "URI", "DISPLAY": "BADGE"})
    for sibling in event.sessions.all():
        if sibling.pk != session.pk:
            vevent.add("related-to", sibling.uid, parameters={"RELTYPE": "SIBLING"})
    return vevent


def _begun(
    session: Session, changed_at: datetime, sequence: int, *, as_kept: bool = False
) -> icalendar.Event:
    """The beginning of an entry: identity and times."""
    vevent = icalendar.Event()
    vevent.add("uid", session.uid)
    vevent.add("sequence", sequence)
    vevent.add("dtstamp", changed_at.astimezone(UTC))
    vevent.add("last-modified", changed_at.astimezone(UTC))
    vevent.add("created", session.created_at.astimezone(UTC))
    starts_at, ends_at = _local(session, as_kept=as_kept)
    vevent.add("dtstart", starts_at)
    vevent.add("dtend", ends_at)
    return vevent


def _local(session: Session, *, as_kept: bool) -> tuple[datetime, datetime] | tuple[date, date]:
    """A time in the event's zone; in UTC when the clocks show it twice. A local time should then mean the first (RFC
    5545 §3.3.5), but not every program knows. In UTC too where the zone's rules are new, since many programs ask a
    database of their own, which may be old. `as_kept`: as in the text that is kept. What goes from midnight to midnight
    has days alone, and ends before the last of them (§3.6.1)."""
    if are_whole_days(session.starts_at, session.ends_at, session.event.time_zone):
        first, last = whole_days(session.starts_at, session.ends_at, session.event.time_zone)
        return first, last + timedelta(days=1)
    here = zone_of(session.event.time_zone)
    starts_at, ends_at = session.starts_at.astimezone(here), session.ends_at.astimezone(here)
    is_new = _KEPT_IN_UTC in session.vevent if as_kept else _has_new_rules(session)
    if session.event.time_zone == "UTC" or is_new or _is_shown_twice(starts_at) or _is_shown_twice(ends_at):
        return session.starts_at.astimezone(UTC), session.ends_at.astimezone(UTC)
    return starts_at, ends_at


def _has_new_rules(session: Session) -> bool:
    """Whether clocks show something else then since not long ago (events.models.zone_rules)."""
    start: datetime | None = getattr(session.event, "new_rules_from", None)
    end: datetime | None = getattr(session.event, "new_rules_until", None)
    return start is not None and session.ends_at > start and (end is None or session.starts_at < end)


def _is_shown_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _shell(session: Session, *, changed_at: datetime, sequence: int) -> icalendar.Event:
    vevent = _begun(session, changed_at, sequence)
    vevent.add("status", "CANCELLED")
    vevent.add("transp", "TRANSPARENT")
    vevent.add("summary", _("Cancelled: this event is no longer on the calendar"))
    return vevent


def _summary(
    session: Session,
    *,
    registration: Registration | None = None,
    is_gone: bool = False,
    is_out: bool = False,
) -> str:
    """The title, with the state in it: several programs do not show a status. `is_gone`: for good, for whoever it is.
    `is_out`: because they said that they cannot come to it."""
    title = words.title(session)
    if is_out and not session.is_off:
        return _("You can't come: %(title)s") % {"title": title}
    if session.is_off and session.event.is_postponed and not is_gone:
        return _("Postponed: %(title)s") % {"title": title}
    if session.is_off or is_gone:
        return _("Cancelled: %(title)s") % {"title": title}
    if registration is None or registration.has_place:
        return title
    state = {
        Registration.State.WAITING: _("Waiting list: %(title)s"),
        Registration.State.HELD: _("Asked for: %(title)s"),
        Registration.State.OFFERED: _("Place offered: %(title)s"),
    }.get(Registration.State(registration.state), _("Not confirmed yet: %(title)s"))
    return state % {"title": title}


def _way_in_words(join_url: str) -> str:
    return _("Join here on the day: %(url)s") % {"url": join_url} if join_url else ""


def _alarm(session: Session, minutes: int) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words.title(session))
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm


def _text(vevent: icalendar.Event) -> str:
    return vevent.to_ical().decode()
