"""Mails that are owed, read as they would leave right now. Whichever test reads one, its two forms say the same."""

import re
from html import unescape

from django.core.mail import EmailMessage

from allyhub.joins import MAIL_KINDS
from mail.message import Composed
from mail.models import OutgoingMail
from mail.subjects import MOST

# There is nothing to do, or something that no press does: a code is typed.
MAY_HAVE_NO_BUTTON = {"sign-in-code", "confirm-address", "group-decision"}
ADDRESS = re.compile(r"https?://[^\s)]+[^\s).,]")
LINK = re.compile(r'<a [^>]*href="([^"]+)"')


def composed(kind: str, to: str = "") -> Composed | None:
    """The newest of its kind. None when it makes no sense any more."""
    mails = OutgoingMail.objects.of_kind(kind)
    mail = (mails.filter(to_email=to) if to else mails).order_by("-pk").first()
    assert mail, f"no {kind} mail is owed to {to or 'anybody'}"
    return as_it_leaves(mail)


def as_it_leaves(mail: OutgoingMail) -> Composed | None:
    written = MAIL_KINDS[mail.kind].compose(mail)
    if written:
        _says_the_same_twice(written)
        assert len(written.subject) <= MOST, written.subject
        assert "button__link" in written.html or mail.kind in MAY_HAVE_NO_BUTTON, (
            f"{mail.kind}: {written.text}"
        )
    return written


def said_in_subject(mail: Composed | EmailMessage) -> str:
    """What a subject says, after whose mail it is."""
    return str(mail.subject).partition(": ")[2]


def _says_the_same_twice(mail: Composed) -> None:
    links = {unescape(link) for link in LINK.findall(mail.html)}
    assert links - {link for link in links if link.startswith("mailto:")} == {*ADDRESS.findall(mail.text)}
    shown = re.sub(r"<(style|title)[\s>].*?</\1>|<[^>]+>", " ", mail.html, flags=re.DOTALL)
    missing = words_of(ADDRESS.sub(" ", mail.text)) - words_of(unescape(shown))
    assert not missing, f"only in plain text: {missing}"


def words_of(text: str) -> set[str]:
    return {*re.findall(r"[^\W\d_]+", text)}
