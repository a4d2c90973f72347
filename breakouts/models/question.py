"""Questions asked before registering, and answered for everyone."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from kit.fields import known_values
from people.models import Person


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> "QuestionQuerySet":
        return self.filter(state=Question.State.ASKED)

    def answered(self) -> "QuestionQuerySet":
        return self.filter(state=Question.State.ANSWERED).order_by("answered_at", "pk")


class Question(models.Model):
    """Something asked before registering. Nothing is public before an organiser has answered it. `email` is there
    only if whoever asked wants a mail when it is answered, with the `language` they read, and both go when that mail
    has left."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered for everyone")
        DECLINED = "declined", _("Not answered in public")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    text = models.TextField(_("your question"), max_length=600)
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language of mails"), max_length=12, blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = QuestionQuerySet.as_manager()

    @known_values(state=State)
    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_answered(self) -> bool:
        """Whether the answer stands on the event's page, for everyone."""
        return self.state == self.State.ANSWERED
