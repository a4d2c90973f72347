""" "You said, we did": what became of what people said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event
from kit.meanwhile import Edited
from kit.states import known_values
from people.models import Person


class ActionTakenQuerySet(models.QuerySet["ActionTaken"]):
    def published(self) -> "ActionTakenQuerySet":
        return self.filter(published_at__isnull=False)


class ActionTaken(Edited):
    """One theme of the feedback on an event, and the answer to it. `said` is the organisers' summary, never
    somebody's own text."""

    class Answer(models.TextChoices):
        DID = "did", _("We did")
        WILL = "will", _("We will")
        WILL_NOT = "will_not", _("We will not, because")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="actions_taken")
    place = models.PositiveSmallIntegerField(default=1)
    theme = models.CharField(_("theme"), max_length=60)
    said = models.CharField(_("you said"), max_length=300)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.DID)
    words = models.TextField(_("what we did, will do, or why not"), max_length=1000)
    by_when = models.DateField(_("by when"), null=True, blank=True)
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    PUBLIC_WORDS = ("theme", "said", "words")

    objects = ActionTakenQuerySet.as_manager()

    @known_values(answer=Answer)
    class Meta:
        verbose_name = _("action taken")
        verbose_name_plural = _("actions taken")
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(answer="will") | models.Q(by_when__isnull=False),
                name="a_promise_has_a_day",
                violation_error_message=_("Say by when you will do it."),
            ),
        ]

    def __str__(self) -> str:
        return self.theme
