"""A mail as HTML: the words of its template on a sheet with a band, its one button, and a foot below the sheet.

Mail programs know little of style sheets, so css-inline writes the rules onto the elements; what is for narrow and for
dark screens stays in the head, for programs that read it there.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kit.languages import current, is_right_to_left
from kit.markdown import render

# What stands alone in its paragraph is what there is to do. Written by nh3, always in this order.
LINK_ALONE = re.compile(r'<p><a href="([^"]+)" rel="noopener nofollow">((?:(?!</a>).)+)</a></p>')
BUTTON = (
    '<table class="button" role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>'
    '<td class="button__place" bgcolor="#5a2a6d"><a class="button__link" href="{0}">{1}</a></td></tr></table>'
    '<p class="button__address ink2"><a href="{0}">{0}</a></p>'
)
FOOT = "<hr>"


def letter(heading: str, words: str, context: Mapping[str, Any], *, preview: str = "") -> str:
    """`words` in Markdown; what follows their last rule is the foot. Of `context`: whose mail it is (`hub`, `group`) and,
    of one about an event, `event` and `next_session`. `preview`: what lists of mails show after the subject."""
    html, _rule, end = render(words).rpartition(FOOT)
    if not _rule:
        html, end = end, ""
    language = current()
    page = render_to_string(
        "mail/letter.html",
        {
            **context,
            "language": language,
            "direction": "rtl" if is_right_to_left(language) else "ltr",
            "heading": heading,
            "preview": preview,
            "words": _with_button(html),
            "end": mark_safe(end),  # noqa: S308 (rendered and cleaned, as the words are)
        },
    )
    return _inliner().inline(page)


def _with_button(html: str) -> SafeString:
    found = LINK_ALONE.search(html)
    if not found:
        return mark_safe(html)  # noqa: S308 (see `letter`)
    address, words = map(mark_safe, found.groups())
    button = format_html(BUTTON, address, words)
    return mark_safe(html[: found.start()] + button + html[found.end() :])  # noqa: S308


@cache
def _inliner() -> Any:
    # Only who writes mails has it in memory.
    import css_inline

    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
