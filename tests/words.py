"""Whether words fit the state of whoever reads them: what somebody's pages and mails say at a time, and who may read a
phrase then."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone

from allyhub.joins import MAIL_KINDS
from events.actions import calling_off
from events.models import Event
from mail.kinds import About
from mail.models import OutgoingMail
from tests.amounts import amount
from tests.breakouts.factories import organiser_of

TIMES = ("before", "begun", "over", "cancelled")
# Those at which all pages and mails are read; a test that goes through them carries the mark `many`.
TRIED = TIMES[:: amount(2, many=1)]
# The names of those who read a phrase, by the time.
Rule = Mapping[str, str]


def at(*times: str, who: str) -> Rule:
    return dict.fromkeys(times, who)


@contextmanager
def time_of(event: Event, time: str) -> Iterator[None]:
    if time == "cancelled":
        calling_off.cancel(event, reason="", by=organiser_of(event))
    date = event.sessions.get()
    late = timedelta(minutes=30)
    now = {"begun": date.starts_at + late, "over": date.ends_at + late}
    with time_machine.travel(now.get(time, timezone.now()), tick=False):
        yield


def read(addresses: Iterable[str]) -> str:
    """What somebody reads who opens each of these pages: the words of a page to which several lead, once."""
    found: dict[str, str] = {}
    unread = [*addresses]
    while unread:
        address = unread.pop()
        if address in found:
            continue
        answer = Client().get(address)
        leads_on = answer.status_code == 302
        unread += [answer.headers["Location"]] if leads_on else []
        found[address] = "" if leads_on else words_of(answer.content.decode())
    return "\n".join(found.values())


def words_of(page: str) -> str:
    """Without what stands around each of them."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def mails_to(row: Any, about: About, context: dict[str, Any] | None = None) -> str:
    """All mails that would be written to somebody now, whatever is owed."""
    kinds = [kind for kind in MAIL_KINDS.values() if kind.about is about]
    mails = [
        kind.compose_about(row, OutgoingMail(kind=kind.name, about=row.pk, context=context or {}))
        for kind in kinds
    ]
    return "\n".join(f"{mail.subject} {' '.join(mail.text.split())}" for mail in mails if mail)


def read_by_others(texts: Mapping[str, str], rules: Mapping[str, Rule], time: str) -> dict[str, list[str]]:
    """Of each phrase that is not read by exactly those for whom it is true, by whom it is read."""
    readers = {phrase: sorted(name for name, text in texts.items() if phrase in text) for phrase in rules}
    return {
        phrase: readers[phrase]
        for phrase, rule in rules.items()
        if readers[phrase] != sorted(rule.get(time, "").split())
    }
