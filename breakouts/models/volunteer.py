"""What everyone who steps forward has in common: a name, a confirmed address, and a link to a page of their own."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Registration
from kit import languages
from kit.links import WithAddress
from people.models import GuidingValues, Person


class Volunteer(WithAddress):
    """Base of everyone who stepped forward by mail. `name` is what they want to be called, in public where their part
    is public. No account is needed: `token` opens their page; raising `link_version` closes every link made before."""

    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("email address"))
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(_("language of emails"), max_length=12, blank=True, default=languages.current)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class OnTheDay(Volunteer):
    """Base of a volunteer with something to do at the event. `registration` is their place there, given with the
    part; through it they tell us what they need, go through the door, and have the event in their calendar."""

    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    values_version = models.ForeignKey(
        GuidingValues, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    values_accepted_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
