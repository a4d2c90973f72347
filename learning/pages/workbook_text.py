"""Somebody's workbook as a text file, to keep."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from events.models import Registration
from learning.pages.workbook_pages import Readable


def as_text(registration: Registration, readable: list[Readable]) -> str:
    """Only what was written: empty questions are left out, and so is the name of whoever wrote it."""
    blocks = [_("My workbook"), registration.event.title]
    for page in readable:
        blocks += ["", f"{page.place}. {page.title}", *_blocks(page)]
    return "\n".join(blocks) + "\n"


def _blocks(page: Readable) -> Iterator[str]:
    for question, point, words in page.points:
        yield from ("", question, *filter(None, (point, words)))
    for ring in page.rings:
        yield from ("", ring.title, *(f"- {line}" for line in ring.lines))
    for number, step in enumerate(page.written.steps, start=1):
        yield from ("", _("Step %(number)s") % {"number": number}, step.what)
        labels = ((_("Who could help?"), step.who), (_("By when?"), step.by), (_("In the way"), step.snag))
        yield from (f"{label} {words}" for label, words in labels if words)
