"""People we know by mail alone: one spelling of their address, whether it is confirmed, the signed links of their pages.

A token names the public key of a row and its `link_version`; it is signed, so that the database holds nothing to steal.
Each purpose has its own salt: a calendar link cannot open somebody's own page.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from kit.http import token_page
from kit.written_once import Asked, WrittenOnce

# 128 random bits, which say nothing about how many rows there are.
NEW_KEY = partial(secrets.token_urlsafe, 16)
# No letters that look or sound alike.
READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

Row = TypeVar("Row", bound=models.Model)
View = Callable[..., HttpResponseBase]
Decorator = Callable[[View], View]
# What ends a label of a domain (RFC 3490 §3.1). The letters that IDNA has kept since 2008 (RFC 5894 §7.2): Python's
# codec, of 2003, makes others of them, but "straße" and "strasse" are two domains.
DOTS = re.compile("[.\u3002\uff0e\uff61]")
KEPT_BY_DOMAINS = frozenset("ßς\u200c\u200d")
LONGEST_DOMAIN = 255
LAST_IN_ADDRESSES = "\uffff"  # Django's validator takes no letter beyond it


def normalise_email(email: str) -> str:
    """One spelling of an address, so that one mailbox is one person. Mail providers ignore case, so do we; and
    "xn--bcher-kva.example" is "bücher.example", which people can read. Whatever compares addresses compares these."""
    local, at, domain = unicodedata.normalize("NFC", email.strip()).rpartition("@")
    if not at or len(domain) > LONGEST_DOMAIN:
        return f"{local}{at}{domain}".lower()
    # A letter at a time: as a word's last letter "Σ" would become another one.
    small = "".join(letter.lower() for letter in domain)
    return f"{local.lower()}{at}{'.'.join(map(_readable_label, DOTS.split(small)))}".strip()


def _readable_label(label: str) -> str:
    """A part of a domain as people read it, where mail to that leaves for the same domain; else as it is sent."""
    try:
        if KEPT_BY_DOMAINS & set(label):
            return f"xn--{label.encode('punycode').decode()}"
        sent = label.encode("idna")
        readable = sent.decode("idna")
        is_the_same = readable.encode("idna") == sent and max(readable, default="") <= LAST_IN_ADDRESSES
        return readable if is_the_same else sent.decode()
    except UnicodeError:
        return label


# One mailbox under two domains, in which dots before the @ say nothing.
DOTLESS = frozenset({"gmail.com", "googlemail.com"})


def one_mailbox(email: str) -> str:
    """An address without what its owner can vary at no cost and still get the mail: "+words" before the @, and the dots
    where they say nothing. For asking whether it is the same person, never for writing to."""
    return mailbox_of(normalise_email(email))


def mailbox_of(email: str) -> str:
    """The same of an address in its one spelling, as the database has it."""
    local, _at, domain = email.rpartition("@")
    local = local.partition("+")[0] or local
    return f"{local.replace('.', '')}@gmail.com" if domain in DOTLESS else f"{local}@{domain}"


def mailbox_digests(email: str) -> list[str]:
    """What stands for a mailbox where its address must not be readable: keyed with SECRET_KEY, and with each key that was
    replaced."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    mailbox = one_mailbox(email)
    return [
        salted_hmac("allyhub.mailbox", mailbox, secret=key, algorithm="sha256").hexdigest() for key in keys
    ]


class BadToken(Exception):
    """Cut, changed, or made for another purpose."""


def make_token(purpose: str, key: str, *numbers: int) -> str:
    """`numbers`: the version of the row's links, and whatever else the link depends on."""
    return _signer(purpose).sign(".".join([key, *map(str, numbers)]))


def read_token(purpose: str, token: str) -> tuple[str, int]:
    """The (key, version) a token was made for. Raises BadToken."""
    key, version = read_numbers(purpose, token, 1)
    return key, version


def read_numbers(purpose: str, token: str, how_many: int) -> tuple[Any, ...]:
    """The key a token was made for, and its numbers. Raises BadToken."""
    try:
        key, *numbers = _signer(purpose).unsign(token).split(".")
        if len(numbers) != how_many:
            raise BadToken(purpose)
        return key, *map(int, numbers)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken(purpose) from error


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(sep=".", salt=f"allyhub.{purpose}")


def address_confirmed(of: str = "") -> Q:
    """The rows whose address is confirmed: their own, or that of what `of` leads to ("registration")."""
    return Q(**{f"{of}__email_confirmed_at__isnull" if of else "email_confirmed_at__isnull": False})


class LinkQuerySet(models.QuerySet[Row]):
    def by_token(self, *purposes: str) -> Callable[[str], Any]:
        """A function that gives the row whose link a token is, with a statement that is written once: None for a cut,
        changed or revoked token, and for one made for another purpose."""
        rows = WrittenOnce(self.filter(key=Asked("key"), link_version=Asked("link_version")))

        def row(token: str) -> Any:
            for purpose in purposes or (self.model.LINK,):  # type: ignore[attr-defined]  # of an OpenedByLink
                with suppress(BadToken):
                    key, version = read_token(purpose, token)
                    return rows.first(key=key, link_version=version)
            return None

        return row


class OpenedByLink(models.Model):
    """A row with a page behind a link. `LINK` is its purpose. Raising `link_version` revokes every link made before."""

    LINK: ClassVar[str]

    key = models.CharField(max_length=32, default=NEW_KEY, unique=True, editable=False)
    link_version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def token(self) -> str:
        return self.token_for(self.LINK)

    def token_for(self, purpose: str) -> str:
        return make_token(purpose, self.key, self.link_version)


# The address of whoever was forgotten; no mail can go there (RFC 2606).
ERASED_HOST = "erased.invalid"


# What stands for the address of somebody who has none: one of its own, to which no mail can go.
NO_EMAIL_HOST = "no-email.invalid"


def address_of_nobody(reference: str) -> str:
    return f"{reference.lower()}@{NO_EMAIL_HOST}"


def has_mailbox(email: str) -> bool:
    """Whether somebody reads what is sent there."""
    return not email.endswith(f"@{NO_EMAIL_HOST}")


class AddressQuerySet(LinkQuerySet[Row]):
    def with_confirmed_address(self) -> Self:
        return self.filter(address_confirmed())

    def with_unconfirmed_address(self) -> Self:
        return self.filter(email_confirmed_at=None)


class WithAddress(OpenedByLink):
    """Someone who gave an address. Until a link that we sent there was opened, it may be somebody else's."""

    email: Any
    email_confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def has_email(self) -> bool:
        """Whether mails reach them; else organisers tell them by phone."""
        return has_mailbox(self.email)

    @property
    def is_email_confirmed(self) -> bool:
        return self.email_confirmed_at is not None


def opened_by(
    rows: LinkQuerySet[Any], *purposes: str, beforehand: Callable[[Any], None] = lambda row: None
) -> Decorator:
    """A decorator for pages that a link opens: the view gets the row instead of the token. A cut, changed or revoked link
    gives the same 404 as one that never was. `beforehand` makes the row ready to be shown."""

    row_of = rows.by_token(*purposes)

    def decorator(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponseBase:
            row = row_of(token)
            if row is None:
                raise Http404
            beforehand(row)
            return view(request, row, **more)

        return token_page(opened)

    return decorator


def once_confirmed(by_first_link: Decorator, confirmation: str) -> Decorator:
    """Until the address is confirmed the only page there is asks for that: whoever holds the mail need not be the person
    who filled in the form."""

    def decorator(view: View) -> View:
        @by_first_link
        @wraps(view)
        def confirmed(request: HttpRequest, row: Any, **more: Any) -> HttpResponseBase:
            return view(request, row, **more) if row.is_email_confirmed else redirect(confirmation, row.token)

        return confirmed

    return decorator


def new_reference() -> str:
    """A number that people quote on the phone; it says nothing about how many there are."""
    letters = "".join(secrets.choice(READABLE) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
