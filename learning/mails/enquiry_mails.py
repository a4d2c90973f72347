"""To the organisers of a group: somebody wrote to them. Nothing of it stands in the mail."""

from django.utils.translation import gettext_lazy, ngettext

from learning.models import Enquiry
from mail.compose import page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail
from people.models import Group, Hub
from people.permissions import organises


@kind(
    "enquiry-waiting",
    words=gettext_lazy("Somebody wrote to the group"),
    about=About(Group.objects.all),
)
def enquiry_waiting(group: Group, mail: OutgoingMail) -> Draft | None:
    """None when somebody has dealt with all of them meanwhile, or the reader gave up the role."""
    number = Enquiry.objects.filter(page__group=group).count()
    if not number or mail.person is None or not organises(mail.person, group):
        return None
    context = {
        "hub": Hub.current(),
        "group": group,
        "number": number,
        "enquiries_url": page_url("organise:enquiries", group.slug),
    }
    return Draft(ngettext("a message waits for you", "messages wait for you", number), context)
