"""About the pages of somebody's workbook: that one has opened, and that all of it goes. Never a word of theirs."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.mail_writing import A_REGISTRATION, write_to_attendee
from events.models import Registration
from kit.times import day_words
from learning.actions.workbook_retention import workbook_goes_at
from learning.models import Activity, WorkbookPage, WorkbookSilence
from mail.compose import page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail


@kind(
    "workbook-page",
    words=gettext_lazy("A page of the workbook has opened"),
    about=A_REGISTRATION,
    sample={},
)
def workbook_page(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None for whoever stopped these emails meanwhile, or once the page was taken out."""
    activity = _opened(registration, mail)
    if activity is None or not registration.has_place or not registration.event.is_published:
        return None
    url = page_url("learning:workbook", registration.token)
    subject = _("your space for reflection")
    return write_to_attendee(
        registration, subject, activity=activity, workbook_url=url, stop_here=f"{url}#emails"
    )


@kind(
    "workbook-goes",
    about=A_REGISTRATION,
    unlisted="It says that somebody has written something for themselves.",
)
def workbook_goes(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None where nothing is left to be deleted, or it is deleted already."""
    goes_at = workbook_goes_at(registration)
    written = WorkbookPage.objects.filter(registration=registration).exclude(words="")
    if goes_at is None or goes_at <= timezone.now() or not written.exists():
        return None
    return write_to_attendee(
        registration,
        _("your workbook is deleted soon"),
        day=day_words(goes_at, registration.event.time_zone),
        workbook_url=page_url("learning:workbook", registration.token),
    )


def _opened(registration: Registration, mail: OutgoingMail) -> Activity | None:
    """The page it is about; of a mail that is only looked at beforehand, one like those of the event."""
    if mail.about is None:
        return Activity(title=_("Where I come from in this"), minutes=15)
    if WorkbookSilence.objects.filter(registration=registration).exists():
        return None
    asked = Activity.objects.asked().filter(pk=mail.context.get("activity"), event=registration.event_id)
    return asked.first()
