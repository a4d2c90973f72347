"""Mails that ask for feedback. Both are the same for everyone, and say how it is kept before anybody follows the link.

The reminder is in no list of organisers: who gets one has not answered. The first mail leaves whether or not somebody has
answered meanwhile, because a mail that was dropped would tell it.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.mail_writing import write
from feedback.models import AnswerLink
from kit.times import moment_words
from mail.compose import page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail

A_LINK = About[AnswerLink](
    lambda: AnswerLink.objects.select_related("round__event__group", "registration"),
    address="registration__email",
)


@kind("feedback-ask", words=gettext_lazy("How was it? Please tell us"), about=A_LINK)
def ask(link: AnswerLink, mail: OutgoingMail) -> Draft | None:
    return _write(link, _("how was it?"))


@kind("feedback-reminder", unlisted="Who gets one has not answered.", about=A_LINK)
def remind(link: AnswerLink, mail: OutgoingMail) -> Draft | None:
    if link.is_used or link.wants_no_reminder:
        return None
    return _write(link, _("how was it? We ask once again"))


def _write(link: AnswerLink, subject: str) -> Draft | None:
    """A mail that asks; None when the place was given up or nobody can answer any more."""
    if not link.registration.has_place or link.round.closed_because():
        return None
    event, closes_at = link.round.event, link.round.closes_at
    return write(
        event,
        subject,
        answer_url=page_url("feedback:answer", link.token),
        no_reminder_url=page_url("feedback:no_reminder", link.token),
        threshold=link.round.THRESHOLD,
        until=moment_words(closes_at, event.time_zone) if closes_at else "",
    )
