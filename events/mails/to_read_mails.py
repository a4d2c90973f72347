"""To whoever is coming: that there is something to read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.mail_writing import A_REGISTRATION, makes_sense, write_to_attendee
from events.models import Paper, Registration
from mail.compose import page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail


@kind("papers", words=gettext_lazy("There is something to read"), about=A_REGISTRATION, sample={})
def papers(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None where they were taken away again."""
    found = _given(registration, mail)
    if not found or not registration.has_place or not makes_sense(registration.event):
        return None
    url = page_url("events:papers", registration.token)
    return write_to_attendee(registration, _("there is something to read"), papers=found, papers_url=url)


def _given(registration: Registration, mail: OutgoingMail) -> list[Paper]:
    # One that is only looked at beforehand is about nobody, and tells of what the organisers may give.
    if mail.about is None:
        return [Paper(event=registration.event, kind=kind) for kind in Paper.Kind][:1]
    return list(registration.event.papers.there().filter(pk__in=mail.context.get("papers", [])))
