"""What mails about events have in common, those of the apps above included: what they are about, and what each of them
says about its event."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.calendar_entries import part_for
from events.actions.registrations import may_ask_again
from events.actions.ways import may_say
from events.models import AddressChange, DroppedDate, Event, Registration, Session
from kit.times import span_words
from mail.compose import absolute, page_url
from mail.kinds import About
from mail.message import Draft
from mail.models import OutgoingMail
from people.models import Hub

A_REGISTRATION = About(
    lambda: Registration.objects.select_related("event__group", "event__venue", "person"), address="email"
)
# To the address that somebody wants to be written to from now on.
AN_ADDRESS_CHANGE = About(
    lambda: AddressChange.objects.select_related("registration__event__group"), address="email"
)
# To organisers and access leads.
AN_EVENT = About(lambda: Event.objects.select_related("group"))


def write(event: Event, subject: str, *, stop_url: str = "", **more: Any) -> Draft:
    """With what every mail about an event says: which, when, whose, and where its page is. `stop_url`: of news,
    the page that stops them; mail programs have a button for it."""
    told = {name: _for_everyone(event, what) for name, what in more.items()}
    context = about_event(event) | {"stop_url": stop_url} | told
    # What somebody asked for can be told apart from all else, and be stopped without being opened.
    list_id = f"{event.group.slug}.news" if stop_url else ""
    return Draft(
        subject, context, reply_to=event.group.contact_email, unsubscribe_url=stop_url, list_name=list_id
    )


def write_to_attendee(registration: Registration, subject: str, **more: Any) -> Draft:
    return write(
        registration.event,
        subject,
        registration=registration,
        manage_url=absolute(registration.get_absolute_url()),
        way_url=page_url("events:way", registration.token) if may_say(registration) else "",
        may_ask_again=not registration.is_live and may_ask_again(registration, timezone.now()),
        **more,
    )


def with_calendar(
    draft: Draft, registration: Registration, mail: OutgoingMail, *, changed: Collection[int] = ()
) -> Draft:
    """With what the mail tells its reader's calendar, if there is something."""
    return replace(draft, calendar_part=part_for(registration, mail, changed=changed))


def about_event(event: Event) -> dict[str, Any]:
    shown = _next_of(sessions(event))
    event.withhold()
    return {
        "event": event,
        "group": event.group,
        "hub": Hub.current(),
        "event_url": absolute(event.get_absolute_url()),
        "privacy_url": page_url("privacy"),
        "when": _when_it_is(event, shown),
        "next_session": shown,
    }


def _next_of(dates: list[Session]) -> Session | None:
    """The date that has not ended yet; of what is over the last one."""
    now = timezone.now()
    return next((date for date in dates if date.ends_at > now), dates[-1] if dates else None)


def _when_it_is(event: Event, shown: Session | None) -> str:
    if event.is_postponed:
        return _("postponed, no new date yet")
    return when(shown) if shown else ""


def sessions(event: Event) -> list[Session]:
    dates = list(event.sessions.select_related("venue"))
    for session in dates:
        session.event = event
    event.withhold(*dates, *(date.venue for date in dates))
    return dates


def _for_everyone(event: Event, told: Any) -> Any:
    """What a mail is given to tell, as everyone may read it: mails are passed on."""
    if isinstance(told, list):
        return [_for_everyone(event, one) for one in told]
    if hasattr(told, "PUBLIC_WORDS"):
        event.withhold(told)
    return event.for_everyone(told) if type(told) is str else told


def date_to_come(event: Event, mail: OutgoingMail) -> Session | None:
    """The date that a reminder was owed for; None when it is gone or has begun."""
    session = next((date for date in sessions(event) if date.pk == mail.context.get("session")), None)
    return session if session and session.starts_at > timezone.now() else None


def when(session: Session | DroppedDate) -> str:
    return span_words(session.starts_at, session.ends_at, session.event.time_zone)


def makes_sense(event: Event) -> bool:
    """Published, and not over."""
    return event.is_published and not event.is_past()
