"""A surgery: questions that people ask without a name, at one date of an event.

What is asked (SurgeryQuestion) has nothing in common with who may ask: no key, no address, no order, no time. Everything
of a question, how it stands too, is in one sealed text (learning.asked); all questions of a surgery are written anew with
each change of one (kit.anonymity). docs/decisions/0056 says how.
"""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event, Session
from kit.anonymity import Unjoined
from kit.sealing import Sealed, SealedTextField
from kit.states import known_values


def new_room_code() -> str:
    """A code for the screen in the room: short enough to type, says nothing."""
    return "".join(secrets.choice("CDFHJKMNPQRTVWXY34679") for _ in range(6))


class SurgeryQuerySet(models.QuerySet["Surgery"]):
    def with_event(self) -> "SurgeryQuerySet":
        rows = self.select_related("event__group", "session")
        return rows.prefetch_related("event__sessions")


class Surgery(Sealed):
    """`read_at`: the last moment of reading that was kept to (learning.actions.surgery_moments). `counts` (sealed JSON,
    see learning.actions.me_toos): of each question how many wonder the same, and the number that is shown. `screen` grows
    with whatever the large page shows. `has_to_read`: something waits for those who read."""

    class AsksUntil(models.TextChoices):
        START = "start", _("Until the date begins")
        END = "end", _("Until the date ends")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="surgeries")
    session = models.OneToOneField(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="surgery"
    )
    code = models.CharField(max_length=12, default=new_room_code, unique=True, editable=False)
    answered_by = models.CharField(_("who answers"), max_length=120, blank=True)
    asks_until = models.CharField(
        _("questions can be asked"), max_length=5, choices=AsksUntil, default=AsksUntil.END
    )
    is_open = models.BooleanField(default=True)
    room_is_open = models.BooleanField(_("the room can ask by its own address"), default=True)
    counts = SealedTextField(blank=True, default="")
    screen = models.PositiveIntegerField(default=0, editable=False)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    has_to_read = models.BooleanField(default=False, editable=False)

    PUBLIC_WORDS = ("answered_by",)

    objects = SurgeryQuerySet.as_manager()

    @known_values(asks_until=AsksUntil)
    class Meta:
        verbose_name = _("surgery")
        verbose_name_plural = _("surgeries")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.event)

    def closes_at(self) -> datetime | None:
        """When the last question can be asked; None without a date."""
        if self.session is None:
            return None
        return self.session.starts_at if self.asks_until == self.AsksUntil.START else self.session.ends_at

    def takes_questions(self, now: datetime) -> bool:
        closes_at = self.closes_at()
        return self.is_open and self.event.is_published and closes_at is not None and now < closes_at

    def is_on(self, now: datetime) -> bool:
        """Whether its date is on, or begins within the quarter of an hour."""
        session = self.session
        return session is not None and session.starts_at - timedelta(minutes=15) <= now < session.ends_at


class SurgeryQuestion(Unjoined):
    """One question, and how it stands (learning.asked.Asked). All of a surgery are written anew with each change."""

    surgery = models.ForeignKey(Surgery, on_delete=models.CASCADE, related_name="questions")
    sheet = SealedTextField()

    class Meta:
        verbose_name = _("question of a surgery")
        verbose_name_plural = _("questions of surgeries")

    def __str__(self) -> str:
        return "Question"


class SurgeryReply(Unjoined):
    """What those who read wrote to whoever asked: found by the question's own key, which stands within its sheet. All of
    a surgery are written anew with each, since they answer handful by handful."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Asks for other words")
        ANSWER = "answer", _("The answer")
        MORE = "more", _("To the one thing more")

    surgery = models.ForeignKey(Surgery, on_delete=models.CASCADE, related_name="replies")
    question = models.CharField(max_length=16)
    kind = models.CharField(max_length=6, choices=Kind)
    text = SealedTextField()

    @known_values(kind=Kind)
    class Meta:
        verbose_name = _("answer of a surgery")
        verbose_name_plural = _("answers of surgeries")
        constraints = [
            models.UniqueConstraint(fields=["surgery", "question", "kind"], name="one_reply_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}"


class PublishedAnswer(models.Model):
    """A question in the organisers' own words, with its answer, for everyone to read. Nothing leads from it to what was
    asked."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="published_answers")
    question = models.CharField(_("the question, in your words"), max_length=300)
    answer = models.TextField(_("the answer"), max_length=2000)
    published_on = models.DateField(default=timezone.localdate)

    PUBLIC_WORDS = ("question", "answer")

    class Meta:
        verbose_name = _("published answer of a surgery")
        verbose_name_plural = _("published answers of surgeries")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.question
