"""To somebody who is invited to an event."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.mail_writing import makes_sense, write
from events.models import PersonalInvitation
from mail.compose import absolute, page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail

AN_INVITATION = About(
    lambda: PersonalInvitation.objects.select_related("event__group", "quota", "registration"),
    address="email",
)


@kind("personal-invitation", words=gettext_lazy("Invitation to the event"), about=AN_INVITATION, sample={})
def personal_invitation(row: PersonalInvitation, mail: OutgoingMail) -> Draft | None:
    if row.is_used or not makes_sense(row.event):
        return None
    return write(
        row.event,
        _("you are invited"),
        quota=row.quota,
        invitation_url=absolute(row.get_absolute_url()),
        forget_url=page_url("events:invited_forgetting", row.token),
    )
