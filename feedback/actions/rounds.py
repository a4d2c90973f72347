"""Asking after an event: who is asked, when, and when it is over. All of it follows from the state of things."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.actions import places
from events.models import Event, Registration
from feedback.actions import forms, notices, pool
from feedback.actions.refusals import Settled
from feedback.models import Link, Round

ASK_AFTER = timedelta(hours=2)
READY_BEFORE = timedelta(hours=2)
REMIND_AFTER = timedelta(days=3)
# An event that was over long before anybody thought of asking is not asked about.
NOT_LATER_THAN = timedelta(days=14)


@transaction.atomic
def round_of(event: Event) -> Round:
    """The event's round, made if there is none. Until somebody can answer it takes the form that is nearest now."""
    event = places.lock(event)
    found = Round.objects.filter(event=event).select_related("form").first()
    round = found or Round.objects.create(event=event, form=forms.form_for(event))
    round.event = event
    if found and not _may_have_been_answered(round):
        round.form = forms.form_for(event)
        round.save(update_fields=["form"])
    return round


def _may_have_been_answered(round: Round) -> bool:
    opens_at = round.opens_at
    is_open = opens_at is not None and timezone.now() >= opens_at - round.ON_SCREEN_BEFORE_THE_END
    return is_open or round.shown > 0 or round.links.exists()


def open_due(now: datetime | None = None) -> int:
    """A round for every event that is about to end, so that its address can be shown in the room; and once it has ended
    a link for everyone who had a place. Returns how many links are new."""
    now = now or timezone.now()
    ending = Event.objects.filter(
        sessions__ends_at__lte=now + READY_BEFORE, sessions__ends_at__gt=now - NOT_LATER_THAN
    )
    ending = ending.filter(state=Event.State.PUBLISHED, takes_registrations=True).distinct()
    number = 0
    for event in ending.prefetch_related("sessions"):
        if event.ends_at is None or event.ends_at > now + READY_BEFORE:
            continue
        round = round_of(event)
        if not round.closed_because(now):
            number += make_links(round)
    return number


@transaction.atomic
def make_links(round: Round) -> int:
    event = places.lock(round.event)
    known = Link.objects.filter(round=round).values("registration")
    came = Registration.objects.filter(event=event).coming().exclude(pk__in=known)
    links = Link.objects.bulk_create(
        Link(round=round, registration=registration) for registration in pool.shuffled(came)
    )
    return len(links)


def ask_due(now: datetime | None = None) -> int:
    """One mail two hours after the end, and one reminder three days later to those who have neither answered nor asked
    for silence. Returns how many mails are new."""
    now = now or timezone.now()
    number = 0
    for round in _open(now):
        opens_at = round.opens_at or now
        if now >= opens_at + ASK_AFTER:
            number += notices.ask(round)
        if now >= opens_at + REMIND_AFTER:
            number += notices.remind(round)
    return number


def let_in_due() -> int:
    """Open what waits together. Returns 0 always: how many it were, and when, is for no log."""
    waiting = list(Round.objects.filter(waiting__isnull=False).distinct().select_related("event"))
    for round in waiting:
        pool.let_in(round)
    if waiting:
        pool.forget_traces()
    return 0


@transaction.atomic
def stop_reminding(link: Link) -> None:
    places.lock(link.round.event)
    Link.objects.filter(pk=link.pk).update(wants_no_reminder=True)


@transaction.atomic
def change(round: Round, *, is_wanted: bool, days_open: int) -> None:
    """Whether and for how long people are asked. Raises Settled when it is over for good."""
    event = places.lock(round.event)
    fresh = Round.objects.get(event=event)
    if fresh.is_settled:
        raise Settled
    fresh.is_wanted, fresh.days_open = is_wanted, days_open
    fresh.save(update_fields=["is_wanted", "days_open"])


def _open(now: datetime) -> list[Round]:
    rounds = Round.objects.filter(is_settled=False, is_wanted=True).select_related("event__group")
    return [round for round in rounds.prefetch_related("event__sessions") if not round.closed_because(now)]
