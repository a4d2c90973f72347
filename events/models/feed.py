"""A person's own calendar address."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.links import LinkQuerySet, OpenedByLink
from kit.states import known_values
from people.models import Person


class PersonalFeed(OpenedByLink):
    class Reminder(models.IntegerChoices):
        """So many minutes before a date."""

        HOUR = 60, _("An hour before")
        DAY = 24 * 60, _("A day before")

    LINK = "calendar"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="personal_feed")
    reminds_minutes_before = models.PositiveIntegerField(_("reminder"), null=True, choices=Reminder)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_on = models.DateField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    @known_values(reminds_minutes_before=Reminder)
    class Meta:
        verbose_name = _("personal calendar address")
        verbose_name_plural = _("personal calendar addresses")

    def __str__(self) -> str:
        return str(_("Calendar of %(person)s") % {"person": self.person})
