"""People come into being when an address is confirmed."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from kit import languages
from kit.text import normalise_email
from people.models import Person


@transaction.atomic
def person_for(email: str, *, name: str = "", pronouns: str = "", language: str | None = None) -> Person:
    """The person with this confirmed address, made if need be. What they told us before is not overwritten.
    `language` is what they read, if it is not the one that is spoken at the moment; "" is the hub's."""
    person, _created = Person.objects.get_or_create(
        email=normalise_email(email),
        defaults={
            "name": name,
            "pronouns": pronouns,
            "language": languages.current() if language is None else language,
            # Unusable: nobody logs in with a password here.
            "password": make_password(None),
        },
    )
    # allauth asks its own table whether an address is confirmed.
    EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    return person


def note_language(person: Person) -> None:
    """Remember what somebody who signs in reads: mails to them are in that language from now on."""
    if person.language != languages.current():
        person.language = languages.current()
        person.save(update_fields=["language"])


@transaction.atomic
def make_administrator(email: str, *, name: str = "") -> tuple[Person, bool]:
    """Let the person with this address look after the hub. Returns them, and whether that is new."""
    person = person_for(email, name=name)
    is_new = not (person.is_staff and person.is_superuser and person.is_active)
    person.is_staff = person.is_superuser = person.is_active = True
    person.name = person.name or name
    person.save(update_fields=["is_staff", "is_superuser", "is_active", "name"])
    return person, is_new
