"""Mails to those who read what people tell: that there is something new, and nothing of it."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from mail.compose import absolute, from_template
from mail.message import Composed
from mail.models import OutgoingMail
from people.models import Group, Hub
from people.permissions import reads_concerns


def concern_news(mail: OutgoingMail) -> Composed | None:
    """That there is something new to read. None when the reader gave up the role meanwhile."""
    group = Group.objects.filter(pk=mail.about_pk).first()
    if group is None or mail.person is None or not reads_concerns(mail.person, group):
        return None
    return from_template(
        "concern_news",
        {
            "hub": Hub.current(),
            "group": group,
            "concerns_url": absolute(reverse("organise:concerns", args=[group.slug])),
        },
        subject=_("There is something new to read"),
    )


COMPOSERS: dict[str, Callable[[OutgoingMail], Composed | None]] = {"concern-news": concern_news}
