"""A registration is on its way from one email address to another."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.registration import Registration
from kit.links import LinkQuerySet, OpenedByLink


class AddressChange(OpenedByLink):
    """Somebody asked that a registration be at `email`. It is once both addresses have agreed, each by a link of its own,
    in whichever order. Asking anew makes new links and takes back what was agreed to."""

    LINK: ClassVar[str] = "address-new"
    OLD: ClassVar[str] = "address-old"
    GOOD_FOR = timedelta(days=3)

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, primary_key=True, related_name="address_change"
    )
    email = models.EmailField(_("new email address"))
    asked_at = models.DateTimeField(default=timezone.now)
    old_agreed_at = models.DateTimeField(null=True, blank=True)
    new_agreed_at = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of address")
        verbose_name_plural = _("changes of address")

    def __str__(self) -> str:
        return str(_("Change of address of %(number)s") % {"number": self.registration})

    @property
    def old_token(self) -> str:
        """Of the link that goes to the address it is at."""
        return self.token_for(self.OLD)

    @property
    def is_agreed(self) -> bool:
        return self.old_agreed_at is not None and self.new_agreed_at is not None

    def is_good(self, now: datetime) -> bool:
        return now < self.asked_at + self.GOOD_FOR
