"""Guiding values as they were: each text that was in force keeps its number, so that "you agreed to these" stays true."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kit.markdown import render
from people.models.group import Group


class GuidingValues(models.Model):
    """One version of a group's guiding values, or of the hub's (no group). Written by people.actions.values; it never
    changes.

    The text in force also stands on Group or Hub, where pages read it without another query.
    """

    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.CASCADE, related_name="values_versions"
    )
    number = models.PositiveIntegerField()
    text = models.TextField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version of guiding values")
        verbose_name_plural = _("versions of guiding values")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_number_a_version_of_a_group"),
            models.UniqueConstraint(
                fields=["number"], condition=Q(group=None), name="one_number_a_version_of_the_hub"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group or _('hub')} {self.number}"

    @property
    def html(self) -> SafeString:
        """The text as people read it."""
        return render(self.text)
