"""To whoever was not at a date of their programme."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.attendance import NOTED_WITHIN
from events.mail_writing import A_REGISTRATION, with_calendar, write_to_attendee
from events.models import Attendance, Registration, Session
from kit.times import day_words
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail

Ended = Registration.Ended


@kind(
    "missed-date",
    words=gettext_lazy("How to go on after a date without them"),
    about=A_REGISTRATION,
    sample={},
)
def missed_date(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None for whoever turned out to have been there, or has chosen meanwhile."""
    session = _session(registration, mail)
    if session is None or not registration.has_place or not registration.event.is_published:
        return None
    row = _row(registration, session)
    if row.is_there or row.catch_up or session.ended_early_at:
        return None
    until = session.ends_at + NOTED_WITHIN
    return write_to_attendee(
        registration,
        _("how to go on after %(day)s") % {"day": _day(session)},
        day=_day(session),
        rule=registration.event.missed_date,
        task=registration.event.catch_up_task,
        place_ends_at=row.place_ends_at,
        until=until if until > timezone.now() else None,
        said_before=row.can_come is False,
    )


@kind("not-there", words=gettext_lazy("A place has ended after a date"), about=A_REGISTRATION)
def not_there(registration: Registration, mail: OutgoingMail) -> Draft | None:
    session = _session(registration, mail)
    if session is None or registration.ended_because != Ended.NOT_THERE:
        return None
    draft = write_to_attendee(registration, _("your place has ended"), day=_day(session))
    return with_calendar(draft, registration, mail)


def _session(registration: Registration, mail: OutgoingMail) -> Session | None:
    """The date it is about; of a mail that is only looked at beforehand, the first."""
    dates = list(registration.event.sessions.all())
    found = [date for date in dates if date.pk == mail.context.get("session")] if mail.about else dates[:1]
    for date in found:
        date.event = registration.event
    return found[0] if found else None


def _row(registration: Registration, session: Session) -> Attendance:
    none = Attendance(session=session)
    if registration.pk is None:
        return none
    row = registration.attendances.filter(session=session).first() or none
    row.session = session
    return row


def _day(session: Session) -> str:
    return day_words(session.starts_at, session.event.time_zone, year=False)
