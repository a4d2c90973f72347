"""Mails to those who read what people tell, and decide who is kept out: that there is something new, no more."""

from django.utils.translation import gettext as _

from mail.compose import page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail
from people.models import Group, Hub
from people.permissions import reads_concerns


@kind(
    "concern-news",
    unlisted="That somebody told us something is for the named contacts alone.",
    about=About(Group.objects.all),
)
def concern_news(group: Group, mail: OutgoingMail) -> Draft | None:
    """That there is something new to read. None when the reader gave up the role meanwhile."""
    if mail.person is None or not reads_concerns(mail.person, group):
        return None
    concerns_url = page_url("organise:concerns", group.slug)
    context = {"hub": Hub.current(), "group": group, "concerns_url": concerns_url}
    return Draft(_("there is something new to read"), context)


@kind(
    "kept-out-news",
    unlisted="That somebody is kept out is for the named contacts alone.",
    about=About(Group.objects.all),
)
def kept_out_news(group: Group, mail: OutgoingMail) -> Draft | None:
    """That a request waits. None when the reader gave up the role meanwhile."""
    if mail.person is None or not reads_concerns(mail.person, group):
        return None
    context = {"hub": Hub.current(), "group": group, "board_url": page_url("organise:kept_out", group.slug)}
    return Draft(_("a request waits for you"), context)
