"""People we know by mail alone: whether their address is confirmed."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

Addressed = TypeVar("Addressed", bound="WithAddress")


def address_confirmed(of: str = "") -> Q:
    """Whether an address is confirmed: the row's own, or that of what `of` leads to ("registration")."""
    return Q(**{f"{of}__email_confirmed_at__isnull" if of else "email_confirmed_at__isnull": False})


class AddressQuerySet(models.QuerySet[Addressed]):
    def with_confirmed_address(self) -> Self:
        return self.filter(address_confirmed())

    def with_unconfirmed_address(self) -> Self:
        return self.filter(email_confirmed_at=None)


class WithAddress(models.Model):
    """Someone who gave an address. Until a link that we sent there was opened, it may be somebody else's."""

    email_confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_email_confirmed(self) -> bool:
        return self.email_confirmed_at is not None
