"""How people answered a situation: alone, and together in a room. Of who answered nothing leads to what.

docs/decisions/0057 says how. What was counted is sealed and opened by learning.actions.scenario_counts and
learning.actions.live_scenarios alone.
"""

import secrets
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Registration, Session
from kit.anonymity import Unjoined
from kit.links import LinkQuerySet, OpenedByLink
from kit.sealing import SealedTextField
from learning.models.page import LearningPage


def new_live_code() -> str:
    """Short enough to read from a screen and to type on a phone, without letters that look alike."""
    return "".join(secrets.choice("cdfhjkmnpqrtvwxy34679") for _ in range(4))


class ScenarioCount(Unjoined):
    """How often each answer was given by people who practised alone: a kit.anonymity.Tally as sealed JSON."""

    page = models.OneToOneField(LearningPage, on_delete=models.CASCADE, related_name="scenario_count")
    tally = SealedTextField(blank=True, default="")

    class Meta:
        verbose_name = _("count of answers to a situation")
        verbose_name_plural = _("counts of answers to situations")

    def __str__(self) -> str:
        return f"{self.pk}"


class ScenarioAnswered(models.Model):
    """That somebody answered by their own link, so that nobody counts twice. Never what; all of a page are written anew
    with each."""

    page = models.ForeignKey(LearningPage, on_delete=models.CASCADE, related_name="answered")
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="scenarios_answered"
    )

    class Meta:
        verbose_name = _("answer to a situation was given")
        verbose_name_plural = _("answers to situations were given")
        constraints = [
            models.UniqueConstraint(fields=["page", "registration"], name="one_answer_a_situation"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class LiveScenario(OpenedByLink):
    """A situation shown to a room, at one date. First it is read; from `ends_at` being set on people answer, also when
    that is over, until it is closed. `options` are those of the moment it was opened; `shown` is what came of it,
    if enough people answered."""

    LINK: ClassVar[str] = "screen"

    page = models.ForeignKey(LearningPage, on_delete=models.CASCADE, related_name="live")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="live_scenarios")
    code = models.CharField(max_length=8, default=new_live_code, unique=True, editable=False)
    minutes = models.PositiveSmallIntegerField(_("minutes to answer"), default=3)
    options = models.JSONField(default=list)
    opened_on = models.DateField(default=timezone.localdate, editable=False)
    ends_at = models.DateTimeField(null=True, blank=True)
    is_closed = models.BooleanField(default=False)
    # In parts: the places of one answer, or of several that are told together, and how many gave them.
    shown = models.JSONField(default=list, blank=True)
    is_shown = models.BooleanField(default=False)

    objects: ClassVar[LinkQuerySet["LiveScenario"]] = LinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("situation in a room")
        verbose_name_plural = _("situations in rooms")
        ordering = ["-pk"]
        constraints = [
            # Twice in one room would show who left in between.
            models.UniqueConstraint(
                fields=["page", "session"],
                condition=models.Q(is_closed=False) | models.Q(is_shown=True),
                name="a_situation_is_shown_once_a_date",
                violation_error_message=_("This situation was answered at this date already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page}, {self.code}"

    @property
    def is_collecting(self) -> bool:
        return self.ends_at is not None and not self.is_closed

    def is_time_over(self, now: datetime) -> bool:
        """Whether the time that people were told is over; answers count until it is closed all the same."""
        return self.ends_at is not None and now >= self.ends_at

    def is_left_alone(self, today: date) -> bool:
        """Whether nobody closed it on its day."""
        return not self.is_closed and self.opened_on < today


class LiveCount(Unjoined):
    """How a room answers while it does: sealed JSON of numbers, and of marks of the browsers that answered. Gone when
    it is closed."""

    live = models.OneToOneField(LiveScenario, on_delete=models.CASCADE, related_name="count")
    tally = SealedTextField(blank=True, default="")

    class Meta:
        verbose_name = _("count of a room")
        verbose_name_plural = _("counts of rooms")

    def __str__(self) -> str:
        return f"{self.pk}"
