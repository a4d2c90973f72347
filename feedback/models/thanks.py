"""A private word of thanks from a room to its host, shown only when enough people wrote one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event, Registration
from kit.anonymity import THRESHOLD, Unjoined
from kit.sealing import SealedTextField


class ThanksGiven(models.Model):
    """The note that somebody has written to a host, so that nobody writes twice; not what, and not when."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("thanks given")
        verbose_name_plural = _("thanks given")

    def __str__(self) -> str:
        return str(_("Thanks %(number)s") % {"number": self.pk})


class Thanks(Unjoined):
    """`room` is the key that breakouts gives the topic; this app knows nothing else of rooms. Its host sees words when
    THRESHOLD of them that are first-hand (events.actions.first_hand) have come, and then all that came together. All of
    a room are written anew, in a new order, with each that comes."""

    THRESHOLD = THRESHOLD

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="thanks")
    room = models.PositiveIntegerField()
    text = SealedTextField()
    is_shown = models.BooleanField(default=False)
    is_first_hand = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("thanks to a host")
        verbose_name_plural = _("thanks to hosts")

    def __str__(self) -> str:
        return "Thanks"
