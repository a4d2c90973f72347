"""What people are given to read, as a file."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Handout(models.Model):
    """Base of what is kept as a file (events.actions.handouts). `description` says the same for people who cannot see it;
    `warnings` are those of events.uploads."""

    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(upload_to="handouts")
    description = models.TextField(_("the same in words"), blank=True, max_length=5000)
    warnings = models.JSONField(default=list, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title
