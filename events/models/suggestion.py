"""An event that a visitor suggests to a group."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from kit import languages
from kit.links import AddressQuerySet, WithAddress
from kit.states import known_values
from people.models import Group


class SuggestionQuerySet(AddressQuerySet["Suggestion"]):
    def waiting(self) -> "SuggestionQuerySet":
        """Those that the organisers have and have not answered."""
        return self.with_confirmed_address().filter(state=Suggestion.State.NEW)


class Suggestion(WithAddress):
    """Nobody but whoever typed it sees it before its address is confirmed. `event` is the draft that came of it."""

    LINK: ClassVar[str] = "suggestion"

    class State(models.TextChoices):
        NEW = "new", _("To be looked at")
        TAKEN = "taken", _("Taken up")
        DECLINED = "declined", _("Not taken up")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="suggestions")
    title = models.CharField(_("title"), max_length=140)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    where = models.CharField(_("where"), max_length=200, blank=True)
    organised_by = models.CharField(_("who organises it"), max_length=140)
    words = models.TextField(_("what it is about"), max_length=2000)
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("email address"))
    language = models.CharField(_("language of emails"), max_length=12, blank=True, default=languages.current)
    sent_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    event = models.OneToOneField(
        Event, null=True, blank=True, on_delete=models.SET_NULL, related_name="suggestion"
    )

    objects = SuggestionQuerySet.as_manager()

    @known_values(state=State)
    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="new", answered_at=None) | ~Q(state="new") & Q(answered_at__isnull=False),
                name="a_suggestion_is_answered_once",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=models.F("ends_at")), name="suggestion_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:suggestion", args=[self.token])

    @property
    def is_taken(self) -> bool:
        return self.state == self.State.TAKEN

    @property
    def is_declined(self) -> bool:
        return self.state == self.State.DECLINED

    @property
    def is_answered(self) -> bool:
        return self.state != self.State.NEW
