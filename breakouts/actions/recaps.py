"""The recap of an event: a part a room, written by organisers from the notes, shown and mailed once it is fit to be."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from breakouts.actions import notices
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import BreakoutPlan, RecapPart, Topic
from events.actions import calendar_texts
from events.models import Closed, Event, Registration
from kit.markdown import plain
from kit.meanwhile import unless_changed
from mail.models import OutgoingMail
from people.models import Person

# For as long as the outbox surely knows who has had it (docs/privacy.toml keeps settled mails for longer).
MAIL_WITHIN = timedelta(days=60)


class NothingChecked(Exception):
    """Refused: no part has been read and found fit to show."""


@transaction.atomic
def write_part(
    topic: Topic, *, text: str, sentence: str, is_checked: bool, opened: str, by: Person
) -> RecapPart:
    """`opened` is the edition that the page was opened with: what was taken out meanwhile does not come back by
    saving an old page. Raises ChangedMeanwhile."""
    topic.event.locked()
    part = RecapPart.objects.filter(topic=topic).first() or RecapPart(topic=topic)
    unless_changed(opened, part.edition, now=part)
    part.text, part.sentence, part.is_checked = text, sentence, is_checked
    part.changed_at, part.changed_by = timezone.now(), by
    part.save()
    calendar_texts.rewrite_search_text(topic.event)
    return part


@transaction.atomic
def publish(event: Event, *, intro: str) -> None:
    """Show what is checked to everyone. Again is harmless. Raises NothingChecked, NoLongerPossible."""
    plan = _locked(event)
    if not shown_parts(event).exists():
        raise NothingChecked
    plan.recap_intro = intro
    plan.recap_published_at = plan.recap_published_at or timezone.now()
    plan.save(update_fields=["recap_intro", "recap_published_at"])
    calendar_texts.rewrite_search_text(event)


@transaction.atomic
def save_intro(event: Event, intro: str) -> None:
    plan = _locked(event)
    plan.recap_intro = intro
    plan.save(update_fields=["recap_intro"])
    calendar_texts.rewrite_search_text(event)


@transaction.atomic
def take_back(event: Event) -> None:
    """Let nobody see the recap any more, at once. Raises NoLongerPossible when nobody does."""
    plan = _locked(event)
    if not plan.has_recap:
        raise NoLongerPossible
    plan.recap_published_at = None
    plan.save(update_fields=["recap_published_at"])
    calendar_texts.rewrite_search_text(event)


def shown_parts(event: Event) -> "QuerySet[RecapPart]":
    """What the recap shows once it is published: parts that were checked and say something, in the order of rooms."""
    parts = RecapPart.objects.filter(topic__event=event, topic__state=Topic.State.ACCEPTED, is_checked=True)
    return parts.exclude(text="", sentence="").order_by("topic__number")


def words_shown(event: Event) -> list[str]:
    """What everyone can read of the recap: nothing before it is published."""
    plan = BreakoutPlan.of(event)
    if plan is None or not plan.has_recap:
        return []
    return [
        plan.recap_intro,
        *(word for part in shown_parts(event) for word in (plain(part.text), part.sentence)),
    ]


def mail_closed_because(plan: BreakoutPlan, now: datetime) -> Closed | None:
    """Why the recap cannot be mailed now; None while it can."""
    mailed_at = plan.recap_mailed_at
    return Closed.first(
        (Closed.NOT_PUBLISHED, not plan.has_recap),
        (Closed.TOO_LATE, mailed_at is not None and mailed_at + MAIL_WITHIN <= now),
    )


def to_be_mailed(event: Event) -> "QuerySet[Registration]":
    """Everyone with a place who has not had the recap by mail."""
    had = OutgoingMail.objects.of_kind("recap").filter(about__in=event.registrations.values("pk"))
    return event.registrations.coming().exclude(pk__in=had.values("about"))


@transaction.atomic
def mail(event: Event) -> int:
    """Owe the recap to everyone who was to come and has not had it; pressed again, only to who came to the list since.
    Returns how many. Raises NoLongerPossible."""
    plan = _locked(event)
    if mail_closed_because(plan, timezone.now()):
        raise NoLongerPossible
    rows = list(to_be_mailed(event).select_related("person"))
    for registration in rows:
        registration.event = event
        notices.tell_registered(registration, "recap", "once")
    plan.recap_mailed_at = plan.recap_mailed_at or timezone.now()
    plan.save(update_fields=["recap_mailed_at"])
    return len(rows)


def _locked(event: Event) -> BreakoutPlan:
    plan = BreakoutPlan.of(event.locked())
    if plan is None:
        raise NoLongerPossible
    return plan
