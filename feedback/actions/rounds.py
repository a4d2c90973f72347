"""Asking after an event: who is asked, when, and when it is over. All of it follows from the state of things."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.actions import places
from events.models import Event, Registration
from feedback.actions import forms, notices, pool
from feedback.models import Link, Round

ASK_AFTER = timedelta(hours=2)
REMIND_AFTER = timedelta(days=3)
# An event that was over long before anybody thought of asking is not asked about.
NOT_LATER_THAN = timedelta(days=14)


@transaction.atomic
def round_of(event: Event) -> Round:
    """The event's round, made if there is none."""
    event = places.lock(event)
    found = Round.objects.filter(event=event).select_related("form").first()
    round = found or Round.objects.create(event=event, form=forms.form_for(event))
    round.event = event
    return round


def open_due(now: datetime | None = None) -> int:
    """A round for every event that has ended, with a link for everyone who had a place. Returns how many are new."""
    now = now or timezone.now()
    lately = Event.objects.filter(sessions__ends_at__lte=now, sessions__ends_at__gt=now - NOT_LATER_THAN)
    lately = lately.filter(state=Event.State.PUBLISHED, takes_registrations=True).distinct()
    number = 0
    for event in lately.prefetch_related("sessions"):
        if not event.is_past(now):
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
    """Open what waits together. Returns how many people's answers were let in."""
    waiting = Round.objects.filter(waiting__isnull=False).distinct().select_related("event")
    return sum(pool.let_in(round) for round in waiting)


def stop_reminding(link: Link) -> None:
    Link.objects.filter(pk=link.pk).update(wants_no_reminder=True)


def _open(now: datetime) -> list[Round]:
    rounds = Round.objects.filter(is_settled=False, is_wanted=True).select_related("event__group")
    return [round for round in rounds.prefetch_related("event__sessions") if not round.closed_because(now)]
