"""Whether somebody will look after the people of one group of places."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.mail_writing import write
from events.models import QuotaOrganiser
from mail.compose import absolute
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail

AN_INVITATION = About(
    lambda: QuotaOrganiser.objects.select_related("quota__event__group", "invited_by"), address="email"
)


@kind("co-organiser", words=gettext_lazy("Invitation to look after a group of places"), about=AN_INVITATION)
def co_organiser(row: QuotaOrganiser, mail: OutgoingMail) -> Draft | None:
    event = row.quota.event
    if not row.is_open or event.is_past():
        return None
    return write(
        event,
        _("an invitation"),
        row=row,
        quota=row.quota,
        invitation_url=absolute(row.get_absolute_url()),
    )
