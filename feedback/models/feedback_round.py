"""Asking after one event: who may answer still, and, apart from that, what was answered.

Who has answered (AnswerLink) and what was answered (WaitingSheet, AnswerText, the tallies of FeedbackRound) have nothing
in common: no key, no address, no order, no time. docs/decisions/0014 says how, and tests/feedback/test_nobody_can_tell.py
tries to join them.
"""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Closed, Event, Registration
from feedback.models.feedback_form import FeedbackForm, Question
from kit.anonymity import THRESHOLD, Unjoined
from kit.links import LinkQuerySet, OpenedByLink
from kit.sealing import Sealed, SealedTextField
from kit.times import end_of_day


def new_room_code() -> str:
    """A code for the screen in the room: short enough to type, says nothing."""
    return "".join(secrets.choice("CDFHJKMNPQRTVWXY34679") for _ in range(6))


class FeedbackRound(Sealed):
    """One event asked with one form, from its end on. `tallies` (sealed JSON, see feedback.actions.tallies) holds how
    often each answer was given, `shown` how many people's answers were released, `room_answers` how many came from the
    room."""

    THRESHOLD = THRESHOLD
    ON_SCREEN_BEFORE_THE_END = timedelta(minutes=30)
    ON_SCREEN_AFTER_THE_END = timedelta(hours=3)

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="feedback_round")
    form = models.ForeignKey(FeedbackForm, on_delete=models.PROTECT, related_name="rounds")
    is_wanted = models.BooleanField(_("ask for feedback"), default=True)
    days_open = models.PositiveSmallIntegerField(_("days to answer"), default=14)
    room_code = models.CharField(max_length=12, default=new_room_code, unique=True)
    shown = models.PositiveIntegerField(default=0)
    room_answers = models.PositiveIntegerField(default=0)
    tallies = SealedTextField(blank=True, default="")
    is_settled = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("round of feedback")
        verbose_name_plural = _("rounds of feedback")

    def __str__(self) -> str:
        return str(_("Feedback on %(event)s") % {"event": self.event})

    @property
    def opens_at(self) -> datetime | None:
        """The end of the event: of one that was called off in the middle, when that was."""
        event = self.event
        ends = [moment for moment in (event.ends_at, event.is_cancelled and event.called_off_at) if moment]
        return min(ends, default=None)

    @property
    def closes_at(self) -> datetime | None:
        ends_at = self.opens_at
        return ends_at + timedelta(days=self.days_open) if ends_at else None

    def closed_because(self, now: datetime | None = None) -> Closed | None:
        """Why nobody can answer now; None while they can."""
        now, opens_at = now or timezone.now(), self.opens_at
        if opens_at is None or not self.is_asked:
            return Closed.NOT_OFFERED
        closes_at = opens_at + timedelta(days=self.days_open)
        return Closed.first((Closed.NOT_YET, now < opens_at), (Closed.TOO_LATE, now >= closes_at))

    @property
    def is_asked(self) -> bool:
        """Whether people are asked at all: of what took place, also of what was called off in the middle of it."""
        return self.is_wanted and (self.event.is_published or self._broke_off())

    def _broke_off(self) -> bool:
        off_at = self.event.called_off_at
        starts_at = self.event.starts_at if self.event.is_cancelled else None
        return off_at is not None and starts_at is not None and starts_at <= off_at

    @property
    def screen_closes_at(self) -> datetime | None:
        """The end of the day on which the event ends, and late in the evening some hours after it."""
        ends_at = self.opens_at
        return self._screen_closes(ends_at) if ends_at else None

    def _screen_closes(self, ends_at: datetime) -> datetime:
        return max(end_of_day(ends_at, self.event.time_zone), ends_at + self.ON_SCREEN_AFTER_THE_END)

    def screen_closed_because(self, now: datetime | None = None) -> Closed | None:
        """Why nobody can answer at the address that is shown in the room; None while they can: from half an hour
        before the end of the event until `screen_closes_at`."""
        now, ends_at = now or timezone.now(), self.opens_at
        if ends_at is None or not self.is_asked:
            return Closed.NOT_OFFERED
        return Closed.first(
            (Closed.NOT_YET, now < ends_at - self.ON_SCREEN_BEFORE_THE_END),
            (Closed.TOO_LATE, now >= self._screen_closes(ends_at)),
        )

    @property
    def is_shown(self) -> bool:
        return self.shown >= self.THRESHOLD


class AnswerLink(OpenedByLink):
    """A person's right to answer once. That it was used is kept without when; what was said stands nowhere near."""

    LINK = "feedback"

    round = models.ForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="links")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    is_used = models.BooleanField(default=False)
    wants_no_reminder = models.BooleanField(default=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to give feedback")
        verbose_name_plural = _("links to give feedback")
        constraints = [
            models.UniqueConstraint(fields=["round", "registration"], name="one_link_a_registration"),
        ]

    def __str__(self) -> str:
        return str(_("Link %(number)s") % {"number": self.pk})


class WaitingSheet(Unjoined):
    """One person's answers until they are released into the results together with others'.

    All that wait are written anew, in a new order and sealed anew, with every answer that comes."""

    round = models.ForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="waiting")
    answers = SealedTextField()

    class Meta:
        verbose_name = _("answers that wait")
        verbose_name_plural = _("answers that wait")

    def __str__(self) -> str:
        return "Answers"


class AnswerTextQuerySet(models.QuerySet["AnswerText"]):
    def shown(self) -> "AnswerTextQuerySet":
        return self.filter(is_released=True, hidden_because="")


class AnswerText(Unjoined):
    """One answer in words, by itself: it is not known with which other answers it came. All are written anew, in a new
    order, each time more are released. `themes` are tags that organisers give by hand. `is_first_hand`
    (events.actions.first_hand) is known only until it is released."""

    round = models.ForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="texts")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="texts")
    text = SealedTextField()
    is_released = models.BooleanField(default=False)
    is_first_hand = models.BooleanField(default=False)
    themes = models.JSONField(default=list, blank=True)
    hidden_because = models.CharField(max_length=200, blank=True)

    objects = AnswerTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer in words")
        verbose_name_plural = _("answers in words")

    def __str__(self) -> str:
        return "Text"
