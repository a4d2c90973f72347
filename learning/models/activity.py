"""One page of the workbook of an event: what everyone with a place is asked, and after which date."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event, Session
from kit.meanwhile import Edited
from kit.states import known_values
from learning.models.page import LearningPage


class ActivityQuerySet(models.QuerySet["Activity"]):
    def asked(self) -> "ActivityQuerySet":
        """Those that were not taken out."""
        return self.filter(retired_at=None)


class Activity(Edited):
    """`number` is for addresses and never changes; how they follow each other says `in_order`. It opens with the end of
    the date it follows, so it moves along with that; without one it is open from the first. `prompts` are pairs: a
    question, and a hint or ""."""

    class Kind(models.TextChoices):
        QUESTIONS = "questions", _("Questions")
        SCALE = "scale", _("Sentences and how far they fit")
        CIRCLE = "circle", _("Circle of influence")
        PLAN = "plan", _("Plan of action")
        NOTICED = "noticed", _("One thing I noticed")
        SCENARIO = "scenario", _("Practise a situation")

    # What pages with lines of their own ask nothing else without.
    WITHOUT_QUESTIONS = (Kind.CIRCLE, Kind.PLAN)
    MOST_QUESTIONS = 12
    LONGEST_QUESTION = 300

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="activities")
    after = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities"
    )
    number = models.PositiveSmallIntegerField(editable=False)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.QUESTIONS)
    title = models.CharField(_("title"), max_length=140)
    intro = models.TextField(_("introduction"), max_length=1000, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    prompts = models.JSONField(_("questions"), default=list, blank=True)
    read_first = models.CharField(_("page to read first"), max_length=300, blank=True)
    # What is practised, of a page of that kind: it has a page of its own beside the workbook's.
    scenario = models.ForeignKey(
        LearningPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities"
    )
    # When those with a place were told that it is open.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Taken out: it stays for whoever wrote on it.
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ActivityQuerySet.as_manager()

    @known_values(kind=Kind)
    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_number_an_activity"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def questions(self) -> list[tuple[str, str]]:
        return [(str(question), str(hint)) for question, hint in self.prompts]

    def is_open(self, now: datetime) -> bool:
        """Whether whoever has a place can write on it. It stays open until workbooks are
        deleted."""
        return self.retired_at is None and (self.after is None or self.after.is_over(now))


def in_order(activities: Any, sessions: Any) -> list[Activity]:
    """Activities as people come to them, with the dates at hand, so that none is asked for: first those before the
    first date, then after each, as the organisers put them."""
    by_key = {session.pk: (place, session) for place, session in enumerate(sessions, start=1)}
    found = []
    for activity in activities:
        place, session = by_key.get(activity.after_id, (0, None))
        activity.after = session
        found.append((place, activity.order, activity.number, activity))
    return [activity for *_place, activity in sorted(found, key=lambda line: line[:3])]
