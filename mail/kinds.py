"""A kind of mail is one declaration, beside the function that writes it:

    @kind("place", words=_("Your place is saved"), about=A_REGISTRATION, sample={})
    def place(registration: Registration, mail: OutgoingMail) -> Draft | None:
        return Draft(…) if registration.has_place else None

All else is derived. allyhub/joins.py finds the kinds in the mail modules of the apps (MAIL_KINDS); the outbox asks there
who writes a mail, pages of organisers what it is called, what it is about and whether it can be looked at beforehand.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Generic, TypeVar, overload

from django.db.models import Model, QuerySet
from django.utils.functional import Promise, cached_property

from kit.written_once import Asked, WrittenOnce
from mail.compose import from_template
from mail.message import Composed, Draft
from mail.models import OutgoingMail

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, eq=False)
class About(Generic[Row]):
    """The kind of row a mail tells about, looked up when it leaves. `address`: the field that must still be where the
    mail goes, since an address can change hands; organisers get mails about rows that are not theirs."""

    rows: Callable[[], QuerySet[Row]]
    address: str = ""

    def row_of(self, mail: OutgoingMail) -> Row | None:
        row: Row | None = self._row.first(about=mail.about_pk, address=mail.to_email)
        return row

    @cached_property
    def _row(self) -> WrittenOnce:
        whose = {self.address: Asked("address")} if self.address else {}
        return WrittenOnce(self.rows().filter(pk=Asked("about"), **whose).order_by())


@dataclass(frozen=True, eq=False)
class Kind(Generic[Row]):
    """What there is to know about a kind of mail. `write` looks at the state of the moment in which the mail leaves, and
    answers None when it makes no sense any more."""

    name: str
    write: Callable[..., Draft | None]
    template: str
    about: About[Row] | None
    # What organisers call it in their lists; or why it stands in none of them.
    words: str | Promise | None
    unlisted: str
    # What is special about the row of the invented person for whom organisers look at it beforehand; None: they cannot.
    sample: Mapping[str, Any] | None
    # Anybody can cause it by typing an address into a form: see mail.actions.strangers.
    from_a_form: bool
    # Organisers can hold it in the outbox: nobody waits for it, or loses something when it comes later.
    may_be_held: bool

    def __post_init__(self) -> None:
        if self.is_listed == bool(self.unlisted):
            raise ValueError(f"{self.name}: say what organisers call it, or why they do not see it")

    @property
    def is_listed(self) -> bool:
        return self.words is not None

    def compose(self, mail: OutgoingMail) -> Composed | None:
        """The mail as it leaves now. None when what it is about is gone, or it makes no sense any more."""
        if self.about is None:
            return self._written_out(self.write(mail))
        row = self.about.row_of(mail)
        return self.compose_about(row, mail) if row else None

    def compose_about(self, row: Row, mail: OutgoingMail) -> Composed | None:
        """The mail about a row that need not be in the database."""
        return self._written_out(self.write(row, mail))

    def _written_out(self, draft: Draft | None) -> Composed | None:
        return from_template(self.template, draft) if draft else None


@overload
def kind(
    name: str,
    *,
    about: About[Row],
    words: str | Promise | None = None,
    unlisted: str = "",
    template: str = "",
    sample: Mapping[str, Any] | None = None,
    from_a_form: bool = False,
    may_be_held: bool = False,
) -> Callable[[Callable[[Row, OutgoingMail], Draft | None]], Kind[Row]]: ...


@overload
def kind(
    name: str,
    *,
    words: str | Promise | None = None,
    unlisted: str = "",
    template: str = "",
    from_a_form: bool = False,
    may_be_held: bool = False,
) -> Callable[[Callable[[OutgoingMail], Draft | None]], Kind[Any]]: ...


def kind(
    name: str,
    *,
    about: About[Any] | None = None,
    words: str | Promise | None = None,
    unlisted: str = "",
    template: str = "",
    sample: Mapping[str, Any] | None = None,
    from_a_form: bool = False,
    may_be_held: bool = False,
) -> Callable[[Callable[..., Draft | None]], Kind[Any]]:
    """Declare a kind of mail with the function that writes it. `template` in templates/mail/ has its name, unless said
    otherwise. Without `about` the mail tells about no row, and the function takes the mail alone. `from_a_form`: anybody
    can cause it by typing an address; whoever has confirmed none gets one such mail a day. `may_be_held`: by organisers,
    in the outbox."""

    def declared(write: Callable[..., Draft | None]) -> Kind[Any]:
        file = template or name.replace("-", "_")
        return Kind(
            name,
            write,
            file,
            about,
            words=words,
            unlisted=unlisted,
            sample=sample,
            from_a_form=from_a_form,
            may_be_held=may_be_held,
        )

    return declared


def kinds_in(*homes: ModuleType) -> dict[str, Kind[Any]]:
    """All kinds that modules, and the modules inside of packages, declare: by name, in the order in which they stand
    there. Raises ValueError when two have the same name."""
    found: dict[str, Kind[Any]] = {}
    for home in homes:
        for value in (value for module in _modules(home) for value in vars(module).values()):
            if isinstance(value, Kind) and found.setdefault(value.name, value) is not value:
                raise ValueError(f"Two kinds of mail are called {value.name}")
    return found


def _modules(home: ModuleType) -> Iterator[ModuleType]:
    yield home
    for info in iter_modules(getattr(home, "__path__", ()), f"{home.__name__}."):
        yield import_module(info.name)
