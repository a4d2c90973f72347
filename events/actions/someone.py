"""Everything that is about one person, wherever it stands: one line a model of docs/privacy.toml. Models of the other
apps have their line there; allyhub/joins.py puts them together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Model, Q, QuerySet

from events.models import KeptOutMailbox
from kit.joins import joins
from kit.links import mailbox_digests, normalise_email
from people.actions.logins import sessions_of
from people.models import Person

# A key that no row has, so that whoever never signed in is compared with nobody.
NOBODY = 0


@dataclass(frozen=True)
class Someone:
    """Whoever has an address: who signs in with it, and all addresses known to be theirs."""

    person: Person | None
    emails: frozenset[str]

    @classmethod
    def with_address(cls, email: str) -> "Someone":
        email = normalise_email(email)
        person = Person.objects.filter(Q(email=email) | _confirmed(email)).first()
        if person is None:
            return cls(None, frozenset([email]))
        own = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
        registered = person.registrations.values_list("email", flat=True)
        return cls(person, frozenset(map(normalise_email, [email, person.email, *own, *registered])))

    @property
    def number(self) -> int:
        return self.person.pk if self.person else NOBODY

    def at(self, path: str = "") -> Q:
        """Registrations of theirs; with `path`, rows that lead to one."""
        return Q(**{f"{path}email__in": self.emails}) | Q(**{f"{path}person": self.number})


def _confirmed(email: str) -> Q:
    return Q(emailaddress__email=email, emailaddress__verified=True)


def _kept_out(who: Someone) -> "QuerySet[KeptOutMailbox, Any]":
    digests = [digest for email in who.emails for digest in mailbox_digests(email)]
    return KeptOutMailbox.objects.filter(digest__in=digests).values("kept_out")


# Who wrote a public text is in events.Event; whom a text names, nobody can look up: dates and pages have no line.
PERSONAL_ROWS: dict[str, Callable[[Someone], Q]] = {
    "events.Registration": lambda who: who.at(),
    "events.RegistrationStep": lambda who: who.at("registration__"),
    "events.AccessRequest": lambda who: who.at("registration__"),
    "events.AccessNeed": lambda who: who.at("request__registration__"),
    "events.AccessMessage": lambda who: who.at("request__registration__"),
    "events.AccessReading": lambda who: who.at("request__registration__"),
    "events.CalendarEntry": lambda who: who.at("registration__"),
    "events.AddressChange": lambda who: who.at("registration__") | Q(email__in=who.emails),
    "events.ListAct": lambda who: Q(by=who.number),
    "events.ListActLine": lambda who: who.at("registration__"),
    "events.PeopleImport": lambda who: Q(by=who.number),
    "events.CalendarImport": lambda who: Q(by=who.number),
    "events.ImportLine": lambda who: who.at("registration__") | Q(email__in=who.emails),
    "events.Attendance": lambda who: who.at("registration__"),
    "events.Letter": lambda who: Q(by=who.number),
    "events.LetterCopy": lambda who: who.at("registration__"),
    "events.KeptOut": lambda who: Q(pk__in=_kept_out(who)),
    "events.KeptOutMailbox": lambda who: Q(kept_out__in=_kept_out(who)),
    "events.KeptOutStep": lambda who: Q(by=who.number),
    "events.QuotaOrganiser": lambda who: Q(email__in=who.emails) | Q(person=who.number),
    "events.PersonalInvitation": lambda who: Q(email__in=who.emails) | who.at("registration__"),
    "events.Suggestion": lambda who: Q(email__in=who.emails),
    "events.PersonalFeed": lambda who: Q(person=who.number),
    "events.Event": lambda who: Q(created_by=who.number),
    "mail.OutgoingMail": lambda who: Q(to_email__in=who.emails) | Q(person=who.number),
    "people.Person": lambda who: Q(pk=who.number),
    "people.Membership": lambda who: Q(person=who.number),
    "people.Invitation": lambda who: Q(email__in=who.emails),
    "people.Group": lambda who: Q(contact_email__in=who.emails) | Q(requested_by=who.number),
    "people.AuditLine": lambda who: Q(by=who.number) | Q(about_person=who.number),
    "people.SecondStepReset": lambda who: Q(person=who.number) | Q(asked_by=who.number),
    "people.Hub": lambda who: Q(contact_email__in=who.emails) | Q(access_contact_email__in=who.emails),
    "account.EmailAddress": lambda who: Q(user=who.number),
    "account.EmailConfirmation": lambda who: Q(email_address__user=who.number),
    "mfa.Authenticator": lambda who: Q(user=who.number),
    "people.Login": lambda who: Q(person=who.number),
    "sessions.Session": lambda who: Q(pk__in=sessions_of(who.number) if who.person else ()),
    "admin.LogEntry": lambda who: Q(user=who.number),
}


def rows(model: str, who: Someone) -> "QuerySet[Model]":
    """The rows of a model, named as in docs/privacy.toml, that are about somebody."""
    every = apps.get_model(model)._base_manager
    about = joins.PERSONAL_ROWS.get(model)
    return every.filter(about(who)).order_by("pk") if about else every.none()
