"""Mails as somebody would get them, written for a person who does not exist: nothing is saved and nothing is sent."""

import copy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import nh3
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import mails
from events.actions import places
from events.models import Event, Registration, Session
from mail.message import Composed
from mail.models import OutgoingMail

State, Ended = Registration.State, Registration.Ended
SAMPLE_EMAIL = "amara@example.org"
SHOWN = {"p", "strong", "em", "ul", "ol", "li", "h2", "h3", "hr", "br", "blockquote", "u"}
NOT_SHOWN = {"script", "style", "title"}


@dataclass(frozen=True)
class SampleKind:
    """A mail that can be looked at, and how it stands with whoever gets it."""

    kind: str
    words: str | Promise
    state: str = State.CONFIRMED
    ended: str = ""
    is_confirmed: bool = True


KINDS = (
    SampleKind("confirm", gettext_lazy("Please confirm your place"), is_confirmed=False),
    SampleKind("place", gettext_lazy("Your place is saved")),
    SampleKind("waiting", gettext_lazy("On the waiting list"), State.WAITING),
    SampleKind("offer", gettext_lazy("A place is free"), State.OFFERED),
    SampleKind("reminder-1d", gettext_lazy("Reminder, one day before")),
    SampleKind("session-changed", gettext_lazy("A date has changed")),
    SampleKind("left", gettext_lazy("Place given up"), State.CANCELLED, Ended.LEFT),
    SampleKind(
        "event-cancelled", gettext_lazy("The event is cancelled"), State.CANCELLED, Ended.EVENT_CANCELLED
    ),
)


def kind_asked(key: str) -> SampleKind:
    """The kind of this name; the first for any other word."""
    return next((kind for kind in KINDS if kind.kind == key), KINDS[0])


def sample(event: Event, kind: SampleKind) -> Composed | None:
    """None when the event has no date to come that the mail could tell of."""
    event = _as_it_will_be(event, kind)
    session = event.sessions.upcoming().first()
    if session is None:
        return None
    return mails.for_registration(kind.kind, _registration(event, kind), _mail(kind, session))


def body(composed: Composed) -> SafeString:
    """The words for a page of ours. Links are underlined and lead nowhere: they are of somebody who does not exist."""
    html = composed.html.replace("<a ", "<u ").replace("</a>", "</u>")
    return mark_safe(nh3.clean(html, tags=SHOWN, attributes={}, clean_content_tags=NOT_SHOWN))  # noqa: S308


def _as_it_will_be(event: Event, kind: SampleKind) -> Event:
    """In memory only: published, or cancelled when that is what the mail tells."""
    shown = copy.copy(event)
    shown.state = Event.State.PUBLISHED
    if kind.ended == Ended.EVENT_CANCELLED:
        shown.state = Event.State.CANCELLED
        shown.cancel_reason = event.cancel_reason or _("(Here stands why.)")
    return shown


def _registration(event: Event, kind: SampleKind) -> Registration:
    now = timezone.now()
    more: dict[str, Any] = {"email_confirmed_at": now} if kind.is_confirmed else {}
    return Registration(
        event=event,
        name=_("Amara"),
        email=SAMPLE_EMAIL,
        state=kind.state,
        ended_because=kind.ended,
        confirm_by=now + timedelta(hours=24),
        offer_ends_at=places.offer_ends_at(event, now) if kind.state == State.OFFERED else None,
        **more,
    )


def _mail(kind: SampleKind, session: Session) -> OutgoingMail:
    context = {"session": session.pk, "sequence": session.sequence}
    return OutgoingMail(kind=kind.kind, to_email=SAMPLE_EMAIL, context=context)
