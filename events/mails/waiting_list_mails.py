"""To whoever waits for a place, or is offered one."""

from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.line_words import Line
from events.mail_writing import A_REGISTRATION, with_calendar, write_to_attendee
from events.models import Registration
from kit.times import short_day
from mail.compose import page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail

State, Ended = Registration.State, Registration.Ended


@kind(
    "waiting",
    words=gettext_lazy("You are on the waiting list"),
    about=A_REGISTRATION,
    sample={"state": State.WAITING},
)
def waiting(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.is_waiting or not registration.is_email_confirmed or registration.waited_in_vain():
        return None
    if registration.event.is_cancelled:
        return None
    line = Line.of(registration)
    draft = write_to_attendee(
        registration,
        _("you are on the waiting list"),
        position=line.position,
        line=line.name,
        frees=line.what_frees_a_place(),
    )
    return with_calendar(draft, registration, mail)


@kind(
    "offer",
    words=gettext_lazy("A place is free"),
    about=A_REGISTRATION,
    sample={"state": State.OFFERED},
)
def offer(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.is_offered or registration.event.off_because():
        return None
    draft = write_to_attendee(
        registration,
        _("a place is free"),
        offer_url=page_url("events:offer", registration.token),
        offer_ends_at=registration.offer_ends_at,
        less_time=mail.context.get("less_time"),
    )
    return replace(draft, deadline=_answer_by(registration))


@kind("offer-ended", words=gettext_lazy("The offer has ended"), about=A_REGISTRATION)
def offer_ended(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if registration.ended_because != Ended.OFFER_ENDED or registration.event.is_past():
        return None
    return write_to_attendee(registration, _("the place went on"))


@kind(
    "no-place",
    words=gettext_lazy("No place came free"),
    about=A_REGISTRATION,
    sample={"state": State.WAITING},
)
def no_place(registration: Registration, mail: OutgoingMail) -> Draft | None:
    # One that is only looked at beforehand is about nobody, and its event is to come.
    was_moved = mail.about is not None and not registration.event.has_begun()
    if not registration.is_waiting or not registration.is_email_confirmed or was_moved:
        return None
    if not registration.event.is_published:
        return None
    return write_to_attendee(registration, _("no place came free"), agenda_url=page_url("events:agenda"))


def _answer_by(registration: Registration) -> str:
    # A midnight ends the day before it.
    by = registration.offer_ends_at and registration.offer_ends_at - timedelta(microseconds=1)
    if not by:
        return ""
    return _(", answer by %(day)s") % {"day": short_day(by, registration.event.time_zone)}
