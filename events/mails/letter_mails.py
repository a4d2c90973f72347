"""What organisers wrote to people of their event, as each of them gets it."""

from typing import Any

from django.utils.translation import gettext_lazy

from events.actions import letters
from events.letter_words import filled
from events.mail_writing import A_REGISTRATION, write, write_to_attendee
from events.models import Letter, Registration
from events.permissions import letters_run_by
from mail.compose import absolute
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail

A_LETTER = About(lambda: Letter.objects.select_related("event__group", "event__venue", "by"))


@kind(
    "letter",
    words=gettext_lazy("What the organisers wrote"),
    about=A_REGISTRATION,
    template="from_organisers",
    may_be_held=True,
)
def letter(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None for whoever is not among those it is for any more, and when the event was called off since it was written."""
    written = A_LETTER.rows().filter(pk=mail.context.get("letter")).first()
    if written is None or written.is_draft or _was_called_off_since(written, registration):
        return None
    if not letters.is_still_for(written, registration):
        return None
    registration.event.withhold(written)
    own_url = absolute(registration.get_absolute_url())
    return write_to_attendee(registration, written.subject, **_said(written, registration, own_url=own_url))


@kind(
    "letter-test",
    unlisted="Only whoever writes a letter gets it, when they ask for it.",
    about=A_LETTER,
)
def letter_test(written: Letter, mail: OutgoingMail) -> Draft | None:
    if mail.person is None or not letters_run_by(mail.person, written.event).filter(pk=written.pk).exists():
        return None
    return for_no_guest(written, name=mail.person.name, email=mail.person.email)


def for_no_guest(written: Letter, *, name: str, email: str) -> Draft:
    """The letter for somebody who has no page of their own at the event: its button leads to the page of the event."""
    reader = Registration(name=name, email=email, event=written.event, state=Registration.State.CONFIRMED)
    written.event.withhold(written)
    event_url = absolute(written.event.get_absolute_url())
    said = _said(written, reader, own_url=event_url)
    return write(written.event, written.subject, registration=reader, **said)


def _said(written: Letter, registration: Registration, *, own_url: str) -> dict[str, Any]:
    signed = written.by.name if written.by else ""
    return {"said": filled(written, registration), "signed": signed, "own_url": own_url}


def _was_called_off_since(written: Letter, registration: Registration) -> bool:
    event = registration.event
    off_at = event.called_off_at if event.is_called_off else None
    return not event.is_public or bool(off_at and off_at > written.changed_at)
