"""A plain page a community keeps: what allyship is, how socials run."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.group import Group


class PageQuerySet(models.QuerySet["Page"]):
    def published(self) -> "PageQuerySet":
        return self.filter(is_published=True)


class Page(models.Model):
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(unique=True, max_length=130)
    summary = models.CharField(_("summary"), max_length=240, blank=True)
    body = models.TextField(_("text"))
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="pages")
    is_published = models.BooleanField(_("published"), default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("people:page", args=[self.slug])
