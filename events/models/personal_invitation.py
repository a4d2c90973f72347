"""A link with which one person can ask for a place at an event that is only for whom its organisers invite."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.quota import Quota
from events.models.registration import Registration
from kit.links import LinkQuerySet, OpenedByLink
from people.models import Person


class PersonalInvitation(OpenedByLink):
    """`quota` says of whose places the person is; nobody has to show it then. `registration` is what came of it: used up
    from then on, unless nobody confirmed the address."""

    LINK = "personal-invitation"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email address"))
    quota = models.ForeignKey(
        Quota, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to an event")
        verbose_name_plural = _("invitations to an event")
        ordering = ["email", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), "event", name="one_invitation_an_address_and_event"),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("events:invited", args=[self.token])

    @property
    def is_used(self) -> bool:
        """Whether somebody has asked for a place with it, whose address was confirmed or may still be."""
        made = self.registration
        return made is not None and (made.is_live or made.is_email_confirmed)
