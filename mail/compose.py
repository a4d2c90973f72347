"""From one Markdown template to the two forms of a mail: plain text always, HTML beside it, the same words."""

from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from kit.languages import current, is_right_to_left
from kit.markdown import plain, render
from mail.message import Composed, Draft

PAGE = (
    '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8"><title>{}</title></head>'
    '<body style="font:17px/1.55 sans-serif;color:#241a2e;max-width:40em;margin:1em auto;padding:0 1em">{}</body></html>'
)


def from_template(template: str, draft: Draft) -> Composed:
    """Write `templates/mail/<template>.md`. Variables in it go through the `md` filter, so that a title with an
    asterisk stays a title with an asterisk."""
    language = current()
    direction = "rtl" if is_right_to_left(language) else "ltr"
    words = render_to_string(f"mail/{template}.md", dict(draft.context))
    return Composed(
        subject=draft.subject,
        text=plain(words) + "\n",
        html=format_html(PAGE, language, direction, draft.subject, render(words)),
        reply_to=draft.reply_to,
        unsubscribe_url=draft.unsubscribe_url,
    )


def absolute(path: str) -> str:
    """A link for mails and calendars: from SITE_URL, never from a request's Host header."""
    return urljoin(settings.SITE_URL, path)


def page_url(name: str, *of: object) -> str:
    """The whole address of one of our pages: its URL name, and what stands in the address."""
    return absolute(reverse(name, args=of))
