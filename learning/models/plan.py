"""What an event asks and says beside its dates: whether a pledge completes it, and what its certificate says."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event
from kit.meanwhile import Edited


class LearningPlan(Edited):
    """A row only where organisers said something; without one nothing is asked and the certificate has the event's own
    words."""

    # Whatever lies beside the dates of an event comes with a plan (`known_to`), so that pages of all others ask nothing.
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="learning_plan")
    # People can make a pledge there.
    has_pledges = models.BooleanField(default=False)
    # At one of its dates questions can be asked without a name.
    has_surgery = models.BooleanField(default=False)
    # Whoever completes it has made a pledge too; only that there is one is asked, never what it says.
    asks_pledge = models.BooleanField(_("a pledge belongs to it"), default=False)
    about = models.CharField(_("what it was about"), max_length=300, blank=True)
    with_whom = models.CharField(_("with whom"), max_length=300, blank=True)
    signed_by = models.CharField(_("who signs"), max_length=120, blank=True)

    PUBLIC_WORDS = ("about", "with_whom", "signed_by")

    class Meta:
        verbose_name = _("plan of learning")
        verbose_name_plural = _("plans of learning")

    def __str__(self) -> str:
        return str(self.event)

    @classmethod
    def of(cls, event: Event) -> "LearningPlan":
        """The one of this event; a new one, not saved, where nothing was said. One query."""
        return cls.objects.filter(event=event).first() or cls(event=event)

    @classmethod
    def is_none(cls, event: Event) -> bool:
        """Whether there is none. No query for an event that was loaded with it; else one, once."""
        try:
            return event.learning_plan is None
        except cls.DoesNotExist:
            return True

    @classmethod
    def known_to(cls, event: Event) -> "LearningPlan":
        """The one of this event, made where there was none: whatever is put beside its dates begins with it."""
        return cls.objects.get_or_create(event=event)[0]
