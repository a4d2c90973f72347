"""From one Markdown template to the two forms of a mail: plain text always, HTML beside it, the same words."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kit.markdown import plain
from mail.letters import letter
from mail.message import Composed, Draft
from mail.subjects import preview_line, subject_line

# A sentence of ours that ends with a title which asks or exclaims ("\\!" is a mark that stays one, see mail_words.md).
FULL_STOP_TOO_MANY = re.compile(r"((?:[?…]|\\!)(?:\*\*)?)\.(?=\s|$)")


def from_template(template: str, draft: Draft) -> Composed:
    """Write `templates/mail/<template>.md`. Variables in it go through the `md` filter, so that a title with an
    asterisk stays a title with an asterisk."""
    written = render_to_string(f"mail/{template}.md", {"calendar_part": draft.calendar_part, **draft.context})
    words = FULL_STOP_TOO_MANY.sub(r"\1", written)
    return Composed(
        subject=subject_line(draft),
        text=plain(words) + "\n",
        html=letter(capfirst(draft.subject), words, draft.context, preview=preview_line(draft)),
        calendar=draft.calendar,
        calendar_part=draft.calendar_part,
        sender=_sender(draft.context),
        reply_to=draft.reply_to,
        unsubscribe_url=draft.unsubscribe_url,
        list_name=draft.list_name,
    )


def _sender(context: Mapping[str, Any]) -> str:
    """Whom a mail is from, by name: the group and the hub through which it writes."""
    group, hub = (getattr(context.get(whose), "name", "") for whose in ("group", "hub"))
    if group and hub and group != hub:
        return _("%(group)s via %(hub)s") % {"group": group, "hub": hub}
    return group or hub


def absolute(path: str) -> str:
    """A link for mails and calendars: from SITE_URL, never from a request's Host header."""
    return urljoin(settings.SITE_URL, path)


def page_url(name: str, *of: object) -> str:
    """The whole address of one of our pages: its URL name, and what stands in the address."""
    return absolute(reverse(name, args=of))
