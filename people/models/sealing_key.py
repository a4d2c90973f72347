"""The keys with which this hub has sealed: their names, and a canary of each that shows whether it opens."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SealingKey(models.Model):
    """A key that was the first in ALLYHUB_KEYS at some start. Written by people/actions/keys.py; the key itself is never
    in the database."""

    fingerprint = models.CharField(_("fingerprint"), max_length=16, unique=True)
    canary = models.TextField(_("canary"))
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("sealing key")
        verbose_name_plural = _("sealing keys")
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return self.fingerprint
