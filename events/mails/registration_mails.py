"""To whoever has, had or asked for a place."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import places, reminders
from events.actions.calendar_entries import chosen, part_for
from events.actions.dates import cannot_come_to
from events.actions.reminders import ONE_DAY
from events.calendars.links import event_links
from events.calendars.published import file_of
from events.fresh_links import FreshLink, Goal, masked
from events.mail_writing import (
    A_REGISTRATION,
    AN_ADDRESS_CHANGE,
    date_to_come,
    makes_sense,
    sessions,
    when,
    with_calendar,
    write,
    write_to_attendee,
)
from events.models import AddressChange, Event, Registration, RegistrationStep, Session, in_place_words
from kit.times import until_words
from mail.compose import absolute, page_url
from mail.kinds import kind
from mail.message import CalendarFile, Draft
from mail.models import OutgoingMail
from people.models import Hub
from people.permissions import concern_readers

State, Ended = Registration.State, Registration.Ended
HALF_AN_HOUR = timedelta(minutes=30)
PARTED = {
    Ended.LEFT: gettext_lazy("your place is given up"),
    Ended.LEFT_LIST: gettext_lazy("you have left the waiting list"),
    Ended.TAKEN_BACK: gettext_lazy("you have taken your request back"),
}
TO_CONFIRM = {
    State.WAITING: gettext_lazy("please confirm, to join the list"),
    State.HELD: gettext_lazy("please confirm your request"),
}


@kind(
    "confirm",
    words=gettext_lazy("Please confirm your place"),
    about=A_REGISTRATION,
    sample={"email_confirmed_at": None},
    from_a_form=True,
)
def confirm(registration: Registration, mail: OutgoingMail) -> Draft | None:
    event = registration.event
    if not registration.can_be_confirmed() or event.is_past() or event.is_cancelled:
        return None
    left = places.left_for(registration)
    to_confirm = TO_CONFIRM.get(State(registration.state)) if not left else None
    return write_to_attendee(
        registration,
        str(to_confirm or _("please confirm your place")),
        waits=left == 0,
        left=left,
        position=registration.position(),
        confirm_url=page_url("events:confirmation", registration.token),
        mistake_url=page_url("events:mistake", registration.token),
        confirm_by=registration.confirm_by,
        less_time=mail.context.get("less_time"),
    )


@kind("already", words=gettext_lazy("You are registered already"), about=A_REGISTRATION, from_a_form=True)
def already(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.is_live or registration.event.is_cancelled:
        return None
    return write_to_attendee(
        registration,
        _("you are registered already"),
        position=registration.position(),
        offer_url=page_url("events:offer", registration.token),
    )


@kind("link-again", words=gettext_lazy("The link once more"), about=A_REGISTRATION, from_a_form=True)
def link_again(registration: Registration, mail: OutgoingMail) -> Draft | None:
    is_renewed, is_moved = mail.context.get("renewed", False), mail.context.get("moved", False)
    is_new = is_renewed or is_moved
    if not is_new and (not registration.is_live or registration.event.is_cancelled):
        return None
    draft = write_to_attendee(
        registration,
        _("your new link") if is_new else _("your link"),
        is_renewed=is_renewed,
        is_moved=is_moved,
    )
    return with_calendar(draft, registration, mail) if is_moved else draft


@kind("address-old", words=gettext_lazy("Agreeing to another address"), about=A_REGISTRATION)
def address_old(registration: Registration, mail: OutgoingMail) -> Draft | None:
    change = AddressChange.objects.filter(registration=registration).first()
    if change is None or not mail.key.endswith(change.key) or not change.is_good(timezone.now()):
        return None
    return write_to_attendee(
        registration,
        _("shall we write to another address?"),
        new_address=masked(change.email),
        agree_url=page_url("events:address_old", change.old_token),
    )


@kind(
    "address-new",
    words=gettext_lazy("Confirming another address"),
    about=AN_ADDRESS_CHANGE,
    from_a_form=True,
)
def address_new(change: AddressChange, mail: OutgoingMail) -> Draft | None:
    if not mail.key.endswith(change.key) or not change.is_good(timezone.now()):
        return None
    return write(
        change.registration.event,
        _("is this your address?"),
        agree_url=page_url("events:address_new", change.token),
    )


@kind(
    "fresh-link",
    words=gettext_lazy("The link that somebody asked for"),
    about=A_REGISTRATION,
    sample={},
)
def fresh_link(registration: Registration, mail: OutgoingMail) -> Draft | None:
    link = FreshLink(registration, timezone.now())
    return write_to_attendee(
        registration,
        _("the link you asked for"),
        fresh_url=absolute(link.address(Goal.asked(mail.context.get("to")))),
        mistake_url=page_url("events:fresh_mistake", link.token),
        asked_at=mail.created_at,
    )


@kind("place", words=gettext_lazy("Your place is saved"), about=A_REGISTRATION, sample={})
def place(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.has_place or registration.event.is_cancelled:
        return None
    dates = [] if registration.event.is_postponed else sessions(registration.event)
    part = part_for(registration, mail)
    is_reminded = registration.event.reminds_day_before == Event.Reminds.COMING
    reminder_comes = is_reminded and bool(dates) and dates[0].starts_at > timezone.now() + ONE_DAY
    file = None if part or not registration.takes_calendar_mails else _file_of(registration, dates)
    draft = write_to_attendee(
        registration,
        _("your place is saved"),
        sessions=dates,
        not_coming=cannot_come_to(registration) if len(dates) > 1 else frozenset(),
        file=file,
        add_links=[] if part or file else [(when(date), event_links(date)) for date in dates],
        join_url=_door_when_it_begins(registration, dates),
        reminder_comes=reminder_comes,
        in_place=in_place_words(registration.event, Hub.current()),
        calendar_url=page_url("events:calendar_link", registration.token),
        leave_url=page_url("events:departure", registration.token),
    )
    return replace(draft, calendar=file, calendar_part=part)


@kind("calendar-date", words=gettext_lazy("A date for their calendar"), about=A_REGISTRATION)
def calendar_date(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None when another mail has told their calendar meanwhile."""
    uid = mail.context.get("uid", "none")
    part, told = part_for(registration, mail, uid=uid), chosen(registration, mail, uid=uid)
    if part is None:
        return None
    dates, date = sessions(registration.event), told[0].date
    names = {"number": [*(one.uid for one in dates), uid].index(uid) + 1, "all": len(dates)}
    is_one_of_them = isinstance(date, Session)
    draft = write_to_attendee(
        registration,
        _("for your calendar: date %(number)s of %(all)s") % names
        if is_one_of_them
        else _("for your calendar: a date that is off"),
        date_when=when(date),
        calendar_url=page_url("events:calendar_link", registration.token),
        **names,
        is_one_of_them=is_one_of_them,
    )
    return replace(draft, calendar_part=part)


@kind(
    "held",
    words=gettext_lazy("The organisers decide"),
    about=A_REGISTRATION,
    sample={"state": State.HELD},
)
def held(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.is_held or not registration.is_email_confirmed or not makes_sense(registration.event):
        return None
    # One that is only looked at beforehand is about nobody.
    steps = registration.steps.filter(kind=RegistrationStep.Kind.HELD) if mail.about is not None else None
    step = steps.order_by("at", "pk").last() if steps is not None else None
    draft = write_to_attendee(
        registration,
        _("the organisers decide about your request"),
        tell_url=_tell_url(registration.event),
        looked_at_again=step is not None and step.by_id is not None,
        words=step.note if step else "",
    )
    return with_calendar(draft, registration, mail)


@kind("refused", words=gettext_lazy("Your request was not agreed to"), about=A_REGISTRATION)
def refused(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if registration.ended_because != Ended.REFUSED:
        return None
    return write_to_attendee(
        registration, _("the organisers have decided"), tell_url=_tell_url(registration.event)
    )


@kind(
    "reminder",
    words=gettext_lazy("Reminder"),
    about=A_REGISTRATION,
    sample={},
    may_be_held=True,
)
def reminder(registration: Registration, mail: OutgoingMail) -> Draft | None:
    session = date_to_come(registration.event, mail)
    if session is None or not registration.has_place or not registration.event.is_published:
        return None
    # One that is only looked at beforehand is about nobody.
    if mail.about is not None and not reminders.goes_to(reminders.NAMED[mail.context["when"]], registration):
        return None
    return write_to_attendee(
        registration,
        until_words(session.starts_at, registration.event.time_zone),
        session=session,
        next_session=session,
        session_when=when(session),
        papers=list(registration.event.papers.there()),
        join_url=page_url("events:join", registration.join_token),
        leave_url=page_url("events:departure", registration.token),
    )


@kind(
    "left",
    words=gettext_lazy("You gave up your place"),
    about=A_REGISTRATION,
    sample={"state": State.CANCELLED, "ended_because": Ended.LEFT},
)
def left(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if registration.ended_because not in PARTED:
        return None
    draft = write_to_attendee(registration, str(PARTED[Ended(registration.ended_because)]))
    return with_calendar(draft, registration, mail)


@kind("removed", words=gettext_lazy("Your registration has ended"), about=A_REGISTRATION)
def removed(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if registration.ended_because != Ended.REMOVED:
        return None
    draft = write_to_attendee(registration, _("your registration has ended"))
    return with_calendar(draft, registration, mail)


def _file_of(registration: Registration, dates: list[Session]) -> CalendarFile | None:
    """All dates, to be opened by hand. Its name stands in lists, where a title would say too much."""
    return CalendarFile("saved-place.ics", file_of(registration)) if dates else None


def _door_when_it_begins(registration: Registration, dates: list[Session]) -> str:
    """The way in of whoever gets a place so late that no reminder comes; else ""."""
    now = timezone.now()
    begins = any(now < date.ends_at and date.starts_at <= now + HALF_AN_HOUR for date in dates)
    return page_url("events:join", registration.join_token) if begins and registration.comes_online else ""


def _tell_url(event: Event) -> str:
    """Where the group's named contacts are told something; "" when there is nobody to tell."""
    return page_url("concerns:tell", event.group.slug) if concern_readers(event.group).exists() else ""
