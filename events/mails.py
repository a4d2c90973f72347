"""The words of every mail about events. Each function looks at the state of the moment in which the mail leaves: None
means that it makes no sense any more and is dropped. No mail holds an access need or a meeting address."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import what_changed
from events.actions import hearers
from events.actions.changes import Told, has_left, is_news
from events.actions.registrations import may_ask_again
from events.actions.reminders import ONE_DAY
from events.fresh_links import FreshLink, Wanted
from events.mail_writing import (
    A_REGISTRATION,
    AN_EVENT,
    about_event,
    date_to_come,
    makes_sense,
    sessions,
    when,
    write,
)
from events.models import AccessRequest, Event, Registration, in_place_words
from mail.compose import absolute, page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail
from people.models import Hub
from people.permissions import concern_readers, organises

State, Ended = Registration.State, Registration.Ended
PARTED = {
    Ended.LEFT: gettext_lazy("You have given up your place"),
    Ended.LEFT_LIST: gettext_lazy("You have left the waiting list"),
    Ended.TAKEN_BACK: gettext_lazy("You have taken your request back"),
}
TO_CONFIRM = {
    State.WAITING: gettext_lazy("Please confirm your place in line"),
    State.HELD: gettext_lazy("Please confirm your request"),
}
ABOUT_ACCESS = "That somebody gets one says that they need something: for the access leads alone."
# News of one event go to people who said at another one that they want them.
A_READER_OF_NEWS = About(A_REGISTRATION.rows, address="email")


@kind(
    "confirm",
    words=gettext_lazy("Please confirm your place"),
    about=A_REGISTRATION,
    sample={"email_confirmed_at": None},
)
def confirm(registration: Registration, mail: OutgoingMail) -> Draft | None:
    event = registration.event
    if not registration.can_be_confirmed() or event.is_past() or event.is_cancelled:
        return None
    return _write(
        registration,
        str(TO_CONFIRM.get(State(registration.state), _("Please confirm your place"))),
        position=registration.position(),
        confirm_url=page_url("events:confirmation", registration.token),
        mistake_url=page_url("events:mistake", registration.token),
        confirm_by=registration.confirm_by,
        less_time=mail.context.get("less_time"),
    )


@kind("already", words=gettext_lazy("You are registered already"), about=A_REGISTRATION)
def already(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.is_live or registration.event.is_cancelled:
        return None
    return _write(
        registration,
        _("You are registered already"),
        position=registration.position(),
        offer_url=page_url("events:offer", registration.token),
    )


@kind("link-again", words=gettext_lazy("The link once more"), about=A_REGISTRATION)
def link_again(registration: Registration, mail: OutgoingMail) -> Draft | None:
    is_renewed = mail.context.get("renewed", False)
    if not is_renewed and (not registration.is_live or registration.event.is_cancelled):
        return None
    return _write(registration, _("Your new link") if is_renewed else _("Your link"), is_renewed=is_renewed)


@kind(
    "fresh-link",
    words=gettext_lazy("The link that somebody asked for"),
    about=A_REGISTRATION,
    sample={},
)
def fresh_link(registration: Registration, mail: OutgoingMail) -> Draft | None:
    link = FreshLink(registration, timezone.now())
    return _write(
        registration,
        _("The link you asked for"),
        fresh_url=absolute(link.address(Wanted.asked(mail.context.get("to")))),
        mistake_url=page_url("events:fresh_mistake", link.token),
        asked_at=mail.created_at,
    )


@kind("place", words=gettext_lazy("Your place is saved"), about=A_REGISTRATION, sample={})
def place(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.has_place or registration.event.is_cancelled:
        return None
    dates = [] if registration.event.is_postponed else sessions(registration.event)
    reminder_comes = bool(dates) and dates[0].starts_at > timezone.now() + ONE_DAY
    return _write(
        registration,
        _("Your place is saved"),
        sessions=dates,
        reminder_comes=reminder_comes,
        in_place=in_place_words(registration.event, Hub.current()),
        calendar_url=page_url("events:calendar_link", registration.token),
        leave_url=page_url("events:departure", registration.token),
    )


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
    return _write(registration, _("You are on the waiting list"), position=registration.position())


@kind(
    "held",
    words=gettext_lazy("The organisers decide"),
    about=A_REGISTRATION,
    sample={"state": State.HELD},
)
def held(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.is_held or not registration.is_email_confirmed or not makes_sense(registration.event):
        return None
    return _write(
        registration, _("The organisers decide about your request"), tell_url=_tell_url(registration.event)
    )


@kind("refused", words=gettext_lazy("Your request was not agreed to"), about=A_REGISTRATION)
def refused(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if registration.ended_because != Ended.REFUSED:
        return None
    return _write(registration, _("The organisers have decided"), tell_url=_tell_url(registration.event))


@kind("request-waiting", words=gettext_lazy("Somebody asks for a place"), about=AN_EVENT)
def request_waiting(event: Event, mail: OutgoingMail) -> Draft | None:
    if mail.person is None or not organises(mail.person, event.group) or not makes_sense(event):
        return None
    people_url = page_url("organise:registrations", event.slug)
    return write(event, _("A request waits for your answer"), requests_url=f"{people_url}?part=asked")


@kind(
    "offer",
    words=gettext_lazy("A place is free"),
    about=A_REGISTRATION,
    sample={"state": State.OFFERED},
)
def offer(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.is_offered or registration.event.off_because():
        return None
    return _write(
        registration,
        _("A place is free. Do you still want it?"),
        offer_url=page_url("events:offer", registration.token),
        offer_ends_at=registration.offer_ends_at,
        less_time=mail.context.get("less_time"),
    )


@kind("offer-ended", words=gettext_lazy("The offer has ended"), about=A_REGISTRATION)
def offer_ended(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if registration.ended_because != Ended.OFFER_ENDED or registration.event.is_past():
        return None
    return _write(registration, _("The time to answer has passed"))


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
    return _write(registration, _("No place came free"), agenda_url=page_url("events:agenda"))


@kind(
    "reminder-1d",
    words=gettext_lazy("Reminder, one day before"),
    about=A_REGISTRATION,
    template="reminder",
    sample={},
)
def reminder(registration: Registration, mail: OutgoingMail) -> Draft | None:
    session = date_to_come(registration.event, mail)
    if session is None or not registration.has_place or not registration.event.is_published:
        return None
    return _write(
        registration,
        _("Coming up: your event"),
        session=session,
        session_when=when(session),
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
    return _write(registration, str(PARTED[Ended(registration.ended_because)]))


@kind("removed", words=gettext_lazy("Your registration has ended"), about=A_REGISTRATION)
def removed(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if registration.ended_because != Ended.REMOVED:
        return None
    return _write(registration, _("Your registration has ended"))


@kind(
    "event-changed",
    words=gettext_lazy("A change: date, time, place, or that it is called off"),
    about=AN_EVENT,
)
def event_changed(event: Event, mail: OutgoingMail) -> Draft | None:
    """What is no longer as it was. None when all is as before by now, or the reader has nothing to do with it any
    more."""
    now, was, stands = timezone.now(), Told.from_json(mail.context["was"]), Told.of(event)
    parts = hearers.parts(event, mail.to_email)
    is_different = is_news(was, stands, now) and _has_heard_what_was(event, mail)
    less_time = _have_less_time(parts, mail)
    if not parts or not (is_different or less_time):
        return None
    return write(
        event,
        _subject_of_change(was, stands),
        was=was,
        dates_off=what_changed.dates_off(was, now) if was.takes_place and not stands.takes_place else [],
        lines=what_changed.lines(was, stands, now),
        dates_now=what_changed.when_and_where(stands, now),
        parts=parts,
        less_time=less_time,
    )


@kind("access-news", unlisted=ABOUT_ACCESS, about=A_REGISTRATION)
def access_news(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.is_live:
        return None
    access_url = page_url("events:access", registration.token)
    return _write(registration, _("There is a message for you"), access_url=access_url)


@kind("access-for-leads", unlisted=ABOUT_ACCESS, about=AN_EVENT)
def access_for_leads(event: Event, mail: OutgoingMail) -> Draft | None:
    if event.is_past() and not _wrote_afterwards(event):
        return None
    context = about_event(event) | {"board_url": page_url("organise:access", event.slug)}
    return Draft(_("There is something new about access"), context)


@kind("news", words=gettext_lazy("News of a new event"), about=A_READER_OF_NEWS)
def news(registration: Registration, mail: OutgoingMail) -> Draft | None:
    event = Event.objects.select_related("group").filter(pk=mail.context.get("event")).first()
    if event is None or not makes_sense(event) or not registration.news_wanted_at:
        return None
    return write(event, _("A new event"), stop_url=page_url("events:no_news", registration.news_token))


def _tell_url(event: Event) -> str:
    """Where the group's named contacts are told something; "" when there is nobody to tell."""
    return page_url("concerns:tell", event.group.slug) if concern_readers(event.group).exists() else ""


def _write(registration: Registration, subject: str, **more: Any) -> Draft:
    return write(
        registration.event,
        subject,
        registration=registration,
        manage_url=absolute(registration.get_absolute_url()),
        may_ask_again=not registration.is_live and may_ask_again(registration, timezone.now()),
        **more,
    )


def _subject_of_change(was: Told, stands: Told) -> str:
    if stands.state == Event.State.CANCELLED:
        return _("An event of yours is cancelled")
    if stands.state == Event.State.POSTPONED:
        return _("An event of yours is postponed")
    if was.state == Event.State.CANCELLED:
        return _("An event of yours takes place after all")
    if was.state == Event.State.POSTPONED:
        return _("There is a new date")
    return _("A change of date, time or place")


def _have_less_time(parts: list[hearers.Part], mail: OutgoingMail) -> bool:
    """Whether somebody has less time to answer by now, which stays so when a date moves back again."""
    before, by = mail.context.get("limit"), hearers.limit_of(parts)
    return bool(before and by and by < datetime.fromisoformat(before))


def _has_heard_what_was(event: Event, mail: OutgoingMail) -> bool:
    """Whether whoever is told that something is taken back has been told of it: that mail may never have left."""
    since = mail.context.get("told_since")
    return not since or has_left(event, mail.to_email, datetime.fromisoformat(since))


def _wrote_afterwards(event: Event) -> bool:
    """Somebody said after the event how their access worked."""
    requests = AccessRequest.objects.open().filter(registration__event=event)
    return requests.filter(changed_at__gte=event.ends_at).exists()
