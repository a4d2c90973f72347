"""What came up in the rooms: notes as they were taken, and the recap that is made of them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from breakouts.models.helper import Helper
from breakouts.models.host import Host
from breakouts.models.topic import Topic
from events.models import Event
from kit.meanwhile import Edited
from kit.sealing import Sealed, SealedTextField
from people.models import Person


class RoomNote(models.Model):
    """One note-taker's notes of one room; two note-takers have a row each. `version` rises with every saving, so that two
    tabs do not overwrite each other unseen."""

    QUESTIONS = {
        "came_up": _("What came up"),
        "helped": _("What helped"),
        "asks": _("What we ask for"),
        "sentence": _("One sentence for everyone"),
    }
    PARTS = tuple(QUESTIONS)

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="notes")
    helper = models.ForeignKey(Helper, null=True, blank=True, on_delete=models.SET_NULL, related_name="notes")
    host = models.ForeignKey(Host, null=True, blank=True, on_delete=models.SET_NULL, related_name="notes")
    came_up = models.TextField(_("what came up"), blank=True, max_length=5000)
    helped = models.TextField(_("what helped"), blank=True, max_length=3000)
    asks = models.TextField(_("what we ask for"), blank=True, max_length=3000)
    sentence = models.TextField(_("one sentence for everyone"), blank=True, max_length=300)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notes of a room")
        verbose_name_plural = _("notes of rooms")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "helper"], condition=Q(helper__isnull=False), name="one_note_a_helper"
            ),
            models.UniqueConstraint(
                fields=["topic", "host"], condition=Q(host__isnull=False), name="one_note_a_host"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Notes of %(topic)s") % {"topic": self.topic})

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, part) for part in self.PARTS)

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def writer(self) -> Helper | Host | None:
        """The name of whoever wrote; None when they are no longer known here."""
        return self.helper or self.host

    def answers(self) -> list[tuple[str, str]]:
        """The answers that were given, each with its question."""
        return [
            (str(words), getattr(self, part)) for part, words in self.QUESTIONS.items() if getattr(self, part)
        ]


class RecapPart(Edited):
    """What the recap says of one room (Markdown), once an organiser has read it. `is_checked`: no names, fit to show."""

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="recap_part")
    text = models.TextField(_("main points"), blank=True, max_length=8000)
    sentence = models.CharField(_("one sentence"), max_length=300, blank=True)
    is_checked = models.BooleanField(default=False)
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    PUBLIC_WORDS = ("text", "sentence")

    class Meta:
        verbose_name = _("recap of a room")
        verbose_name_plural = _("recap of rooms")

    def __str__(self) -> str:
        return str(_("Recap of %(topic)s") % {"topic": self.topic})


class TakeOut(Sealed):
    """What somebody who was there asked to leave out of the recap. When it is done the words go; that it was asked
    for and done stays."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="take_outs")
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="take_outs"
    )
    words = SealedTextField(_("what to take out"), blank=True, default="")
    asked_at = models.DateTimeField(default=timezone.now)
    was_published = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("request to take something out")
        verbose_name_plural = _("requests to take something out")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return str(_("Request %(number)s") % {"number": self.pk})

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
