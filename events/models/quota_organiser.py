"""Who looks after the people of one quota, and nobody else's."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.quota import Quota
from kit.links import LinkQuerySet, OpenedByLink
from people.models import Group, Person


class QuotaOrganiserQuerySet(LinkQuerySet["QuotaOrganiser"]):
    def accepted(self) -> "QuotaOrganiserQuerySet":
        """Those who said yes, of groups that are approved."""
        return self.filter(quota__event__group__state=Group.State.APPROVED).exclude(accepted_at=None)


def looks_after_people() -> Exists:
    """Whether the person of a query looks after the people of some quota."""
    return Exists(QuotaOrganiser.objects.accepted().filter(person=OuterRef("pk")))


class QuotaOrganiser(OpenedByLink):
    """An address is asked to look after the people of a quota, and its person does once they said yes. As with an
    invitation to a group that is the person with this address, whoever opens the link."""

    LINK = "co-organiser"
    LIFETIME = timedelta(days=30)

    quota = models.ForeignKey(Quota, on_delete=models.CASCADE, related_name="organisers")
    email = models.EmailField(_("email address"))
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="co_organises"
    )
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = QuotaOrganiserQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-organiser")
        verbose_name_plural = _("co-organisers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "quota",
                name="one_co_organiser_an_address_and_quota",
                violation_error_message=_("They are invited already."),
            ),
            models.CheckConstraint(
                condition=Q(person=None, accepted_at=None)
                | Q(person__isnull=False, accepted_at__isnull=False),
                name="a_co_organiser_said_yes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.email}, {self.quota}"

    def get_absolute_url(self) -> str:
        return reverse("events:co_organiser", args=[self.token])

    @property
    def ends_at(self) -> datetime:
        """Until when they can say yes."""
        return self.created_at + self.LIFETIME

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and timezone.now() < self.ends_at
