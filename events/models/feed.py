"""A person's own calendar address."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.registration import new_key
from kit import tokens
from people.models import Person


class PersonalFeedQuerySet(models.QuerySet["PersonalFeed"]):
    def with_token(self, token: str) -> "PersonalFeedQuerySet":
        try:
            key, version = tokens.read(PersonalFeed.PURPOSE, token)
        except tokens.BadToken:
            return self.none()
        return self.filter(key=key, link_version=version)


class PersonalFeed(models.Model):
    """`key` is 128 random bits and says nothing about the person; raising `link_version` revokes the address."""

    PURPOSE = "calendar"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="personal_feed")
    key = models.CharField(max_length=32, default=new_key, unique=True, editable=False)
    link_version = models.PositiveIntegerField(default=1)
    reminds_minutes_before = models.PositiveIntegerField(_("reminder"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_on = models.DateField(null=True, blank=True)

    objects = PersonalFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal calendar address")
        verbose_name_plural = _("personal calendar addresses")

    def __str__(self) -> str:
        return str(_("Calendar of %(person)s") % {"person": self.person})

    @property
    def token(self) -> str:
        return tokens.make(self.PURPOSE, self.key, self.link_version)
