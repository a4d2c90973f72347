"""Mails that ask for feedback. Both are the same for everyone, and say how it is kept before anybody follows the link.

The reminder is in no list of organisers: who gets one has not answered. The first mail leaves whether or not somebody has
answered meanwhile, because a mail that was dropped would tell it.
"""

from collections.abc import Callable
from functools import wraps

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.models import AnswerLink
from kit.times import moment_words
from mail.compose import absolute, from_template
from mail.message import Composed
from mail.models import OutgoingMail

Compose = Callable[[OutgoingMail], Composed | None]


def about_link(compose: Callable[[AnswerLink], Composed | None]) -> Compose:
    """Load the link a mail is about; drop the mail when it is gone, the place was given up, the address changed, or
    nobody can answer any more."""

    @wraps(compose)
    def load(mail: OutgoingMail) -> Composed | None:
        rows = AnswerLink.objects.select_related("round__event__group", "registration")
        link = rows.filter(pk=mail.about_pk, registration__email=mail.to_email).first()
        if link is None or not link.registration.has_place or link.round.closed_because():
            return None
        return compose(link)

    return load


@about_link
def ask(link: AnswerLink) -> Composed | None:
    return _write("feedback_ask", link, _("How was it? Three minutes, without your name"))


@about_link
def remind(link: AnswerLink) -> Composed | None:
    if link.is_used or link.wants_no_reminder:
        return None
    return _write("feedback_reminder", link, _("How was it? A reminder, and the only one"))


def _write(template: str, link: AnswerLink, subject: str) -> Composed:
    event, closes_at = link.round.event, link.round.closes_at
    stop = absolute(reverse("feedback:no_reminder", args=[link.token]))
    context = {
        "event": event,
        "group": event.group,
        "event_url": absolute(event.get_absolute_url()),
        "answer_url": absolute(reverse("feedback:answer", args=[link.token])),
        "stop_url": stop,
        "threshold": link.round.THRESHOLD,
        "until": moment_words(closes_at, event.time_zone) if closes_at else "",
    }
    return from_template(
        template, context, subject=subject, reply_to=event.group.contact_email, unsubscribe_url=stop
    )


COMPOSERS: dict[str, Compose] = {"feedback-ask": ask, "feedback-reminder": remind}
# What organisers call them.
KINDS: dict[str, str | Promise] = {"feedback-ask": gettext_lazy("How was it? Please tell us")}
