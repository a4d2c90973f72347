"""What becomes of people: how we speak to them, and who looks after the hub."""

from django.db import transaction

from kit import languages
from people.models import Person
from people.models.person import person_for


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
