"""That there is something new about access, never what."""

from dataclasses import replace

from django.utils.translation import gettext as _

from events.mail_writing import (
    A_REGISTRATION,
    AN_EVENT,
    about_event,
    write_to_attendee,
)
from events.models import AccessRequest, Event, Registration
from mail.compose import page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail

State, Ended = Registration.State, Registration.Ended
ABOUT_ACCESS = "That somebody gets one says that they need something: for the access leads alone."


@kind("access-news", unlisted=ABOUT_ACCESS, about=A_REGISTRATION)
def access_news(registration: Registration, mail: OutgoingMail) -> Draft | None:
    if not registration.is_live:
        return None
    access_url = page_url("events:access", registration.token)
    draft = write_to_attendee(registration, _("there is a message for you"), access_url=access_url)
    return replace(draft, keeps_event_out=True)


@kind("access-for-leads", unlisted=ABOUT_ACCESS, about=AN_EVENT)
def access_for_leads(event: Event, mail: OutgoingMail) -> Draft | None:
    if event.is_past() and not _wrote_afterwards(event):
        return None
    context = about_event(event) | {"board_url": page_url("organise:access", event.slug)}
    return Draft(_("there is something new about access"), context, keeps_event_out=True)


def _wrote_afterwards(event: Event) -> bool:
    """Somebody said after the event how their access worked."""
    requests = AccessRequest.objects.open().filter(registration__event=event)
    return requests.filter(changed_at__gte=event.ends_at).exists()
