"""How an event with several dates, or with places for several groups of people, is run."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Programme(models.Model):
    """Base of `Event`: quotas and when what they leave is shared, who may ask for a place, what is asked of whoever comes
    to several dates, and what completes them."""

    class Entry(models.TextChoices):
        OPEN = "open", _("Everyone whom it is for")
        INVITED = "invited", _("Only people whom we invite")

    class MissedDate(models.TextChoices):
        ALLOW = "allow", _("They keep their place")
        CATCH_UP = "catch_up", _("We ask them, and they can catch up")
        RELEASE = "release", _("Their place goes to whoever waits")

    WORDS = {"entry": Entry, "missed_date": MissedDate}

    # Whether its places are given by quota: set with them, so that no event without them has to look for any.
    has_quotas = models.BooleanField(default=False, editable=False)
    # From when on what the quotas leave is for everyone who waits, and when that happened.
    pool_at = models.DateTimeField(_("unused places are shared from"), null=True, blank=True)
    pooled_at = models.DateTimeField(null=True, blank=True, editable=False)
    entry = models.CharField(_("who can register"), max_length=10, choices=Entry, default=Entry.OPEN)
    needs_every_date = models.BooleanField(_("people must be able to come to every date"), default=False)
    missed_date = models.CharField(
        _("when somebody misses a date"), max_length=10, choices=MissedDate, default=MissedDate.ALLOW
    )
    catch_up_task = models.TextField(_("how they catch up"), blank=True, max_length=1000)
    # How many dates complete it; None where nothing has to be completed.
    dates_to_complete = models.PositiveSmallIntegerField(
        _("dates that complete it"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    catching_up_counts = models.BooleanField(_("a date caught up on counts"), default=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(has_quotas=True) | Q(pool_at=None, pooled_at=None),
                name="only_quotas_are_pooled",
            ),
            models.CheckConstraint(
                condition=Q(dates_to_complete=None) | Q(dates_to_complete__gte=1),
                name="at_least_one_date_completes",
            ),
        ]

    @property
    def is_by_invitation(self) -> bool:
        return self.entry == self.Entry.INVITED
