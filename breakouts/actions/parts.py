"""What somebody does for an event as host or helper, and the place that came with it."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from breakouts.actions import rooms
from breakouts.models import Helper, Host
from events.actions import volunteers
from events.models import Event, Registration, Session


def ended(event: Event, registration: Registration | None) -> None:
    """Let the place go that somebody had for hosting or helping, unless they still do something. Called in the
    transaction of every end of a part, under the lock of the event."""
    if registration is None or _does_more(registration):
        return
    registration.event = event
    if volunteers.part_ended(registration).is_waiting:
        rooms.give_up_seat(registration)


def settle() -> int:
    """End the places whose part is over at events to come: it ended when the event had begun, or was off, and now there
    is another date. For the clock. Returns how many."""
    own, now = {"registration": OuterRef("pk")}, timezone.now()
    to_come = Session.objects.filter(starts_at__gt=now, event__state=Event.State.PUBLISHED).values("event")
    beside = Registration.objects.filter(volunteers_place=True, state=Registration.State.CONFIRMED)
    left_over = beside.filter(
        ~Exists(Session.objects.filter(event=OuterRef("event"), starts_at__lte=now)),
        ~Exists(Host.objects.hosting().filter(**own)),
        ~Exists(Helper.objects.helping().filter(**own)),
        event__in=to_come,
    )
    rows = list(left_over.select_related("event").order_by("pk"))
    for registration in rows:
        _settle(registration)
    return len(rows)


def place_goes_with(part: Host | Helper) -> bool:
    """Whether somebody's place would end with this part: it came with what they do, and they do nothing else."""
    registration = part.registration
    if registration is None or not registration.has_volunteers_place or part.event.has_begun():
        return False
    return not _does_more(registration, besides=part)


@transaction.atomic
def _settle(registration: Registration) -> None:
    ended(registration.event.locked(), registration)


def _does_more(registration: Registration, besides: Host | Helper | None = None) -> bool:
    """Whether somebody hosts or helps."""
    hosting = Host.objects.hosting().filter(registration=registration)
    helping = Helper.objects.helping().filter(registration=registration)
    return hosting.exclude(_is(besides, Host)).exists() or helping.exclude(_is(besides, Helper)).exists()


def _is(part: Host | Helper | None, model: type[Host] | type[Helper]) -> Q:
    return Q(pk=part.pk) if isinstance(part, model) else Q(pk=None)
