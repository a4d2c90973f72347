"""How it goes with a pledge, and what has to be taken out once it is taken back. Neither says what was pledged."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.mail_writing import A_REGISTRATION, write, write_to_attendee
from events.models import Registration
from learning.models import CheckIn, PledgeUse
from mail.compose import page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail

A_USE = About[PledgeUse](lambda: PledgeUse.objects.select_related("event__group"))


@kind("pledge-check-in", unlisted="Who gets one has made a pledge.", about=A_REGISTRATION)
def check_in(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None for whoever has answered, or wants no more of it, or has left."""
    months = mail.context.get("months")
    rows = CheckIn.objects.filter(pledge__registration=registration, pledge__stopped_at=None, months=months)
    asked = rows.filter(answer="").select_related("pledge").defer("pledge__picture").first()
    if asked is None or not registration.has_place:
        return None
    after = ngettext("After %(number)s month", "After %(number)s months", asked.months)
    return write_to_attendee(
        registration,
        _("how does it go?"),
        after=after % {"number": asked.months},
        is_last=asked.pledge.ends_on <= timezone.localdate(),
        check_in_url=page_url("learning:check_in", registration.token, asked.months),
    )


@kind("pledge-reply", unlisted="Who gets one has made a pledge.", about=A_REGISTRATION)
def reply(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """That organisers have written back, never what. None once it is gone."""
    months = mail.context.get("months")
    rows = CheckIn.objects.filter(pledge__registration=registration, months=months, replied_on__isnull=False)
    if not rows.exists() or not registration.has_place:
        return None
    url = page_url("learning:check_in", registration.token, months)
    return write_to_attendee(registration, _("the organisers have written back"), check_in_url=url)


@kind("pledge-take-out", words=gettext_lazy("Please take out what was taken back"), about=A_USE)
def take_out(use: PledgeUse, mail: OutgoingMail) -> Draft | None:
    """None once it is taken out."""
    if use.taken_back_at is None:
        return None
    return write(
        use.event,
        _("please take something out"),
        where=use.where,
        pledges_url=page_url("organise:pledges", use.event.slug),
    )
