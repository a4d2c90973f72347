"""People come into being when an address is confirmed."""

from allauth.account.models import EmailAddress

from people.models import Person
from people.models.person import normalise_email


def person_for(email: str, *, name: str = "", pronouns: str = "") -> Person:
    """The person with this confirmed address, made if need be. What they told us before is not overwritten."""
    person, created = Person.objects.get_or_create(
        email=normalise_email(email), defaults={"name": name, "pronouns": pronouns}
    )
    if created:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    return person
