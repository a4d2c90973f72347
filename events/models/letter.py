"""What organisers write to people of their event, and to whom it went. Written by events.actions.letters."""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.registration import Registration
from kit.meanwhile import Edited
from mail.models import OutgoingMail
from people.models import Person

# As much as lists of mails show beside the name of a group.
SUBJECT_LENGTH, WORDS_LENGTH = 50, 4000


class LetterQuerySet(models.QuerySet["Letter"]):
    def drafts(self) -> "LetterQuerySet":
        return self.filter(leaves_at=None).order_by("-changed_at", "-pk")

    def held(self, now: datetime) -> "LetterQuerySet":
        """Those that can be taken back, the one that leaves first before the others."""
        return self.filter(leaves_at__gt=now).order_by("leaves_at", "pk")

    def left(self, now: datetime) -> "LetterQuerySet":
        """Those that were let go, newest first."""
        return self.filter(leaves_at__lte=now).order_by("-leaves_at", "-pk")


class Letter(Edited):
    """One text to many. A draft leaves nowhere; one that was sent is held until `leaves_at`, and can be taken back until
    then. `audience` has the codes of events.actions.audiences; a correction goes to whoever got what it `corrects`.
    `quotas` has the keys of those whose people alone it can reach, as with all that co-organisers write; none: of all."""

    PUBLIC_WORDS = ("subject", "words")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="letters")
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters")
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrections"
    )
    # Of the page on which it was begun: pressed twice there, it is one letter.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audience = models.JSONField(default=list, blank=True)
    # No relation: a quota that goes must not leave a letter to everybody.
    quotas = models.JSONField(default=list, blank=True)
    subject = models.CharField(_("subject"), max_length=SUBJECT_LENGTH)
    words = models.TextField(_("your words"), max_length=WORDS_LENGTH)
    leaves_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [models.Index(fields=["event", "-leaves_at"], name="letters_of_event")]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        return self.leaves_at is None

    def is_held(self, now: datetime) -> bool:
        return self.leaves_at is not None and now < self.leaves_at

    def has_left(self, now: datetime) -> bool:
        return self.leaves_at is not None and self.leaves_at <= now


class LetterCopyQuerySet(models.QuerySet[Any]):
    def that_left(self) -> "LetterCopyQuerySet":
        """Without those that made no sense any more when their turn came: whoever they were for had left."""
        return self.exclude(mail__state=OutgoingMail.State.DROPPED)


class LetterCopy(models.Model):
    """A letter to one person. `mail` is in the outbox for as long as that remembers; what came of it stands there."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="copies")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="letters")
    mail = models.OneToOneField(
        OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="letter_copy"
    )

    objects = LetterCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of a letter")
        verbose_name_plural = _("copies of letters")
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "registration"], name="one_copy_a_letter_and_registration"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.registration}"
