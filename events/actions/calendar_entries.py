"""What mails tell the calendar of whoever is registered: which date, with which number, in which mail.

Nothing is planned. A mail that says something about a place looks, when it leaves, at what its reader's calendar should
show and what mails have told it (CalendarEntry): what differs is told, one date a mail (RFC 5546 §3.2.2), the first of
them in that mail, the others in mails of their own. The number is that of the date with what changed for this person
alone: it rises with either, so that whoever leaves and comes back has it in the calendar again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events.actions import notices
from events.calendars.invitations import invitation
from events.calendars.vevent import number_of
from events.models import Attendance, CalendarEntry, DroppedDate, Registration, Session
from kit.meanwhile import NothingChanged
from mail.message import CalendarFile, CalendarPart
from mail.models import OutgoingMail

Method, Mails = CalendarEntry.Method, Registration.CalendarMails
A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Due:
    """A date of which somebody's calendar has to hear. `was_told`: of which it has heard before. `said`: whether they can
    come to it, if they said anything."""

    date: Session | DroppedDate
    method: str
    sequence: int
    was_told: bool
    said: Attendance | None = None


def part_for(
    registration: Registration, mail: OutgoingMail, *, changed: Collection[int] = (), uid: str = ""
) -> CalendarPart | None:
    """What a mail about somebody's place tells their calendar; None when it has nothing to tell. `changed`: the keys of
    the dates that it says something new about; `uid`: of the one it is only for. A mail that is only looked at beforehand
    is about nobody."""
    if registration.pk is None:
        return CalendarPart(Method.REQUEST, lambda: None) if comes_in_one_mail(registration) else None
    told = chosen(registration, mail, changed=changed, uid=uid)
    if not told:
        return None
    write = partial(_write, registration, mail, changed=changed, uid=uid)
    return CalendarPart(told[0].method, write, others=len(told) - 1)


def chosen(
    registration: Registration,
    mail: OutgoingMail | None = None,
    *,
    changed: Collection[int] = (),
    uid: str = "",
) -> list[Due]:
    """Of what is due what is told by mail: everything to whoever has one date or wants each; to others what they were
    told before, and a date that changed alone. What changed stands first."""
    found = [one for one in due(registration, mail) if not uid or one.date.uid == uid]
    if not comes_in_one_mail(registration):
        alone = {*changed} if len(changed) == 1 else set()
        found = [one for one in found if one.was_told or _is_of(one.date, alone)]
    return sorted(found, key=lambda one: (not _is_of(one.date, changed), one.date.starts_at))


def comes_in_one_mail(registration: Registration) -> bool:
    """Whether dates come by mail without having changed: the only one there is, or each where that was asked for."""
    if not registration.takes_calendar_mails:
        return False
    return registration.calendar_mails == Mails.EVERY_DATE or len(registration.event.sessions.all()) == 1


def due(registration: Registration, mail: OutgoingMail | None = None) -> list[Due]:
    """What differs between what somebody's calendar should show of the dates to come, and what mails have told it. What
    this very mail told is due again."""
    if not (registration.takes_calendar_mails and registration.is_email_confirmed and registration.has_email):
        return []
    now, event = timezone.now(), registration.event
    told = {row.uid: row for row in registration.calendar_entries.all()}
    is_on = registration.has_place and event.is_published
    said = {row.session_id: row for row in registration.attendances.all()}
    found = [
        _of(date, registration, told.get(date.uid), mail, said.get(date.pk), is_on=is_on)
        for date in event.sessions.all()
    ]
    gone = DroppedDate.objects.filter(event=event, uid__in=told) if told else ()
    found += [_of(date, registration, told.get(date.uid), mail, None, is_on=False) for date in gone]
    for one in found:
        if one:
            one.date.event = event
    return [one for one in found if one and one.date.ends_at > now]


@transaction.atomic
def choose(registration: Registration, choice: str) -> None:
    """Note which dates come as calendar entries in mails, and owe those that are missing by that. Raises NothingChanged
    when it was so before."""
    row = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("event__group")
        .get(pk=registration.pk)
    )
    if row.calendar_mails == choice:
        raise NothingChanged
    row.calendar_mails = choice
    row.save(update_fields=["calendar_mails"])
    for one in chosen(row):
        notices.calendar_date(row, one.date.uid, one.sequence)


def owe(registration: Registration, date: Session) -> None:
    """Owe what their calendar has to hear of this date, in an email of its own: there are no words for it to go with."""
    for one in chosen(registration, uid=date.uid):
        notices.calendar_date(registration, one.date.uid, one.sequence)


def stay_behind(registrations: Collection[Registration]) -> int:
    """How many dates to come emails have put into somebody's calendar. When these are erased nobody can be written to any
    more, so nothing takes them out. One query."""
    to_come = Session.objects.filter(ends_at__gt=timezone.now()).values("uid")
    told = CalendarEntry.objects.filter(registration__in=registrations, method=Method.REQUEST)
    return told.filter(uid__in=to_come).values("uid").distinct().count()


def _of(
    date: Session | DroppedDate,
    registration: Registration,
    told: CalendarEntry | None,
    mail: OutgoingMail | None,
    said: Attendance | None,
    *,
    is_on: bool,
) -> Due | None:
    is_on = is_on and not (said and said.is_out)
    method = Method.REQUEST if is_on else Method.CANCEL
    sequence = number_of(date, registration, said)
    if told is None and not is_on:
        return None
    is_known = told is not None and told.method == method and (told.sequence >= sequence or not is_on)
    if told is not None and is_known and (mail is None or told.mail_id != mail.pk):
        return None
    return Due(date, method, sequence, told is not None, said)


def _is_of(date: Session | DroppedDate, keys: Collection[int]) -> bool:
    return isinstance(date, Session) and date.pk in keys


@transaction.atomic
def _write(
    registration: Registration, mail: OutgoingMail, *, changed: Collection[int], uid: str
) -> CalendarFile | None:
    """Tell the first of what is due in this mail, and owe the others each in one of its own."""
    # Two workers that write to one person take turns: the later moment has the higher number.
    row = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("event__group")
        .get(pk=registration.pk)
    )
    told = chosen(row, mail, changed=changed, uid=uid)
    if not told:
        return None
    first, stamped_at = told[0], _note(row, told[0], mail)
    for one in told[1:]:
        notices.calendar_date(row, one.date.uid, one.sequence)
    return invitation(first.date, row, first.method, stamped_at, first.said)


def _note(registration: Registration, told: Due, mail: OutgoingMail) -> datetime:
    """Note what is told, and return the moment that stands in it: later than in any mail to this person before, since a
    calendar that gets two of one number believes the later."""
    uid = told.date.uid
    theirs = CalendarEntry.objects.filter(uid=uid, registration__email=registration.email)
    before = theirs.filter(registration=registration).first()
    if (
        before
        and before.mail_id == mail.pk
        and (before.sequence, before.method) == (told.sequence, told.method)
    ):
        return before.stamped_at
    last = theirs.aggregate(last=Max("stamped_at"))["last"]
    now = timezone.now().replace(microsecond=0)
    stamped_at: datetime = max(now, last + A_SECOND) if last else now
    CalendarEntry.objects.update_or_create(
        registration=registration,
        uid=uid,
        defaults={
            "method": told.method,
            "sequence": told.sequence,
            "stamped_at": stamped_at,
            "mail": mail,
        },
    )
    return stamped_at
