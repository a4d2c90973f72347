"""The pages of an event's workbook, as its organisers put them between the dates. Nothing else writes Activity."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events.models import Event, Session
from kit.meanwhile import ChangedMeanwhile, NothingChanged, unless_changed
from learning.models import Activity, LearningPlan
from learning.models.activity import in_order

MOST = 30
# What a copy has of a page; beside that, the date it follows.
COPIED = ("kind", "title", "intro", "minutes", "prompts", "read_first", "scenario")


class TooMany(Exception):
    """A workbook of this length is read by nobody."""


@transaction.atomic
def add(event: Event, **fields: Any) -> Activity:
    """Put a page at the end of those that follow the same date. Raises TooMany."""
    event = event.locked()
    if event.activities.asked().count() >= MOST:
        raise TooMany
    LearningPlan.known_to(event)
    last = event.activities.aggregate(number=Max("number"), order=Max("order"))
    number, order = (last["number"] or 0) + 1, (last["order"] or 0) + 1
    return Activity.objects.create(event=event, number=number, order=order, **fields)


def take_along(earlier: Event, event: Event) -> None:
    """Give a copy of an event the pages of its workbook, after the same dates."""
    before, dates = list(earlier.sessions.all()), list(event.sessions.all())
    same = {one.pk: other for one, other in zip(before, dates, strict=False)}
    for activity in in_order(Activity.objects.asked().filter(event=earlier), before):
        after = same.get(activity.after.pk) if activity.after else None
        add(event, after=after, **{name: getattr(activity, name) for name in COPIED})


def follow_another_date(dropped: Session) -> None:
    """Let the pages after a date that is taken out follow the one before it, else the one after it: without a date each
    would be open from the first."""
    others = dropped.event.sessions.exclude(pk=dropped.pk).order_by("starts_at")
    before = others.filter(starts_at__lt=dropped.starts_at).last()
    dropped.activities.update(after=before or others.first(), changed_at=timezone.now())


@transaction.atomic
def change(activity: Activity, seen: str, **fields: Any) -> Activity:
    """Raises ChangedMeanwhile unless `seen` is what is saved; without a row once it was taken out."""
    saved = locked(activity)
    unless_changed(seen, saved.edition, now=saved)
    for name, value in fields.items():
        setattr(saved, name, value)
    saved.changed_at = timezone.now()
    saved.save()
    return saved


@transaction.atomic
def move(activity: Activity, *, up: bool) -> None:
    """Let it change places with the one before or after it that follows the same date. Raises NothingChanged."""
    try:
        saved = locked(activity)
    except ChangedMeanwhile as gone:
        raise NothingChanged from gone
    beside = in_order(saved.event.activities.asked().filter(after=saved.after_id), [])
    place = [one.pk for one in beside].index(saved.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(beside):
        raise NothingChanged
    beside[place], beside[other] = beside[other], beside[place]
    for order, one in enumerate(beside, start=1):
        Activity.objects.filter(pk=one.pk).update(order=order)


@transaction.atomic
def take_out(activity: Activity, now: datetime) -> bool:
    """Ask it no more. What was open stays for whoever wrote on it, or has it open and is writing; what was not is
    deleted. Returns whether it stays. Raises NothingChanged."""
    try:
        saved = locked(activity)
    except ChangedMeanwhile as gone:
        raise NothingChanged from gone
    if not saved.is_open(now) and not saved.pages.exists():
        saved.delete()
        return False
    saved.retired_at = saved.changed_at = now
    saved.save(update_fields=["retired_at", "changed_at"])
    return True


def locked(activity: Activity) -> Activity:
    """As it is saved, under the lock of its event. Raises ChangedMeanwhile once it was taken out."""
    event = activity.event.locked()
    saved = (
        Activity.objects.asked().select_related("after__event").filter(pk=activity.pk, event=event).first()
    )
    if saved is None:
        raise ChangedMeanwhile
    return saved
