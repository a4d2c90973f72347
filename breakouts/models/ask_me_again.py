"""Who wants to be asked when somebody is wanted."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit import languages
from kit.links import LinkQuerySet, OpenedByLink

# Nobody hears of it on the day on which they said so: they have just done something.
FIRST_AFTER = timedelta(days=1)
AT_MOST_EVERY = timedelta(days=30)


class AskMeAgainQuerySet(LinkQuerySet["AskMeAgain"]):
    def wanting(self) -> "AskMeAgainQuerySet":
        return self.filter(stopped_at=None)

    def asked_since(self, moment: datetime) -> "AskMeAgainQuerySet":
        return self.filter(asked_at__gt=moment)

    def to_ask(self, now: datetime) -> "AskMeAgainQuerySet":
        """Those who may be asked now: whoever has not been asked for longest first."""
        rested = Q(asked_at=None) | Q(asked_at__lte=now - AT_MOST_EVERY)
        found = self.wanting().filter(rested, since__lte=now - FIRST_AFTER)
        return found.order_by(F("asked_at").asc(nulls_first=True), "since", "pk")


class AskMeAgain(OpenedByLink):
    """An address that wants to hear what is wanted; nothing else about its owner. Written by breakouts.actions.ask_again.
    `since` is when they said so last. Who has stopped it stays for a while, so that their link can say so."""

    LINK = "ask-again"

    email = models.EmailField(_("email address"), unique=True)
    language = models.CharField(_("language of emails"), max_length=12, blank=True, default=languages.current)
    since = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = AskMeAgainQuerySet.as_manager()

    class Meta:
        verbose_name = _("somebody to ask again")
        verbose_name_plural = _("people to ask again")

    def __str__(self) -> str:
        return str(_("Somebody to ask again"))

    def get_absolute_url(self) -> str:
        return reverse("breakouts:ask_again", args=[self.token])

    @property
    def is_wanting(self) -> bool:
        return self.stopped_at is None
