"""Places that an event keeps for a group of people, an institution most often."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Closed, Event
from events.models.places import Pair
from kit.states import known_values


class Way(models.TextChoices):
    """How somebody comes, where an event can be come to in both ways."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")


class Quota(models.Model):
    """`places` may be empty: then it has what those with a number leave, together with the others that have none.
    Whoever has an address at one of `domains`, knows the `code`, or is agreed to by an organiser (`asks`) belongs to it;
    with none of the three everybody does. With a `way` it is a pair: the institution, and how its people come."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="quotas")
    name = models.CharField(_("name"), max_length=80)
    way = models.CharField(_("how they come"), max_length=10, choices=Way, blank=True)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    # One a line, in small letters.
    domains = models.TextField(_("endings of their email addresses"), blank=True, max_length=2000)
    code = models.CharField(_("code"), max_length=40, blank=True)
    asks = models.BooleanField(_("people can ask the organisers"), default=False)
    # Within the registration of the event; empty where it is open as long as that is.
    opens_at = models.DateTimeField(_("places open"), null=True, blank=True)
    closes_at = models.DateTimeField(_("places close"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    PUBLIC_WORDS = ("name",)

    @known_values(way=[*Way, ""])
    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "name", "way"],
                name="one_quota_a_name_and_way",
                violation_error_message=_("There is a group of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=F("closes_at")),
                name="quota_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_way_display()}" if self.way else self.name

    @property
    def pair(self) -> Pair:
        return Pair(self.pk, self.way)

    def closed_because(self, now: datetime) -> Closed | None:
        """Why nobody can register for it now, beside what holds for the whole event; None while they can."""
        return Closed.first(
            (Closed.NOT_YET, self.opens_at is not None and now < self.opens_at),
            (Closed.TOO_LATE, self.closes_at is not None and now >= self.closes_at),
        )

    @property
    def is_for_everyone(self) -> bool:
        """Whether nobody has to show that they belong to it."""
        return not (self.domains or self.code or self.asks)

    def knows_address(self, email: str) -> bool:
        """Whether an address is at one of its domains, or at a part of one: ljmu.ac.uk has staff.ljmu.ac.uk in it."""
        domain = email.rpartition("@")[2].casefold()
        return any(domain == own or domain.endswith(f".{own}") for own in self.domains.split())

    def knows_code(self, typed: str) -> bool:
        """Whether this is its code. Only letters and digits count, in whichever case."""
        code = plain_code(self.code)
        return bool(code) and plain_code(typed) == code


def plain_code(code: str) -> str:
    return "".join(filter(str.isalnum, code)).casefold()
