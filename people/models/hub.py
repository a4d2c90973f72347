"""The hub itself: one installation, one row, filled in during the first hour."""

from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Hub(models.Model):
    """What this community is called and how it looks after people. There is exactly one row: Hub.current()."""

    name = models.CharField(_("name of the community"), max_length=80, default="AllyHub")
    tagline = models.CharField(_("one line about it"), max_length=160, blank=True)
    welcome_title = models.CharField(_("heading of the home page"), max_length=120, blank=True)
    welcome_text = models.TextField(_("words under the heading"), blank=True, max_length=600)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    language = models.CharField(_("language"), max_length=12, default="en-gb")
    contact_email = models.EmailField(_("contact address"), blank=True)
    guiding_values = models.TextField(_("guiding values"), blank=True)
    access_contact_name = models.CharField(_("whom to ask about access"), max_length=100, blank=True)
    access_contact_email = models.EmailField(_("address for questions about access"), blank=True)
    access_contact_phone = models.CharField(_("phone for questions about access"), max_length=40, blank=True)
    always_in_place = models.TextField(_("always in place"), blank=True)
    statement_reviewed_on = models.DateField(
        _("accessibility statement last reviewed"), null=True, blank=True
    )
    statement_known_problems = models.TextField(_("what is not accessible yet"), blank=True)
    is_set_up = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("hub")
        verbose_name_plural = _("hub")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="only_one_hub"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Hub":
        """The one hub; defaults, unsaved, until someone has filled it in."""
        return next(iter(cls.objects.raw(*_the_one())), None) or cls(pk=1)

    @property
    def always_in_place_lines(self) -> list[str]:
        return [line.strip() for line in self.always_in_place.splitlines() if line.strip()]


@cache
def _the_one() -> tuple[str, tuple[Any, ...]]:
    """Written once: to write this query takes longer than to answer it."""
    sql, params = Hub.objects.filter(pk=1).query.sql_with_params()
    return sql, params
