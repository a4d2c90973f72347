"""What somebody allows to be told, in their words, under the name they choose; and the stories made of it."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from kit.links import LinkQuerySet, OpenedByLink
from kit.meanwhile import Edited
from kit.states import known_values
from people.models import Group, Person


class QuoteQuerySet(LinkQuerySet["Quote"]):
    def public(self) -> "QuoteQuerySet":
        """Those that organisers approved, and that were not taken back."""
        return self.filter(approved_at__isnull=False, withdrawn_on=None)


class Quote(OpenedByLink):
    """Words given on a page of their own, never made out of an anonymous answer. `signed` is a name, a role, or
    nothing, as the person wrote it; where it may stand is ticked by them. The link takes it back at once; then the
    words go and a day stays."""

    LINK = "quote"

    class Signed(models.TextChoices):
        NAME = "name", _("With my name")
        ROLE = "role", _("With what I do, without my name")
        NOBODY = "nobody", _("Without any name")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="quotes")
    text = models.TextField(_("your words"), max_length=600, blank=True)
    signed = models.CharField(max_length=10, choices=Signed, default=Signed.NOBODY)
    name = models.CharField(_("name or role"), max_length=100, blank=True)
    on_event_page = models.BooleanField(_("on the event’s page"), default=False)
    on_group_page = models.BooleanField(_("on the group’s page and in its story"), default=False)
    in_reports = models.BooleanField(_("in reports to funders"), default=False)
    given_on = models.DateField(default=timezone.localdate)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)

    PUBLIC_WORDS = ("text", "name")

    objects = QuoteQuerySet.as_manager()

    @known_values(signed=Signed)
    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["given_on", "pk"]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("feedback:quote", args=[self.token])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None


class Story(Edited):
    """A case study: what a group did and what became of it, for others who want to try the same."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="story")
    title = models.CharField(_("title"), max_length=140)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    beginning = models.TextField(_("how it began"), blank=True, max_length=6000)
    what_we_did = models.TextField(_("what we did"), blank=True, max_length=6000)
    what_changed = models.TextField(_("what has changed"), blank=True, max_length=6000)
    what_we_learned = models.TextField(_("what we would tell others"), blank=True, max_length=6000)
    published_at = models.DateTimeField(null=True, blank=True)

    PUBLIC_WORDS = ("title", "summary", "beginning", "what_we_did", "what_changed", "what_we_learned")

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("feedback:story", args=[self.group.slug])
