"""What people need to take part: sealed, read by the person and the access leads only, every reading noted."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.access_list import by_hand, label_for, on_papers
from events.models.event import Event
from events.models.registration import Registration
from kit.links import address_confirmed
from kit.meanwhile import Edited
from kit.sealing import Sealed, SealedTextField
from kit.states import known_values
from people.models import Person


class AccessOffer(models.Model):
    """What this hub can offer as standard, and how early it must be asked for."""

    code = models.CharField(max_length=20, unique=True)
    lead_working_days = models.PositiveSmallIntegerField(_("working days needed"), default=0)

    class Meta:
        verbose_name = _("standard access offer")
        verbose_name_plural = _("standard access offers")
        ordering = ["-lead_working_days", "code"]

    def __str__(self) -> str:
        return label_for(self.code)

    @property
    def label(self) -> str:
        return label_for(self.code)


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    def open(self) -> "AccessRequestQuerySet":
        """Not withdrawn, and of a registration that is still live with a confirmed address, at an event that is not
        cancelled."""
        rows = self.filter(address_confirmed("registration"), withdrawn_at=None)
        ended = Q(registration__state=Registration.State.CANCELLED)
        return rows.exclude(ended | Q(registration__event__state=Event.State.CANCELLED))


class AccessRequest(models.Model):
    """All that one person needs for one event. Exists only while there is something to read."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="access_request")
    consent_given_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("access request")
        verbose_name_plural = _("access requests")

    def __str__(self) -> str:
        return str(_("Access request %(number)s") % {"number": self.pk})

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def last_word_at(self) -> datetime:
        """The moment at which the person last wrote something here. No query when needs and messages are prefetched."""
        said = [message.at for message in self.messages.all() if not message.is_from_lead]
        asked = [need.changed_at for need in self.needs.all() if is_their_word(need.state, need.worked)]
        return max([self.created_at, *said, *asked])

    def is_read_since_last_word(self) -> bool:
        last_word = self.last_word_at()
        return any(reading.at >= last_word for reading in self.readings.all())

    def is_open_for(self, reader: Person, now: datetime) -> bool:
        """Whether a noted reading covers what this reader would be shown now: it is fresh, and the person has
        written nothing since."""
        since = max(now - AccessReading.LASTS, self.last_word_at())
        return any(r.reader_id == reader.pk and r.at >= since for r in self.readings.all())


class AccessNeed(Sealed, Edited):
    """One thing that would help. `code` (of events.access_list) and `detail` are sealed. `worked` is the person's own
    word after the event; it closes the need, and says nothing of what it is."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        TO_WRITE = "to_write", _("We write to you first")
        TALKING = "talking", _("We are talking about it")
        ARRANGING = "arranging", _("We are arranging it")
        ARRANGED = "arranged", _("Arranged")
        SOMETHING_ELSE = "something_else", _("Something else is offered")
        CANNOT = "cannot", _("We cannot arrange it")
        CONFIRMED = "confirmed", _("You said: that works for me")

    class Worked(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    ANSWERED = (State.ARRANGED, State.SOMETHING_ELSE, State.CANNOT, State.CONFIRMED)
    WRITTEN_BY_THE_PERSON = (State.RECEIVED, State.TO_WRITE, State.CONFIRMED)

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="needs")
    code = SealedTextField()
    detail = SealedTextField(blank=True, default="")
    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)
    worked = models.CharField(_("did it work?"), max_length=10, choices=Worked, blank=True, default="")

    @known_values(state=State, worked=[*Worked, ""])
    class Meta:
        verbose_name = _("access need")
        verbose_name_plural = _("access needs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(_("Access need %(number)s") % {"number": self.pk})

    @property
    def label(self) -> str:
        return label_for(self.code)

    @property
    def to_do_by_hand(self) -> str:
        """What access leads have to do themselves, because nothing here keeps or counts it; "" once it is answered."""
        return "" if self.is_answered else by_hand(self.code)

    @property
    def is_on_papers(self) -> bool:
        """Whether it hangs on what the organisers give beforehand."""
        return on_papers(self.code)

    @property
    def is_answered(self) -> bool:
        return self.state in self.ANSWERED

    @property
    def edition(self) -> str:
        """A mark of how the need stands, which a form carries, so that nobody answers what they have not seen."""
        return f"{self.state} {super().edition}"


def is_their_word(state: str, worked: str) -> bool:
    """Whether the person, and no access lead, wrote last how a need stands."""
    return bool(worked) or state in AccessNeed.WRITTEN_BY_THE_PERSON


class AccessMessage(Sealed):
    """A line of the conversation between a person and the access leads."""

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="messages")
    by_lead = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_from_lead = models.BooleanField(default=False)
    text = SealedTextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message about access")
        verbose_name_plural = _("messages about access")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(_("Message %(number)s") % {"number": self.pk})


class AccessReading(models.Model):
    """The note that somebody opened what a person needs. Shown to that person. One reading stands for the ten minutes
    after it."""

    # Time to read, think and answer; who comes back later reads once more, and that is told.
    LASTS = timedelta(minutes=10)

    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reading of an access request")
        verbose_name_plural = _("readings of access requests")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.reader} {self.at:%Y-%m-%d %H:%M}"


class AccessCount(models.Model):
    """The number that stays when the texts are gone: how often something was asked for at an event, how it ended, and
    whether people said afterwards that it worked ("" when they did not say)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="access_counts")
    code = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20, choices=AccessNeed.State)
    worked = models.CharField(max_length=10, choices=AccessNeed.Worked, blank=True, default="")
    number = models.PositiveIntegerField(default=0)

    @known_values(outcome=AccessNeed.State, worked=[*AccessNeed.Worked, ""])
    class Meta:
        verbose_name = _("count of access needs")
        verbose_name_plural = _("counts of access needs")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "code", "outcome", "worked"], name="one_count_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.outcome} {self.worked}: {self.number}"
