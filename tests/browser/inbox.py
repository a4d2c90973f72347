"""The mails that people get, as they would see them: what is due leaves the outbox, then the links are there to open."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser

import time_machine
from django.core import mail
from django.utils import timezone

from mail.actions import outbox

# News about access is gathered for ten minutes before it leaves.
A_WHILE = timedelta(minutes=11)


class _Links(HTMLParser):
    """Words of a link → where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._address = ""

    def handle_data(self, data: str) -> None:
        if self._address:
            self.found[data.strip()] = self._address


@dataclass(frozen=True)
class Letter:
    to: str
    heading: str
    text: str
    html: str

    @classmethod
    def of(cls, message: mail.EmailMultiAlternatives) -> "Letter":
        (html,) = (part.content for part in message.alternatives)
        (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", str(html), re.DOTALL)
        return cls(message.to[0], unescape(heading), str(message.body), str(html))

    def link(self, words: str) -> str:
        """Where the link with these words leads; the plain text must name the same address."""
        links = self.links()
        assert words in links, f"no link “{words}” among {sorted(links)} in “{self.heading}”"
        address = links[words]
        assert address in self.text
        return address

    def code(self) -> str:
        """The code to sign in with, as it is written in the mail."""
        return re.findall(r"^\**([A-Z0-9]{3,}-?[A-Z0-9]{3,})\**$", self.text, re.MULTILINE)[0]

    def links(self) -> dict[str, str]:
        parser = _Links()
        parser.feed(self.html)
        return parser.found


def letters_to(address: str) -> list[Letter]:
    """Everything this person finds when they look a few minutes later, oldest first."""
    with time_machine.travel(timezone.now() + A_WHILE):
        outbox.send_due()
    return [Letter.of(message) for message in mail.outbox if message.to == [address]]


def newest_letter_to(address: str, heading: str) -> Letter:
    letters = letters_to(address)
    assert letters, f"nothing was sent to {address}"
    assert letters[-1].heading == heading
    return letters[-1]


def letters_about(address: str) -> list[str]:
    return [letter.heading for letter in letters_to(address)]
