"""To whoever is coming: whether they can still come, after a date moved or was added."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.mail_writing import A_REGISTRATION, makes_sense, sessions, when, write_to_attendee
from events.models import Registration, Session
from mail.compose import page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail


@kind("still-coming", words=gettext_lazy("Can you still come?"), about=A_REGISTRATION, sample={})
def still_coming(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None where they have answered meanwhile, or need not any more."""
    asked = _asked(registration, mail)
    if not asked or not registration.has_place or not makes_sense(registration.event):
        return None
    return write_to_attendee(
        registration,
        _("can you still come?"),
        dates=[when(session) for session in asked],
        answer_url=page_url("events:date", registration.token, asked[0].number),
    )


def _asked(registration: Registration, mail: OutgoingMail) -> list[Session]:
    now = timezone.now()
    dates = [session for session in sessions(registration.event) if session.ends_at > now]
    # One that is only looked at beforehand is about nobody.
    if mail.about is None:
        return dates[:1]
    asked = {*registration.attendances.asked(now).values_list("session", flat=True)}
    return [session for session in dates if session.pk in asked]
