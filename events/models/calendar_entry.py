"""What a mail has told somebody's own calendar of one date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.registration import Registration
from kit.states import known_values
from mail.models import OutgoingMail


class CalendarEntry(models.Model):
    """Somebody and one date, by its UID, since the date may be gone: which part a mail carried last (RFC 5546), with its
    number and moment. Written when that mail was first composed, before it was handed over; no row says that no mail has
    told their calendar anything."""

    class Method(models.TextChoices):
        REQUEST = "REQUEST", _("In the calendar")
        CANCEL = "CANCEL", _("Taken out of the calendar")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="calendar_entries")
    uid = models.CharField(max_length=80)
    method = models.CharField(max_length=10, choices=Method)
    sequence = models.PositiveIntegerField()
    stamped_at = models.DateTimeField()
    # The same mail, composed again, tells it again; another one has nothing to tell.
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")

    @known_values(method=Method)
    class Meta:
        verbose_name = _("calendar entry by email")
        verbose_name_plural = _("calendar entries by email")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "uid"], name="one_calendar_entry_a_person_and_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}, {self.method} {self.sequence}"
