"""Everyone: attendees, hosts, organisers. One row an e-mail address, no usernames, no passwords."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit import languages
from kit.links import normalise_email


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email=normalise_email(email or ""))

    def administrators(self) -> "models.QuerySet[Person]":
        """Those who look after the hub."""
        return self.filter(is_staff=True, is_active=True)


class Person(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(
        _("email address"), unique=True, error_messages={"unique": _("This address is in use.")}
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=60, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    language = models.CharField(_("language of emails"), max_length=12, blank=True, default=languages.current)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("looks after this hub"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Since when a second step is asked of them, for what they read; never moved (people.actions.second_step_asks).
    second_step_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    second_step_put_off_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_an_address",
                violation_error_message=_("This address is in use."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_absolute_url(self) -> str:
        return reverse("people:profile")

    def get_full_name(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Everything that looks somebody up compares with the normal spelling, the constraint included.
        self.email = normalise_email(self.email)
        super().save(*args, **kwargs)


@transaction.atomic(savepoint=False)
def person_for(email: str, *, name: str = "", pronouns: str = "", language: str | None = None) -> Person:
    """The person with this confirmed address, made if need be. What they told us before is not overwritten.
    `language` is what they read, if it is not the one that is spoken at the moment; "" is the hub's."""
    person, is_new = Person.objects.get_or_create(
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
    confirmed = {"verified": True, "primary": True}
    if is_new:
        EmailAddress.objects.create(user=person, email=person.email, **confirmed)
    else:
        EmailAddress.objects.get_or_create(user=person, email=person.email, defaults=confirmed)
    return person
