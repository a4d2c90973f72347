"""The words of every mail about events. Each function takes a row of the outbox and looks at the state of that moment:
None means that the mail makes no sense any more and is dropped. No mail holds an access need or a meeting address."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from inspect import unwrap

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import AccessRequest, Event, Registration, Session
from kit.times import span_words
from mail.compose import absolute, from_template
from mail.message import Composed
from mail.models import OutgoingMail
from people.models import Hub

Context = dict[str, object]
About = Callable[[Registration, OutgoingMail], Composed | None]


def about_registration(compose: About) -> Callable[[OutgoingMail], Composed | None]:
    """Load the registration a mail is about; drop the mail when it is gone or the address changed hands."""

    @wraps(compose)
    def load(mail: OutgoingMail) -> Composed | None:
        registration = (
            Registration.objects.select_related("event__group", "event__venue", "person")
            .filter(pk=mail.about_pk, email=mail.to_email)
            .first()
        )
        return compose(registration, mail) if registration else None

    return load


@about_registration
def confirm(registration: Registration, mail: OutgoingMail) -> Composed | None:
    if not registration.can_be_confirmed() or _is_over(registration.event):
        return None
    return _write(
        "confirm",
        registration,
        _("Please confirm your place"),
        confirm_url=_link("events:confirmation", registration),
        mistake_url=_link("events:mistake", registration),
        confirm_by=registration.confirm_by,
    )


@about_registration
def already(registration: Registration, mail: OutgoingMail) -> Composed | None:
    return _write("already", registration, _("You are registered already")) if registration.is_live else None


@about_registration
def link_again(registration: Registration, mail: OutgoingMail) -> Composed | None:
    return _write("link_again", registration, _("Your link")) if registration.is_live else None


@about_registration
def place(registration: Registration, mail: OutgoingMail) -> Composed | None:
    if not registration.has_place:
        return None
    return _write("place", registration, _("Your place is saved"), sessions=_sessions(registration.event))


@about_registration
def waiting(registration: Registration, mail: OutgoingMail) -> Composed | None:
    if not registration.is_waiting:
        return None
    return _write("waiting", registration, _("You are on the waiting list"), position=registration.position())


@about_registration
def offer(registration: Registration, mail: OutgoingMail) -> Composed | None:
    if not registration.is_offered:
        return None
    return _write(
        "offer",
        registration,
        _("A place is free. Do you still want it?"),
        offer_url=_link("events:offer", registration),
        offer_ends_at=registration.offer_ends_at,
    )


@about_registration
def offer_ended(registration: Registration, mail: OutgoingMail) -> Composed | None:
    if registration.ended_because != Registration.Ended.OFFER_ENDED or _is_over(registration.event):
        return None
    return _write("offer_ended", registration, _("The place went to the next person"))


@about_registration
def left(registration: Registration, mail: OutgoingMail) -> Composed | None:
    if registration.ended_because != Registration.Ended.LEFT:
        return None
    return _write("left", registration, _("You have given up your place"))


@about_registration
def removed(registration: Registration, mail: OutgoingMail) -> Composed | None:
    if registration.ended_because != Registration.Ended.REMOVED:
        return None
    return _write("removed", registration, _("Your registration has ended"))


@about_registration
def event_cancelled(registration: Registration, mail: OutgoingMail) -> Composed | None:
    if not registration.event.is_cancelled:
        return None
    return _write("event_cancelled", registration, _("Cancelled: an event you registered for"))


@about_registration
def session_changed(registration: Registration, mail: OutgoingMail) -> Composed | None:
    session = _session_of(mail)
    if session is None or not registration.is_live or not registration.event.is_published:
        return None
    if session.sequence != mail.context.get("sequence") or session.ends_at <= timezone.now():
        return None
    return _write(
        "session_changed",
        registration,
        _("A change of date, time or place"),
        session=session,
        session_when=_when(session),
    )


@about_registration
def date_dropped(registration: Registration, mail: OutgoingMail) -> Composed | None:
    starts_at, ends_at = (datetime.fromisoformat(mail.context[name]) for name in ("starts_at", "ends_at"))
    if not registration.is_live or not registration.event.is_published or ends_at <= timezone.now():
        return None
    return _write(
        "date_dropped",
        registration,
        _("One date will not take place"),
        session_when=span_words(starts_at, ends_at, registration.event.time_zone),
        sessions=_sessions(registration.event),
    )


@about_registration
def reminder(registration: Registration, mail: OutgoingMail) -> Composed | None:
    session = _session_of(mail)
    if session is None or not registration.has_place or not registration.event.is_published:
        return None
    if session.starts_at <= timezone.now():
        return None
    return _write(
        "reminder",
        registration,
        _("Coming up: your event"),
        session=session,
        session_when=_when(session),
        join_url=absolute(reverse("events:join", args=[registration.join_token])),
        leave_url=_link("events:departure", registration),
    )


@about_registration
def access_news(registration: Registration, mail: OutgoingMail) -> Composed | None:
    if not registration.is_live:
        return None
    return _write(
        "access_news",
        registration,
        _("There is a message for you"),
        access_url=_link("events:access", registration),
    )


@about_registration
def news(registration: Registration, mail: OutgoingMail) -> Composed | None:
    event = Event.objects.select_related("group").filter(pk=mail.context.get("event")).first()
    if event is None or not event.is_published or _is_over(event) or not registration.news_wanted_at:
        return None
    stop = absolute(reverse("events:no_news", args=[registration.news_token]))
    context = _about(event) | {"stop_url": stop}
    return from_template(
        "news",
        context,
        subject=_("A new event"),
        reply_to=event.group.contact_email,
        unsubscribe_url=stop,
    )


def access_for_leads(mail: OutgoingMail) -> Composed | None:
    event = Event.objects.select_related("group").filter(pk=mail.about_pk).first()
    if event is None or (_is_over(event) and not _wrote_afterwards(event)):
        return None
    board = absolute(reverse("organise:access", args=[event.slug]))
    return from_template(
        "access_for_leads",
        _about(event) | {"board_url": board},
        subject=_("There is something new about access"),
    )


COMPOSERS: dict[str, Callable[[OutgoingMail], Composed | None]] = {
    "confirm": confirm,
    "already": already,
    "link-again": link_again,
    "place": place,
    "waiting": waiting,
    "offer": offer,
    "offer-ended": offer_ended,
    "left": left,
    "removed": removed,
    "event-cancelled": event_cancelled,
    "session-changed": session_changed,
    "date-dropped": date_dropped,
    "reminder-1d": reminder,
    "access-news": access_news,
    "access-for-leads": access_for_leads,
    "news": news,
}


def for_registration(kind: str, registration: Registration, mail: OutgoingMail) -> Composed | None:
    """The words of a mail for a registration that need not be in the database: organisers look at them beforehand."""
    compose: About = unwrap(COMPOSERS[kind])
    return compose(registration, mail)


def _write(template: str, registration: Registration, subject: str, **more: object) -> Composed:
    event = registration.event
    context = _about(event) | {
        "registration": registration,
        "manage_url": absolute(registration.get_absolute_url()),
        **more,
    }
    return from_template(template, context, subject=subject, reply_to=event.group.contact_email)


def _about(event: Event) -> Context:
    sessions = _sessions(event)
    return {
        "event": event,
        "group": event.group,
        "hub": Hub.current(),
        "event_url": absolute(event.get_absolute_url()),
        "when": _when(sessions[0]) if sessions else "",
        "first_session": sessions[0] if sessions else None,
    }


def _sessions(event: Event) -> list[Session]:
    sessions = list(event.sessions.select_related("venue"))
    for session in sessions:
        session.event = event
    return sessions


def _session_of(mail: OutgoingMail) -> Session | None:
    return (
        Session.objects.select_related("event__group", "event__venue", "venue")
        .filter(pk=mail.context.get("session"))
        .first()
    )


def _when(session: Session) -> str:
    return span_words(session.starts_at, session.ends_at, session.event.time_zone)


def _link(name: str, registration: Registration) -> str:
    return absolute(reverse(name, args=[registration.token]))


def _wrote_afterwards(event: Event) -> bool:
    """Somebody said after the event how their access worked."""
    requests = AccessRequest.objects.open().filter(registration__event=event)
    return requests.filter(changed_at__gte=event.ends_at).exists()


def _is_over(event: Event) -> bool:
    return event.is_past()
