"""What events are found by: tags, and the series they belong to."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import Group


class Tag(models.Model):
    name = models.CharField(_("name"), max_length=40, unique=True)
    slug = models.SlugField(unique=True, max_length=50)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """Events that belong together for a reader: every social of a group, the runs of one programme."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="series")
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(unique=True, max_length=130)

    PUBLIC_WORDS = ("title",)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:series", args=[self.slug])
