"""What co-organisers see of an event: the people of their own groups of places, in numbers."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from events.actions.listed import Listed
from events.models import Event, Quota, QuotaOrganiser, Registration
from events.permissions import people_run_by
from people.models import Person

State = Registration.State


@dataclass(frozen=True)
class Part:
    """One group of places: how many there are, have a place, wait, and ask to be agreed to. `role` is the reader's."""

    quota: Quota
    placed: int
    waiting: int
    asking: int
    role: int

    @property
    def everyone(self) -> str:
        """All of them, as a letter names those it is for."""
        return Listed(quota=str(self.quota.pk)).code


def parts_of(person: Person, event: Event) -> list[Part]:
    """Two queries."""
    rows = people_run_by(person, event).live().with_confirmed_address().order_by()
    counted = Counter(rows.values_list("quota", "state"))
    roles = (
        QuotaOrganiser.objects.accepted().filter(person=person, quota__event=event).select_related("quota")
    )
    return [
        Part(
            role.quota,
            sum(counted[role.quota_id, state] for state in Registration.HOLDING),
            counted[role.quota_id, State.WAITING],
            counted[role.quota_id, State.HELD],
            role.pk,
        )
        for role in roles
    ]


def looked_after_by(person: Person) -> list[QuotaOrganiser]:
    """The groups of places that somebody looks after at events that are not over, soonest first. One query."""
    roles = QuotaOrganiser.objects.accepted().filter(person=person)
    coming = roles.filter(quota__event__sessions__ends_at__gt=timezone.now()).distinct()
    return list(coming.select_related("quota__event").order_by("quota__event__pk", "pk"))


def first_page(event: Event) -> str:
    return reverse("organise:event", args=[event.slug])
