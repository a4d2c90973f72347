"""Mails as somebody would get them, written for a person who does not exist: nothing is saved and nothing is sent."""

import copy
import re
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from events.models import Event, PersonalInvitation, Registration, Session
from kit.joins import joins
from mail.kinds import Kind
from mail.message import Composed
from mail.models import OutgoingMail

State = Registration.State
SAMPLE_NAME = gettext_lazy("Amara")
SAMPLE_EMAIL = "amara@example.org"
FIRST = "confirm"
LEADS_TO = re.compile(r'(<a\b[^>]*?) href="[^"]*"')


def kinds() -> list[Kind]:
    """What can be looked at, beginning with what everybody gets first."""
    found = [kind for kind in joins.MAIL_KINDS.values() if kind.sample is not None]
    return sorted(found, key=lambda kind: kind.name != FIRST)


def kind_asked(name: str) -> Kind:
    """The kind of this name; the first for any other word."""
    return next((kind for kind in kinds() if kind.name == name), kinds()[0])


def sample(event: Event, kind: Kind) -> Composed | None:
    """None when the event has no date to come that the mail could tell of."""
    event = _published(event)
    session = event.sessions.upcoming().first()
    if session is None:
        return None
    return kind.compose_about(_row(event, kind), _mail(kind, session))


def without_links(html: str) -> str:
    """The same, with links that lead nowhere: they are of somebody who does not exist."""
    return LEADS_TO.sub(r"\1", html)


def _published(event: Event) -> Event:
    """In memory only."""
    event = copy.copy(event)
    event.state = Event.State.PUBLISHED
    return event


def _row(event: Event, kind: Kind) -> Registration | PersonalInvitation:
    """What the mail is about: of somebody who is registered, or invited."""
    if kind.about and kind.about.rows().model is PersonalInvitation:
        return PersonalInvitation(email=SAMPLE_EMAIL, event=event)
    now = timezone.now()
    usual = {"state": State.CONFIRMED, "email_confirmed_at": now, "confirm_by": now + timedelta(hours=24)}
    registration = Registration(
        name=str(SAMPLE_NAME), email=SAMPLE_EMAIL, event=event, **usual | dict(kind.sample or {})
    )
    if registration.is_offered:
        registration.offer_ends_at = event.offer_ends_at(now)
    return registration


def _mail(kind: Kind, session: Session) -> OutgoingMail:
    return OutgoingMail(kind=kind.name, to_email=SAMPLE_EMAIL, context={"session": session.pk})
