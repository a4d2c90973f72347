"""From one Markdown template to the two forms of a mail: plain text always, HTML beside it, the same words."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html

from kit.languages import current, is_right_to_left
from kit.markdown import plain, render
from mail.message import Composed

PAGE = (
    '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8"><title>{}</title></head>'
    '<body style="font:17px/1.55 sans-serif;color:#241a2e;max-width:40em;margin:1em auto;padding:0 1em">{}</body></html>'
)


def from_template(
    template: str,
    context: Mapping[str, Any],
    *,
    subject: str,
    reply_to: str = "",
    unsubscribe_url: str = "",
) -> Composed:
    """Write `templates/mail/<template>.md`. Variables in it go through the `md` filter, so that a title with an
    asterisk stays a title with an asterisk."""
    language = current()
    direction = "rtl" if is_right_to_left(language) else "ltr"
    words = render_to_string(f"mail/{template}.md", dict(context))
    return Composed(
        subject=subject,
        text=plain(words) + "\n",
        html=format_html(PAGE, language, direction, subject, render(words)),
        reply_to=reply_to,
        unsubscribe_url=unsubscribe_url,
    )


def absolute(path: str) -> str:
    """A link for mails and calendars: from SITE_URL, never from a request's Host header."""
    return urljoin(settings.SITE_URL, path)
