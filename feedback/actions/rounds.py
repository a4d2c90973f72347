"""Asking after an event: who is asked, when, and when it is over. All of it follows from the state of things."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from events.models import Event, Registration
from feedback.actions import feedback_forms, notices, pool
from feedback.actions.refusals import Settled
from feedback.models import AnswerLink, FeedbackRound
from kit.anonymity import shuffled

ASK_AFTER = timedelta(hours=2)
READY_BEFORE = timedelta(hours=2)
REMIND_AFTER = timedelta(days=3)
# An event that was over long before anybody thought of asking is not asked about.
NOT_LATER_THAN = timedelta(days=14)


@transaction.atomic
def round_of(event: Event) -> FeedbackRound:
    """The event's round, made if there is none. Until somebody can answer it takes the form that is nearest now."""
    event = event.locked()
    found = FeedbackRound.objects.filter(event=event).select_related("form").first()
    round = found or FeedbackRound.objects.create(event=event, form=feedback_forms.form_for(event))
    round.event = event
    if found and not _may_have_been_answered(round):
        round.form = feedback_forms.form_for(event)
        round.save(update_fields=["form"])
    return round


def _may_have_been_answered(round: FeedbackRound) -> bool:
    opens_at = round.opens_at
    is_open = opens_at is not None and timezone.now() >= opens_at - round.ON_SCREEN_BEFORE_THE_END
    return is_open or round.shown > 0 or round.links.exists()


def open_due(now: datetime | None = None) -> int:
    """Make a round for every event that is about to end, so that its address can be shown in the room; and once it
    has ended a link for everyone who had a place. Returns how many links are new."""
    now = now or timezone.now()
    ending = Event.objects.filter(
        sessions__ends_at__lte=now + READY_BEFORE, sessions__ends_at__gt=now - NOT_LATER_THAN
    )
    # Where registration was ended, those who had registered before are asked still.
    registered = Registration.objects.filter(event=OuterRef("pk")).coming()
    asked = ending.filter(Q(takes_registrations=True) | Exists(registered), state=Event.State.PUBLISHED)
    ending = asked.distinct()
    number = 0
    for event in ending.prefetch_related("sessions"):
        if event.ends_at is None or event.ends_at > now + READY_BEFORE:
            continue
        round = round_of(event)
        if not round.closed_because(now):
            number += make_links(round)
    return number


@transaction.atomic
def make_links(round: FeedbackRound) -> int:
    event = round.event.locked()
    known = AnswerLink.objects.filter(round=round).values("registration")
    came = Registration.objects.filter(event=event).coming().exclude(pk__in=known)
    links = AnswerLink.objects.bulk_create(
        AnswerLink(round=round, registration=registration) for registration in shuffled(came)
    )
    return len(links)


def ask_due(now: datetime | None = None) -> int:
    """Owe one mail two hours after the end, and one reminder three days later to those who have neither answered nor
    asked for silence. Returns how many mails are new."""
    now = now or timezone.now()
    number = 0
    for round in _open(now):
        opens_at = round.opens_at or now
        if now >= opens_at + ASK_AFTER:
            number += notices.ask(round)
        if now >= opens_at + REMIND_AFTER:
            number += notices.remind(round)
    return number


def release_due() -> int:
    """Open what waits together, in every round."""
    waiting = list(FeedbackRound.objects.filter(waiting__isnull=False).distinct().select_related("event"))
    for round in waiting:
        pool.release(round)
    if waiting:
        pool.forget_traces()
    # How many it were, and when, is for no log.
    return 0


@transaction.atomic
def stop_reminding(link: AnswerLink) -> None:
    link.round.event.locked()
    AnswerLink.objects.filter(pk=link.pk).update(wants_no_reminder=True)


@transaction.atomic
def change(round: FeedbackRound, *, is_wanted: bool, days_open: int) -> None:
    """Set whether and for how long people are asked. Raises Settled when it is over for good."""
    event = round.event.locked()
    fresh = FeedbackRound.objects.get(event=event)
    if fresh.is_settled:
        raise Settled
    fresh.is_wanted, fresh.days_open = is_wanted, days_open
    fresh.save(update_fields=["is_wanted", "days_open"])


def ask_alike(earlier: Event, event: Event) -> None:
    """Ask about a copy of an event as about the event itself: the same questions, as long, or not at all."""
    feedback_forms.ask_like(earlier, event)
    if round := FeedbackRound.objects.filter(event=earlier).first():
        settings = {"is_wanted": round.is_wanted, "days_open": round.days_open}
        FeedbackRound.objects.create(event=event, form=feedback_forms.form_for(event), **settings)


def _open(now: datetime) -> list[FeedbackRound]:
    rounds = FeedbackRound.objects.filter(is_settled=False, is_wanted=True).select_related("event__group")
    return [round for round in rounds.prefetch_related("event__sessions") if not round.closed_because(now)]
