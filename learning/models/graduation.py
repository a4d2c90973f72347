"""Who has completed a programme, and what is left of a certificate when nobody knows any more whose it was."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event, Registration, Session
from kit.states import known_values


class Graduation(models.Model):
    """Written by learning.actions.graduating alone, and deleted when it turns out to be wrong. `wanted`: how many dates
    completed it then; whoever asks for more afterwards takes nothing back."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="graduation")
    graduated_on = models.DateField()
    wanted = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("graduation")
        verbose_name_plural = _("graduations")

    def __str__(self) -> str:
        return str(self.registration)


class CertificateCheck(models.Model):
    """That a certificate with some name and some code was given: fingerprints, from which neither can be read. Nothing
    leads from it to a person or to a registration, so it stays when they are gone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="certificate_checks")
    # Of name and code together; and of the code alone, by which what was given wrongly is found again.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    code_digest = models.CharField(max_length=64, db_index=True, editable=False)

    class Meta:
        verbose_name = _("check of a certificate")
        verbose_name_plural = _("checks of certificates")

    def __str__(self) -> str:
        return f"{self.event}, {self.pk}"


class SpacingPrompt(models.Model):
    """A few words that bring a date back to mind, some weeks after it, for those who wish for it."""

    class After(models.IntegerChoices):
        A_WEEK = 1, _("One week after")
        FOUR_WEEKS = 4, _("Four weeks after")

    LONGEST = 300
    PUBLIC_WORDS = ("words",)

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="spacing_prompts")
    weeks = models.PositiveSmallIntegerField(choices=After)
    words = models.CharField(max_length=LONGEST)

    @known_values(weeks=After)
    class Meta:
        verbose_name = _("prompt after a date")
        verbose_name_plural = _("prompts after a date")
        constraints = [
            models.UniqueConstraint(fields=["session", "weeks"], name="one_prompt_a_date_and_moment")
        ]

    def __str__(self) -> str:
        return f"{self.session}, {self.weeks}"

    @property
    def after(self) -> timedelta:
        return timedelta(weeks=self.weeks)


class SpacingWish(models.Model):
    """Somebody wants the prompts of their programme. No row says that they do not."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="spacing_wish")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("wish for prompts")
        verbose_name_plural = _("wishes for prompts")

    def __str__(self) -> str:
        return str(self.registration)
